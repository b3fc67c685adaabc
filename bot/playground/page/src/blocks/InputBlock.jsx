import { useId } from "react";
import { Element } from "../elements/Element.jsx";
import { plain } from "../text/plain.js";
import { useSurface } from "./surface.js";

/** An input with its label, its hint, and what is wrong with it. */
export function InputBlock({ block, blockId }) {
  const id = useId();
  const { errors } = useSurface();
  const error = errors[blockId];
  const said = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const field = {
    id: `${id}-field`,
    labelledBy: `${id}-label`,
    describedBy: said || undefined,
    invalid: Boolean(error),
    optional: Boolean(block.optional),
    dispatches: Boolean(block.dispatch_action),
  };
  return (
    <div className={error ? "input input--wrong" : "input"} data-input={blockId}>
      <label id={`${id}-label`} className="input__label" htmlFor={`${id}-field`}>
        {plain(block.label)}
        {block.optional && <span className="input__optional"> (optional)</span>}
      </label>
      <Element element={block.element} blockId={blockId} field={field} />
      {block.hint && (
        <p id={`${id}-hint`} className="input__hint">
          {plain(block.hint)}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="input__error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
