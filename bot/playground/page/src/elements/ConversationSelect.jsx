import { useEffect } from "react";
import { plain } from "../text/plain.js";
import { useWorkspace } from "../workspace/context.js";
import { Combobox } from "./Combobox.jsx";
import { useElement } from "./useElement.js";
import { useOptions } from "./useOptions.js";

const KINDS = { channel: "public", direct: "im", group: "mpim" };

/** A menu of the conversations that the member sees. At first it may show the one they are in. */
export function ConversationSelect({ element, blockId, field, about }) {
  const { state, place } = useWorkspace();
  const { value, choose, busy } = useElement(element, blockId, field);
  const options = state.channels.filter((each) => includes(element, each)).map(optionOf);
  const listed = useOptions({ options }, null);
  const current = element.default_to_current_conversation && !element.initial_conversation;
  const first = current && options.some((option) => option.value === place) ? place : null;
  const untouched = value.selected_conversation === undefined;
  useEffect(() => {
    if (untouched) choose({ selected_conversation: first }, false);
  }, [untouched, first, choose]);
  const chosen = options.filter((option) => option.value === value.selected_conversation);
  const placeholder = plain(element.placeholder) || "Choose a conversation";
  return (
    <Combobox
      {...listed}
      many={false}
      chosen={chosen}
      pick={(option) => choose({ selected_conversation: option.value })}
      clear={field?.optional ? () => choose({ selected_conversation: null }) : null}
      busy={busy}
      placeholder={placeholder}
      field={field}
      label={field ? undefined : [placeholder, about].filter(Boolean).join(": ")}
    />
  );
}

function includes(element, channel) {
  const kinds = element.filter?.include;
  return !kinds || kinds.includes(KINDS[channel.kind]);
}

function optionOf({ id, name, kind }) {
  const text = kind === "channel" ? `# ${name}` : name;
  return { text: { type: "plain_text", text, emoji: false }, value: id };
}
