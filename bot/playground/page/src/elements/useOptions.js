import { useCallback, useEffect, useRef, useState } from "react";
import { plain } from "../text/plain.js";

const PAUSE = 150;
const LEAST = 3;
const NONE = "No matches.";

/** The options of a menu that go with what is typed in it.
 *
 * `fetchOptions` asks the bot, once one has typed enough and paused; without it the menu's own
 * options are searched.
 */
export function useOptions(element, fetchOptions) {
  const [typed, setTyped] = useState("");
  const [fetched, setFetched] = useState({ typed: null, options: [] });
  const fetching = useRef(fetchOptions);
  fetching.current = fetchOptions;
  const external = Boolean(fetchOptions);
  const least = external ? (element.min_query_length ?? LEAST) : 0;
  const enough = typed.length >= least;

  useEffect(() => {
    if (!external || !enough) return undefined;
    let late = false;
    const timer = setTimeout(async () => {
      const options = await fetching.current(typed);
      if (!late) setFetched({ typed, options });
    }, PAUSE);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [external, enough, typed]);

  const type = useCallback((text) => setTyped(text), []);
  if (!external) {
    return { type, typed, options: search(own(element), typed), remark: NONE, loading: false };
  }
  if (!enough) {
    const remark = `Type ${least === 1 ? "a letter" : `${least} letters`} or more.`;
    return { type, typed, options: [], remark, loading: false };
  }
  const loading = fetched.typed !== typed;
  return { type, typed, options: fetched.options, remark: loading ? "Searching…" : NONE, loading };
}

function own(element) {
  const groups = element.option_groups ?? [{ options: element.options ?? [] }];
  return groups.flatMap((group) =>
    group.options.map((option) => ({ ...option, group: plain(group.label) })),
  );
}

function search(options, typed) {
  const wanted = typed.trim().toLowerCase();
  return options.filter((option) => plain(option.text).toLowerCase().includes(wanted));
}
