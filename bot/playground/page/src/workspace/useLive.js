import { useCallback, useEffect, useRef, useState } from "react";
import { fetchState } from "./api.js";
import { shared } from "./shared.js";

const RETRY = 2000;

/** The workspace as a member sees it, fetched again whenever the server says it has changed. */
export function useLive(user, onStranger) {
  const [live, setLive] = useState({ state: null, fetchedAt: 0 });
  const [online, setOnline] = useState(true);
  const wanted = useRef(user);
  const flight = useRef(null);
  const queued = useRef(null);

  const start = useCallback(() => {
    const load = async () => {
      try {
        const state = await fetchState(wanted.current);
        if (state.me !== wanted.current) return;
        setLive((before) => ({ state: shared(before.state, state), fetchedAt: Date.now() }));
      } catch (error) {
        if (error.status === 404) onStranger();
      }
    };
    flight.current = load().finally(() => (flight.current = null));
    return flight.current;
  }, [onStranger]);

  /** At most one request under way and one waiting, however many changes there are. */
  const refresh = useCallback(() => {
    if (!flight.current) return start();
    queued.current ??= flight.current.then(() => {
      queued.current = null;
      return start();
    });
    return queued.current;
  }, [start]);

  useEffect(() => {
    wanted.current = user;
    refresh();
  }, [user, refresh]);

  useEffect(() => listen(refresh, setOnline), [refresh]);
  return { ...live, online, refresh };
}

/** Follow the changes, and connect again for ever; the function returned ends it. */
function listen(refresh, setOnline) {
  let source;
  let timer;
  const connect = () => {
    let seen;
    source = new EventSource("/api/changes");
    source.onopen = () => {
      seen = undefined;
      setOnline(true);
      refresh();
    };
    source.onmessage = (event) => {
      if (event.data !== seen) refresh();
      seen = event.data;
    };
    source.onerror = () => {
      setOnline(false);
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(connect, RETRY);
    };
  };
  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
