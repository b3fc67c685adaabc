import { useRef, useState } from "react";
import { usePopup } from "../overlay/usePopup.js";
import { useEscape } from "../overlay/useEscape.js";
import { MoreIcon, Spinner } from "../shell/icons.jsx";
import { plain } from "../text/plain.js";
import { useElement } from "./useElement.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** The menu behind three dots. */
export function Overflow({ element, blockId, field }) {
  const { choose, busy } = useElement(element, blockId, field);
  const [open, setOpen] = useState(false);
  const anchor = useRef(null);
  const close = () => {
    setOpen(false);
    anchor.current.focus();
  };
  const pick = (option) => {
    close();
    if (option.url) window.open(option.url, "_blank", "noopener,noreferrer");
    choose({ selected_option: option });
  };
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className="button button--icon"
        aria-label="More options"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-busy={busy}
        onClick={() => setOpen(!open)}
      >
        {busy ? <Spinner /> : <MoreIcon />}
      </button>
      {open && <Menu anchor={anchor} options={element.options} pick={pick} close={close} />}
    </>
  );
}

function Menu({ anchor, options, pick, close }) {
  const style = usePopup(anchor, true, 220);
  useEscape(true, close);
  const leave = (event) => {
    const next = event.relatedTarget;
    if (next !== anchor.current && !event.currentTarget.contains(next)) close();
  };
  const keyDown = (event) => {
    const items = [...event.currentTarget.children];
    const at = items.indexOf(document.activeElement);
    const ends = { Home: 0, End: items.length - 1 };
    const to = ends[event.key] ?? (STEPS[event.key] && at + STEPS[event.key]);
    if (to === undefined) return;
    event.preventDefault();
    items.at(to % items.length)?.focus();
  };
  return (
    <div className="popup" role="menu" style={style} onKeyDown={keyDown} onBlur={leave}>
      {options.map((option, place) => (
        <button
          key={option.value}
          type="button"
          role="menuitem"
          className="popup__item"
          autoFocus={place === 0}
          onClick={() => pick(option)}
        >
          {plain(option.text)}
          {option.description && <small>{plain(option.description)}</small>}
        </button>
      ))}
    </div>
  );
}
