import { useCallback, useEffect, useRef, useState } from "react";

/** Whether a request is in the air; a second press meanwhile does nothing. */
export function useBusy(work) {
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const there = useRef(true);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);
  const run = useCallback(
    async (...given) => {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      try {
        await work(...given);
      } finally {
        running.current = false;
        if (there.current) setBusy(false);
      }
    },
    [work],
  );
  return [busy, run];
}
