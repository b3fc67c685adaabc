import { useCallback, useState } from "react";

/** What is written and not yet sent, by conversation or thread: `draftOf(key)` is a state. */
export function useDrafts() {
  const [drafts, setDrafts] = useState({});
  return useCallback(
    (key) => [
      drafts[key] ?? "",
      (next) =>
        setDrafts((all) => ({
          ...all,
          [key]: typeof next === "function" ? next(all[key] ?? "") : next,
        })),
    ],
    [drafts],
  );
}
