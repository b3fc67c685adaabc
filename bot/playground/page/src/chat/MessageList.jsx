import { Fragment, useLayoutEffect, useRef, useState } from "react";
import { dayOf } from "../text/dates.js";
import { useWorkspace } from "../workspace/context.js";
import { continues, repliesTo } from "./grouping.js";
import { Message } from "./Message.jsx";

const NEAR = 80;

/** Messages, oldest on top. It stays at the end unless one has scrolled up to read, and goes there
 * for what one writes oneself or is told alone.
 */
export function MessageList({ label, messages, all, openThread, intro }) {
  const { me, zone, clock } = useWorkspace();
  const box = useRef(null);
  const atEnd = useRef(true);
  const [behind, setBehind] = useState(false);
  const last = messages.at(-1);
  const mine = last && (last.user === me.id || last.only_you);
  const toEnd = () => {
    box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(() => {
    if (atEnd.current || mine) toEnd();
    else setBehind(true);
  }, [last?.id, mine]);
  useLayoutEffect(() => {
    const grown = new ResizeObserver(() => atEnd.current && toEnd());
    grown.observe(box.current.firstElementChild);
    grown.observe(box.current);
    return () => grown.disconnect();
  }, []);
  const onScroll = () => {
    const { scrollHeight, scrollTop, clientHeight } = box.current;
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR;
    if (atEnd.current) setBehind(false);
  };
  const now = clock();
  return (
    <div className="list">
      <div
        ref={box}
        className="list__scroll"
        role="log"
        aria-live="polite"
        aria-label={label}
        tabIndex={0}
        onScroll={onScroll}
      >
        <div className="list__inner">
          {intro}
          {messages.map((message, place) => {
            const before = messages[place - 1];
            const day = dayOf(message.ts, zone, now);
            const newDay = !before || dayOf(before.ts, zone, now) !== day;
            return (
              <Fragment key={message.id}>
                {newDay && <Day name={day} />}
                <Message
                  message={message}
                  joined={!newDay && continues(message, before)}
                  replies={repliesTo(all, message)}
                  openThread={openThread}
                />
              </Fragment>
            );
          })}
        </div>
      </div>
      {behind && (
        <button type="button" className="list__jump" onClick={toEnd}>
          New messages below
        </button>
      )}
    </div>
  );
}

function Day({ name }) {
  return (
    <div className="day" role="separator" aria-label={name}>
      <span>{name}</span>
    </div>
  );
}
