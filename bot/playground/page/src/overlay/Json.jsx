import { useState } from "react";
import { useWorkspace } from "../workspace/context.js";

const COPIED_SHOWS = 1500;

/** JSON that one can read and copy. */
export function Json({ title, value }) {
  const { notify } = useWorkspace();
  const [copied, setCopied] = useState(false);
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), COPIED_SHOWS);
    } catch {
      notify("Your browser didn't allow copying. Select the text and copy it yourself.");
    }
  };
  return (
    <div className="json">
      <div className="json__head">
        <h3>{title}</h3>
        <button
          type="button"
          className="button button--small"
          aria-label={`Copy ${title.toLowerCase()}`}
          onClick={copy}
        >
          {copied ? "Copied" : "Copy"}
        </button>
      </div>
      <pre tabIndex={0} aria-label={`${title} as JSON`}>
        {text || "(empty)"}
      </pre>
    </div>
  );
}
