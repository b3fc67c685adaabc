import { useWorkspace } from "../workspace/context.js";
import { CloseIcon, WarnIcon } from "./icons.jsx";

const OFFLINE = "Lost the connection to the playground. Trying again…";

/** What is wrong: with the facts, with the connection, with what one has just done. */
export function StatusStrip({ notices, dismiss, online }) {
  const { state } = useWorkspace();
  return (
    <div className="status" role="status">
      {!online && <Line text={OFFLINE} />}
      {notices.map((notice) => (
        <Line key={notice} text={notice} dismiss={() => dismiss(notice)} />
      ))}
      {state.lint.length > 0 && <Lint faults={state.lint} />}
    </div>
  );
}

function Line({ text, dismiss }) {
  return (
    <div className="status__line status__line--bad">
      <WarnIcon />
      <span>{text}</span>
      {dismiss && (
        <button type="button" className="icon-button" aria-label="Dismiss notice" onClick={dismiss}>
          <CloseIcon />
        </button>
      )}
    </div>
  );
}

function Lint({ faults }) {
  const many = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  return (
    <details className="status__line status__lint">
      <summary>
        <WarnIcon /> {many} in the facts
      </summary>
      <ul>
        {faults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </details>
  );
}
