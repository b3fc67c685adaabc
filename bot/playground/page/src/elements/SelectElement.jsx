import { useMemo } from "react";
import { useSurface } from "../blocks/surface.js";
import { plain } from "../text/plain.js";
import { Combobox } from "./Combobox.jsx";
import { useElement } from "./useElement.js";
import { useOptions } from "./useOptions.js";

/** Menus of one or of many, whose options are in the block or come from the bot as one types. */
export function SelectElement({ element, blockId, field, about }) {
  const surface = useSurface();
  const { value, choose, busy } = useElement(element, blockId, field);
  const many = element.type.startsWith("multi_");
  const fetchOptions = useMemo(() => {
    if (!element.type.endsWith("external_select")) return null;
    return (typed) => surface.options(blockId, element, typed);
  }, [surface, blockId, element]);
  const listed = useOptions(element, fetchOptions);
  const chosen = many ? value.selected_options : [value.selected_option].filter(Boolean);
  const pick = (option) => {
    if (!many) return choose({ selected_option: option });
    const without = chosen.filter((each) => each.value !== option.value);
    const full = without.length >= (element.max_selected_items ?? Infinity);
    if (full && without.length === chosen.length) return undefined;
    const selected = without.length === chosen.length ? [...chosen, option] : without;
    return choose({ selected_options: selected });
  };
  const clear = field?.optional && !many ? () => choose({ selected_option: null }) : null;
  const placeholder = plain(element.placeholder) || "Choose an option";
  return (
    <Combobox
      {...listed}
      many={many}
      chosen={chosen}
      pick={pick}
      clear={clear}
      busy={busy || listed.loading}
      placeholder={placeholder}
      field={field}
      label={field ? undefined : [placeholder, about].filter(Boolean).join(": ")}
    />
  );
}
