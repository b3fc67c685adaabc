import { useCallback } from "react";
import { useSurface } from "../blocks/surface.js";
import { useConfirm } from "../overlay/Confirm.jsx";
import { Spinner } from "../shell/icons.jsx";
import { plain } from "../text/plain.js";
import { useBusy } from "../workspace/useBusy.js";

const SAFE = /^(?:https?:|mailto:)/i;

export function ButtonElement({ element, blockId }) {
  const surface = useSurface();
  const ask = useConfirm();
  const { text, value, url, style, accessibility_label: label, confirm } = element;
  const [busy, tell] = useBusy(
    useCallback(
      () => surface.press(blockId, element, value === undefined ? {} : { value }),
      [surface, blockId, element, value],
    ),
  );
  const press = async () => {
    if (busy || !(await ask(confirm))) return;
    if (SAFE.test(url ?? "")) window.open(url, "_blank", "noopener,noreferrer");
    await tell();
  };
  return (
    <button
      type="button"
      className={style ? `button button--${style}` : "button"}
      aria-label={label ? plain({ text: label, emoji: false }) : undefined}
      aria-busy={busy}
      aria-disabled={busy}
      onClick={press}
    >
      <span className="button__text">{plain(text)}</span>
      {busy && <Spinner />}
    </button>
  );
}
