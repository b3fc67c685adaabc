import { useEffect, useRef } from "react";
import { CheckIcon } from "../shell/icons.jsx";
import { usePopup } from "../overlay/usePopup.js";
import { plain } from "../text/plain.js";

/** The list of a combobox; the focus stays in the field. */
export function ListBox({ id, anchor, options, remark, active, chosen, many, take, label, field }) {
  const style = usePopup(anchor, true, 200);
  const list = useRef(null);
  useEffect(() => {
    list.current.querySelector(".popup__item--active")?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <ul
      ref={list}
      id={`${id}-list`}
      className="popup"
      role="listbox"
      style={style}
      aria-label={label}
      aria-labelledby={field?.labelledBy}
      aria-multiselectable={many || undefined}
      onMouseDown={(event) => event.preventDefault()}
    >
      {options.map((option, place) => {
        const selected = chosen.some((each) => each.value === option.value);
        const starts = option.group && option.group !== options[place - 1]?.group;
        return [
          starts && (
            <li key={`group ${option.group}`} role="presentation" className="popup__group">
              {option.group}
            </li>
          ),
          <li
            key={option.value}
            id={`${id}-${place}`}
            role="option"
            aria-selected={selected}
            className={place === active ? "popup__item popup__item--active" : "popup__item"}
            onClick={() => take(option)}
          >
            <span>{plain(option.text)}</span>
            {selected && <CheckIcon />}
          </li>,
        ];
      })}
      {!options.length && (
        <li role="presentation" className="popup__remark">
          {remark}
        </li>
      )}
    </ul>
  );
}
