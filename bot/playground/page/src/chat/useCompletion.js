import { useMemo, useState } from "react";
import { useEscape } from "../overlay/useEscape.js";
import { useWorkspace } from "../workspace/context.js";
import { isTyped, offers } from "./completion.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** The list of a message box: `take` replaces what was typed, `keyDown` tells if it used a key. */
export function useCompletion(text, caret, focused, replace) {
  const { state } = useWorkspace();
  const [left, setLeft] = useState(null);
  const [at, setAt] = useState({ text, place: 0 });
  const people = useMemo(
    () => [
      { ...state.bot, about: "App", bot: true },
      ...state.members.map((member) => ({ ...member, about: member.id === state.me ? "You" : "" })),
    ],
    [state.bot, state.members, state.me],
  );
  const found = focused && left !== text ? offers(text, caret, state.command, people) : [];
  const active = at.text === text ? Math.min(at.place, found.length - 1) : 0;
  useEscape(found.length > 0, () => setLeft(text));

  const take = (offer) => {
    const kept = text.slice(0, offer.from) + offer.text;
    setLeft(offer.text.endsWith(" ") ? kept + text.slice(caret) : null);
    replace(kept + text.slice(caret), kept.length);
  };
  const keyDown = (event) => {
    if (!found.length || event.nativeEvent.isComposing) return false;
    const { key } = event;
    if (STEPS[key]) setAt({ text, place: (active + STEPS[key] + found.length) % found.length });
    else if (key === "Tab" && !event.shiftKey) take(found[active]);
    else if (key === "Enter" && !event.shiftKey) {
      const moved = at.text === text && at.place > 0;
      if (!moved && isTyped(found[active], text, caret, state.command)) return false;
      take(found[active]);
    } else return false;
    event.preventDefault();
    return true;
  };
  return { found, active, take, keyDown };
}
