import { useEffect, useMemo, useState } from "react";

/** How many messages of others came to a conversation since one was there. */
export function useUnread(state, place) {
  const [seen, setSeen] = useState(null);
  const me = state?.me;
  const counts = useMemo(() => count(state), [state]);
  useEffect(() => setSeen(null), [me]);
  useEffect(() => {
    if (!state) return;
    setSeen((before) => (before ? { ...before, [place]: counts[place] ?? 0 } : counts));
  }, [state, place, counts, me]);
  return Object.fromEntries(
    Object.entries(counts).map(([id, many]) => [
      id,
      seen ? Math.max(0, many - (seen[id] ?? 0)) : 0,
    ]),
  );
}

function count(state) {
  const counts = {};
  for (const message of state?.messages ?? []) {
    if (message.user !== state.me) counts[message.channel] = (counts[message.channel] ?? 0) + 1;
  }
  return counts;
}
