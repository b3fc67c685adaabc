import { useLayoutEffect, useRef } from "react";
import { useEscape } from "../overlay/useEscape.js";
import { CloseIcon } from "../shell/icons.jsx";
import { Composer } from "./Composer.jsx";
import { continues, repliesTo } from "./grouping.js";
import { Message } from "./Message.jsx";

/** A message and its replies, beside the conversation. Escape first leaves what one is writing,
 * then closes the thread; the draft stays.
 */
export function Thread({ root, messages, name, close, draftOf, send }) {
  const replies = repliesTo(messages, root);
  const box = useRef(null);
  const [draft, setDraft] = draftOf(`${root.channel} ${root.ts}`);
  useEscape(true, () => {
    const at = document.activeElement;
    if (draft.trim() && at?.matches(".thread textarea")) at.blur();
    else close();
  });
  useLayoutEffect(() => {
    box.current.scrollTop = box.current.scrollHeight;
  }, [replies.length]);
  return (
    <section className="thread" role="region" aria-label="Thread">
      <header className="pane__head">
        <h2>Thread</h2>
        <span className="pane__about">{name}</span>
        <button type="button" className="icon-button" aria-label="Close thread" onClick={close}>
          <CloseIcon />
        </button>
      </header>
      <div
        ref={box}
        className="thread__scroll"
        aria-live="polite"
        tabIndex={0}
        role="group"
        aria-label="Replies"
      >
        <Message message={root} />
        <div className="day day--replies">
          <span>{replies.length === 1 ? "1 reply" : `${replies.length} replies`}</span>
        </div>
        {replies.map((reply, place) => (
          <Message key={reply.id} message={reply} joined={continues(reply, replies[place - 1])} />
        ))}
      </div>
      <Composer
        key={root.ts}
        takesFocus
        label="Reply in thread"
        draft={draft}
        setDraft={setDraft}
        send={(text) => send(root.channel, text, root.ts)}
      />
    </section>
  );
}
