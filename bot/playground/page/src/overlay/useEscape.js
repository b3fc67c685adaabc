import { useEffect, useRef } from "react";

const waiting = [];

/** Escape closes what was opened last, wherever the focus is. */
export function useEscape(active, onEscape) {
  const latest = useRef(onEscape);
  latest.current = onEscape;
  useEffect(() => {
    if (!active) return undefined;
    const entry = () => latest.current();
    waiting.push(entry);
    if (waiting.length === 1) document.addEventListener("keydown", escape);
    return () => {
      waiting.splice(waiting.indexOf(entry), 1);
      if (!waiting.length) document.removeEventListener("keydown", escape);
    };
  }, [active]);
}

function escape(event) {
  if (event.key !== "Escape" || event.isComposing) return;
  event.preventDefault();
  waiting.at(-1)?.();
}
