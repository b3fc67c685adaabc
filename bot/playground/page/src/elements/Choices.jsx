import { useId } from "react";
import { RichText } from "../blocks/RichText.jsx";
import { useElement } from "./useElement.js";

/** Checkboxes and radio buttons. */
export function Choices({ element, blockId, field, about }) {
  const name = useId();
  const { value, choose, busy } = useElement(element, blockId, field);
  const many = element.type === "checkboxes";
  const chosen = many ? value.selected_options : [value.selected_option].filter(Boolean);
  const pick = (option, on) => {
    if (!many) return choose({ selected_option: option });
    const selected = element.options.filter((each) =>
      each.value === option.value ? on : has(chosen, each),
    );
    return choose({ selected_options: selected });
  };
  return (
    <div
      className="choices"
      role={many ? "group" : "radiogroup"}
      id={field?.id}
      aria-labelledby={field?.labelledBy}
      aria-describedby={field?.describedBy}
      aria-label={field ? undefined : about || "Choices"}
      aria-busy={busy}
    >
      {element.options.map((option, place) => (
        <label key={option.value} className="choice">
          <input
            type={many ? "checkbox" : "radio"}
            name={name}
            checked={has(chosen, option)}
            aria-invalid={field?.invalid || undefined}
            aria-describedby={option.description ? `${name}-${place}` : undefined}
            onChange={(event) => pick(option, event.target.checked)}
          />
          <span className="choice__text">
            <RichText object={option.text} />
            {option.description && (
              <span className="choice__about" id={`${name}-${place}`}>
                <RichText object={option.description} />
              </span>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}

function has(chosen, option) {
  return chosen.some((each) => each.value === option.value);
}
