import { plain } from "../text/plain.js";
import { useElement } from "./useElement.js";

const TYPES = { email_text_input: "email", url_text_input: "url", number_input: "number" };

/** A line or lines of text. The bot hears of each letter or of Enter, as the element wishes. */
export function TextInput({ element, blockId, field, about }) {
  const { value, choose, tells } = useElement(element, blockId, field);
  const wishes = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const onEnter = tells && wishes.includes("on_enter_pressed");
  const Kind = element.multiline ? "textarea" : "input";
  const keyDown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || !onEnter) return;
    event.preventDefault();
    choose({ value: value.value });
  };
  return (
    <Kind
      className="text-field"
      type={element.multiline ? undefined : (TYPES[element.type] ?? "text")}
      step={element.is_decimal_allowed ? "any" : undefined}
      rows={element.multiline ? 4 : undefined}
      id={field?.id}
      aria-label={field ? undefined : plain(element.placeholder) || about || "Text"}
      aria-describedby={field?.describedBy}
      aria-invalid={field?.invalid || undefined}
      placeholder={plain(element.placeholder)}
      maxLength={element.max_length}
      value={value.value ?? ""}
      onKeyDown={keyDown}
      onChange={(event) =>
        choose({ value: event.target.value || null }, wishes.includes("on_character_entered"))
      }
    />
  );
}
