import { useCallback, useMemo, useRef } from "react";
import { post as request } from "./api.js";

/** Requests that nobody makes on purpose, so that they do not take what went wrong off the strip. */
const QUIET = new Set(["home"]);

/** What the page can do as the present member, and look up about the workspace. */
export function useActions({ state, fetchedAt, refresh }, { notify, settle }) {
  const latest = useRef(null);
  latest.current = { now: state.now, fetchedAt, user: state.me };
  const me = useMemo(
    () => state.members.find((member) => member.id === state.me),
    [state.members, state.me],
  );

  /** Send a request and show what came of it; what it was refused for goes to the strip. */
  const post = useCallback(
    async (name, body) => {
      const answer = await request(name, { user: latest.current.user, ...body });
      if (answer.error) notify(answer.error);
      if (name === "options") return answer;
      if (answer.ok && !QUIET.has(name)) settle();
      await refresh();
      return answer;
    },
    [notify, settle, refresh],
  );

  /** The pretend time of day, which goes on between two looks at it. */
  const clock = useCallback(
    () => latest.current.now + (Date.now() - latest.current.fetchedAt) / 1000,
    [],
  );

  const personOf = useCallback(
    (id) => {
      if (id === state.bot.id) return { ...state.bot, bot: true };
      return state.members.find((member) => member.id === id) ?? { id, name: id };
    },
    [state.bot, state.members],
  );
  return { post, clock, personOf, me };
}
