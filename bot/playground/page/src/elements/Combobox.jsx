import { useId, useRef, useState } from "react";
import { useEscape } from "../overlay/useEscape.js";
import { CloseIcon, DownIcon, Spinner } from "../shell/icons.jsx";
import { plain } from "../text/plain.js";
import { ListBox } from "./ListBox.jsx";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** A field with a list: type to search, arrows to move, Enter to take, Escape to leave.
 *
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function Combobox(props) {
  const { options, type, typed, many, chosen, pick, clear, busy, placeholder, field, label } =
    props;
  const id = useId();
  const anchor = useRef(null);
  const input = useRef(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const close = () => {
    setOpen(false);
    type("");
  };
  useEscape(open, close);
  const take = (option) => {
    const { group, ...taken } = option;
    pick(taken);
    if (many) type("");
    else close();
  };
  const move = (step) => {
    if (!open) setOpen(true);
    else if (options.length) setActive((active + step + options.length) % options.length);
  };
  const keyDown = (event) => {
    const { key } = event;
    if (STEPS[key]) move(STEPS[key]);
    else if (key === "Enter") open && options[active] ? take(options[active]) : setOpen(true);
    else if (key === "Backspace" && many && !typed && chosen.length) return pick(chosen.at(-1));
    else return undefined;
    return event.preventDefault();
  };
  const shown = !open && !many && chosen[0] ? plain(chosen[0].text) : typed;
  const hint = chosen.length ? (many ? "" : plain(chosen[0].text)) : placeholder;
  return (
    <div ref={anchor} className="combobox" onMouseDown={focusOn(input)}>
      {many && <Chips chosen={chosen} remove={pick} />}
      <input
        ref={input}
        type="text"
        role="combobox"
        className="combobox__input"
        id={field?.id}
        aria-label={label}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.invalid || undefined}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && options[active] ? `${id}-${active}` : undefined}
        aria-busy={busy}
        autoComplete="off"
        spellCheck="false"
        placeholder={hint}
        value={shown}
        onChange={(event) => {
          type(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={(event) => event.target.select()}
        onClick={() => setOpen(true)}
        onBlur={close}
        onKeyDown={keyDown}
      />
      {clear && chosen.length > 0 && (
        <button type="button" className="combobox__clear" aria-label="Clear" onClick={clear}>
          <CloseIcon />
        </button>
      )}
      {busy ? <Spinner /> : <DownIcon />}
      {open && <ListBox {...props} id={id} anchor={anchor} active={active} take={take} />}
    </div>
  );
}

function Chips({ chosen, remove }) {
  return chosen.map((option) => (
    <span key={option.value} className="chip">
      {plain(option.text)}
      <button
        type="button"
        aria-label={`Remove ${plain(option.text)}`}
        onClick={() => remove(option)}
      >
        <CloseIcon />
      </button>
    </span>
  ));
}

/** A press beside the text is one on the text, and does not take the focus from it. */
function focusOn(input) {
  return (event) => {
    if (event.target === input.current || event.target.closest("button, [role=listbox]")) return;
    event.preventDefault();
    input.current.focus();
    input.current.click();
  };
}
