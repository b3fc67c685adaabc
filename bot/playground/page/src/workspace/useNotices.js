import { useCallback, useState } from "react";

const SHOWN = 3;

/** The sentences of what went wrong, the newest last, until one dismisses them or something goes well. */
export function useNotices() {
  const [notices, setNotices] = useState([]);
  const notify = useCallback((sentence) => {
    setNotices((before) => [...before.filter((each) => each !== sentence), sentence].slice(-SHOWN));
  }, []);
  const dismiss = useCallback((sentence) => {
    setNotices((before) => before.filter((each) => each !== sentence));
  }, []);
  const settle = useCallback(() => setNotices((before) => (before.length ? [] : before)), []);
  return { notices, notify, dismiss, settle };
}
