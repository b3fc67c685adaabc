import { useEffect, useRef, useState } from "react";
import { CloseIcon } from "../shell/icons.jsx";
import { momentOf } from "../text/dates.js";
import { fetchTraffic } from "../workspace/api.js";
import { useWorkspace } from "../workspace/context.js";
import { Json } from "./Json.jsx";
import { useEscape } from "./useEscape.js";
import { useFocus } from "./useFocus.js";

/** The requests and responses behind a message, for people who develop with the bot. */
export function Requests({ message, close }) {
  const box = useRef(null);
  const { state } = useWorkspace();
  const [calls, setCalls] = useState(null);
  const [failed, setFailed] = useState("");
  useFocus(box);
  useEscape(true, close);
  useEffect(() => {
    let late = false;
    fetchTraffic(message).then(
      (found) => late || setCalls(found),
      (error) => late || setFailed(error.message),
    );
    return () => {
      late = true;
    };
  }, [message, state]);
  return (
    <section ref={box} className="requests" role="region" aria-label="Requests">
      <header className="pane__head">
        <h2>Requests</h2>
        <button type="button" className="icon-button" aria-label="Close requests" onClick={close}>
          <CloseIcon />
        </button>
      </header>
      <div className="requests__body">
        {failed && <p role="alert">{failed}</p>}
        {!calls && !failed && <p className="requests__remark">Loading…</p>}
        {calls && <Remark calls={calls} />}
        {calls?.map((call, place) => (
          <Call key={place} call={call} />
        ))}
      </div>
    </section>
  );
}

function Remark({ calls }) {
  const many = `${calls.length} ${calls.length === 1 ? "request" : "requests"}, oldest first.`;
  const none = "No requests are recorded for this message.";
  return <p className="requests__remark">{calls.length ? many : none}</p>;
}

function Call({ call }) {
  const { zone } = useWorkspace();
  const good = call.status >= 200 && call.status < 300 && call.response?.ok !== false;
  const to = call.from === "Slack" ? "factbot" : "Slack";
  return (
    <details className="call" open>
      <summary>
        <span className="call__what">{call.what}</span>
        <span className={good ? "call__status" : "call__status call__status--bad"}>
          {call.status}
        </span>
        <span className="call__about">
          {call.from} → {to} · {momentOf(call.at, zone)} · {call.milliseconds} ms
        </span>
      </summary>
      <Json title="Request" value={call.request} />
      <Json title="Response" value={call.response} />
    </details>
  );
}
