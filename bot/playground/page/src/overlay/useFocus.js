import { useEffect, useRef } from "react";

const STOPS =
  'a[href], button:not([disabled]), input:not([disabled]), textarea, select, summary, [tabindex="0"]';

/** Takes the focus when a dialog or drawer appears, and gives it back when it goes. */
export function useFocus(box, first = STOPS) {
  const before = useRef(document.activeElement);
  useEffect(() => {
    const came = before.current;
    if (!box.current?.contains(document.activeElement)) focusIn(box.current, first);
    return () => {
      const lost = !came?.isConnected || came === document.body;
      const target = lost ? document.querySelector("[data-message-box]") : came;
      target?.focus({ preventScroll: true });
    };
    // The first element is looked for once, when the box appears.
  }, []);
}

/** For a key in a dialog: Tab goes round in it and never out. */
export function keepInside(event) {
  if (event.key !== "Tab") return;
  const stops = visible(event.currentTarget);
  const [first, last] = [stops[0], stops.at(-1)];
  const leaving = event.shiftKey ? first : last;
  const outside = !event.currentTarget.contains(document.activeElement);
  if (!stops.length || document.activeElement === leaving || outside) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}

export function focusIn(box, first = STOPS) {
  const found = [...(box?.querySelectorAll(first) ?? [])].find((each) => each.offsetParent);
  (found ?? visible(box)[0] ?? box)?.focus();
}

function visible(box) {
  return [...(box?.querySelectorAll(STOPS) ?? [])].filter((each) => each.offsetParent);
}
