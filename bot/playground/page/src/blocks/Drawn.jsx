import { useLayoutEffect, useMemo, useRef } from "react";
import { Message } from "slack-blocks-to-jsx";
import { formatDate, momentOf } from "../text/dates.js";
import { useWorkspace } from "../workspace/context.js";

const ID = "slack_blocks_to_jsx";
const SAFE = /^(?:https?:|mailto:)/i;

/** Blocks as the library draws them, with this workspace's people, channels and clock. */
export function Drawn({ blocks }) {
  const box = useRef(null);
  const { state, me, zone, clock, go } = useWorkspace();
  useLayoutEffect(() => {
    box.current.querySelectorAll(`[id="${ID}"]`).forEach((each) => each.removeAttribute("id"));
  });
  const data = useMemo(
    () => ({ users: [...state.members, state.bot], channels: state.channels }),
    [state.members, state.bot, state.channels],
  );
  const hooks = useMemo(
    () => ({
      user: ({ id, name }) => <Pill mine={id === me.id}>@{name}</Pill>,
      channel: ({ id, name }) => <ChannelPill id={id} name={name} go={go} />,
      atHere: () => <Pill mine>@here</Pill>,
      atChannel: () => <Pill mine>@channel</Pill>,
      atEveryone: () => <Pill mine>@everyone</Pill>,
      emoji: (emoji, draw) => (draw(emoji) === emoji.name ? `:${emoji.name}:` : draw(emoji)),
      date: ({ timestamp, format }) => moment(Number(timestamp), format, zone, clock()),
      link: ({ href, children, className }) => (
        <Link href={href} className={className}>
          {children}
        </Link>
      ),
    }),
    [me.id, zone, clock, go],
  );
  return (
    <div ref={box} className="drawn">
      <Message withoutWrapper name="" logo="" blocks={blocks} data={data} hooks={hooks} />
    </div>
  );
}

function Pill({ mine, children }) {
  return <span className={mine ? "pill pill--mine" : "pill"}>{children}</span>;
}

function ChannelPill({ id, name, go }) {
  return (
    <button type="button" className="pill pill--channel" onClick={() => go(id)}>
      #{name}
    </button>
  );
}

function Link({ href, className, children }) {
  if (!SAFE.test(href)) return <span>{children}</span>;
  return (
    <a href={href} className={className} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

function moment(seconds, format, zone, now) {
  return (
    <time dateTime={new Date(seconds * 1000).toISOString()} title={momentOf(seconds, zone)}>
      {formatDate(seconds, format, zone, now)}
    </time>
  );
}
