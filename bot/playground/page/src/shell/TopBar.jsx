import { useCallback, useEffect, useState } from "react";
import { momentOf } from "../text/dates.js";
import { useBusy } from "../workspace/useBusy.js";
import { useWorkspace } from "../workspace/context.js";
import { ClockIcon, MenuIcon, Spinner } from "./icons.jsx";

const TICK = 5000;
const HOUR = 3600;
const TROUBLES = {
  off: "Slack works",
  429: "Slack answers 429",
  500: "Slack answers 500",
  slow: "Slack is slow",
};

/** The pretend clock with its hands, and the trouble that Slack shall make. */
export function TopBar({ openSidebar, sidebarOpen }) {
  const { state, zone } = useWorkspace();
  const { quiz, reveal } = state.next;
  return (
    <header className="top-bar">
      <h1 className="sr-only">factbot playground</h1>
      <button
        type="button"
        className="icon-button top-bar__menu"
        aria-label="Open sidebar"
        aria-expanded={sidebarOpen}
        onClick={openSidebar}
      >
        <MenuIcon />
      </button>
      <Now />
      <div className="top-bar__hands" role="group" aria-label="Move the clock">
        <Hand name="Next quiz" body={{ to: "quiz" }} about={planned("question", quiz, zone)} />
        <Hand name="Reveal" body={{ to: "reveal" }} about={planned("reveal", reveal, zone)} />
        <Hand name="+1 hour" body={{ seconds: HOUR }} about="Moves the clock ahead one hour" />
      </div>
      <Trouble />
    </header>
  );
}

function planned(what, moment, zone) {
  return moment ? `The next ${what}: ${momentOf(moment, zone)}` : `No ${what} is planned yet`;
}

function Now() {
  const { state, zone, clock } = useWorkspace();
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), TICK);
    return () => clearInterval(timer);
  }, []);
  const now = clock();
  return (
    <div className="now" title={`The playground's time of day in ${zone}`}>
      <ClockIcon />
      <span className="sr-only">Time of day in the playground: </span>
      <time dateTime={new Date(now * 1000).toISOString()}>
        {momentOf(now, state.time_zone || zone)}
      </time>
    </div>
  );
}

function Hand({ name, body, about }) {
  const { post } = useWorkspace();
  const [busy, move] = useBusy(useCallback(() => post("clock", body), [post, body]));
  return (
    <button
      type="button"
      className="hand"
      title={about}
      aria-description={about}
      aria-busy={busy}
      aria-disabled={busy}
      onClick={move}
    >
      {name}
      {busy && <Spinner />}
    </button>
  );
}

function Trouble() {
  const { state, post } = useWorkspace();
  const on = state.trouble !== "off";
  return (
    <label
      className={on ? "trouble trouble--on" : "trouble"}
      title="How the local Slack answers the bot"
    >
      <select
        aria-label="How Slack answers the bot"
        value={state.trouble}
        onChange={(event) => post("trouble", { kind: event.target.value })}
      >
        {Object.entries(TROUBLES)
          .sort(offFirst)
          .map(([kind, name]) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
      </select>
    </label>
  );
}

/** Keys that look like numbers come first in an object. */
function offFirst([one], [other]) {
  return (other === "off") - (one === "off");
}
