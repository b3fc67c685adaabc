import { useCallback, useRef, useState } from "react";
import { initialValue } from "../elements/values.js";

/** What is chosen in a message or view. A value stays for as long as its ids and kind stay. */
export function useFilled(kept) {
  const first = useRef({});
  const [touched, setTouched] = useState({});
  const valueOf = useCallback(
    (blockId, element) => {
      const key = keyOf(blockId, element);
      first.current[key] ??= kept?.[blockId]?.[element.action_id] ?? initialValue(element);
      return touched[key] ?? first.current[key];
    },
    [touched, kept],
  );
  const choose = useCallback((blockId, element, value) => {
    setTouched((before) => ({ ...before, [keyOf(blockId, element)]: value }));
  }, []);
  return { valueOf, choose };
}

function keyOf(blockId, element) {
  return JSON.stringify([blockId, element.action_id, element.type]);
}
