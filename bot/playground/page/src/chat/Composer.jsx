import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Avatar } from "../shell/Avatar.jsx";
import { SendIcon, ShortcutIcon } from "../shell/icons.jsx";
import { useWorkspace } from "../workspace/context.js";
import { useCompletion } from "./useCompletion.js";

const LINES = 8;
const LONGEST = 4000;

/** A message box: Enter sends, Shift and Enter begin a line, / and @ offer what may follow.
 * With `cancel` it edits what is there already.
 */
export function Composer({ label, draft, setDraft, send, main, takesFocus, cancel }) {
  const id = useId();
  const box = useRef(null);
  const wanted = useRef(null);
  const [caret, setCaret] = useState(0);
  const [focused, setFocused] = useState(false);
  const replace = (text, place) => {
    wanted.current = place;
    setDraft(text);
    setCaret(place);
  };
  const { found, active, take, keyDown } = useCompletion(draft, caret, focused, replace);
  useLayoutEffect(() => {
    if (wanted.current !== null) box.current.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  });
  useEffect(() => {
    if (!takesFocus) return;
    const end = box.current.value.length;
    box.current.focus({ preventScroll: true });
    box.current.setSelectionRange(end, end);
  }, [takesFocus, label]);

  const submit = async () => {
    const text = draft.trim();
    if (!text) return;
    setDraft("");
    setCaret(0);
    const answer = await send(text);
    if (!answer.ok) setDraft((since) => since || text);
  };
  const onKeyDown = (event) => {
    if (keyDown(event)) return;
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  const lines = Math.min(LINES, draft.split("\n").length);
  return (
    <div className="composer">
      {found.length > 0 && <Offers id={id} found={found} active={active} take={take} />}
      <textarea
        ref={box}
        rows={lines}
        maxLength={LONGEST}
        placeholder={label}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={found.length ? `${id}-offers` : undefined}
        aria-activedescendant={found.length ? `${id}-${active}` : undefined}
        data-message-box={main ? "" : undefined}
        value={draft}
        onChange={(event) => {
          setDraft(event.target.value);
          setCaret(event.target.selectionStart);
        }}
        onSelect={(event) => setCaret(event.target.selectionStart)}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={onKeyDown}
      />
      <div className="composer__foot">
        {cancel ? <Cancel cancel={cancel} /> : <Shortcut />}
        {!cancel && <Hint />}
        <button
          type="button"
          className="composer__send"
          aria-label={cancel ? "Save" : "Send"}
          aria-disabled={!draft.trim()}
          onClick={submit}
        >
          <SendIcon />
        </button>
      </div>
    </div>
  );
}

function Hint() {
  return (
    <span className="composer__hint">
      <span>
        <kbd>/</kbd> commands
      </span>
      <span>
        <kbd>@</kbd> people
      </span>
      <span>
        <kbd>Shift</kbd>+<kbd>Enter</kbd> new line
      </span>
    </span>
  );
}

function Cancel({ cancel }) {
  return (
    <button type="button" className="button" onClick={cancel}>
      Cancel
    </button>
  );
}

/** A shortcut that belongs to no message. */
function Shortcut() {
  const { post } = useWorkspace();
  const name = "Look up an AWS fact";
  return (
    <button
      type="button"
      className="tool"
      aria-label={name}
      title={name}
      onClick={() => post("shortcut", {})}
    >
      <ShortcutIcon />
    </button>
  );
}

function Offers({ id, found, active, take }) {
  return (
    <ul id={`${id}-offers`} className="offers" role="listbox" aria-label="Completions">
      {found.map((offer, place) => (
        <li
          key={offer.key}
          id={`${id}-${place}`}
          role="option"
          aria-selected={place === active}
          className={place === active ? "offer offer--active" : "offer"}
          onMouseDown={(event) => {
            event.preventDefault();
            take(offer);
          }}
        >
          {offer.person && <Avatar small person={offer.person} bot={offer.person.bot} />}
          <span className="offer__name">{offer.name}</span>
          <span className="offer__about">{offer.about}</span>
        </li>
      ))}
    </ul>
  );
}
