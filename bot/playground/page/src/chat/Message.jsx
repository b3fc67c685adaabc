import { memo, useCallback, useState } from "react";
import { Blocks } from "../blocks/Blocks.jsx";
import { RichText } from "../blocks/RichText.jsx";
import { SurfaceProvider } from "../blocks/SurfaceProvider.jsx";
import { useFilled } from "../blocks/useFilled.js";
import { Avatar } from "../shell/Avatar.jsx";
import {
  CloseIcon,
  CodeIcon,
  EditIcon,
  EyeIcon,
  HelpIcon,
  ReplyIcon,
  SaveIcon,
} from "../shell/icons.jsx";
import { momentOf, timeOf } from "../text/dates.js";
import { emojiOf } from "../text/emoji.js";
import { useWorkspace } from "../workspace/context.js";
import { Editor } from "./Editor.jsx";

/** One message; `joined` if it stands under the name of the one before it. */
export const Message = memo(function Message({ message, joined, replies, openThread }) {
  const { me, personOf, zone, post, dismissMessage, showRequests } = useWorkspace();
  const [editing, setEditing] = useState(false);
  const stopEditing = useCallback(() => setEditing(false), []);
  const author = personOf(message.user);
  const time = timeOf(message.ts, zone);
  const kinds = ["message", joined && "message--joined", message.only_you && "message--private"];
  return (
    <article className={kinds.filter(Boolean).join(" ")} aria-label={`${author.name} at ${time}`}>
      <div className="message__side">
        {joined ? (
          <Time ts={message.ts} time={time} zone={zone} />
        ) : (
          <Avatar person={author} bot={author.bot} />
        )}
      </div>
      <div className="message__main">
        {message.only_you && <OnlyYou />}
        {!joined && (
          <header className="message__head">
            <span className="message__author">{author.name}</span>
            {author.bot && <span className="badge">APP</span>}
            <Time ts={message.ts} time={time} zone={zone} />
          </header>
        )}
        {message.broadcast && openThread && (
          <button type="button" className="in-thread" onClick={() => openThread(message.thread_ts)}>
            Replied to a thread
          </button>
        )}
        {editing ? <Editor message={message} close={stopEditing} /> : <Body message={message} />}
        {message.reactions.length > 0 && <Reactions names={message.reactions} />}
        {message.edited && <span className="message__edited">(edited)</span>}
        {replies?.length > 0 && <Replies replies={replies} open={() => openThread(message.ts)} />}
      </div>
      <div className="message__tools">
        {openThread && !message.only_you && (
          <Tool
            name="Reply in thread"
            icon={<ReplyIcon />}
            press={() => openThread(message.thread_ts ?? message.ts)}
          />
        )}
        {!message.only_you && (
          <Tool
            name="Explain AWS terms"
            icon={<HelpIcon />}
            press={() => post("shortcut", { message: message.id })}
          />
        )}
        {!message.only_you && (
          <Tool
            name="Save as AWS fact"
            icon={<SaveIcon />}
            press={() => post("shortcut", { message: message.id, shortcut: "save" })}
          />
        )}
        {message.user === me.id && (
          <Tool name="Edit message" icon={<EditIcon />} press={() => setEditing(true)} />
        )}
        <Tool name="Requests" icon={<CodeIcon />} press={() => showRequests(message.id)} />
        {message.only_you && (
          <Tool
            name="Dismiss message"
            icon={<CloseIcon />}
            press={() => dismissMessage(message.id)}
          />
        )}
      </div>
    </article>
  );
});

function Body({ message }) {
  const filled = useFilled();
  if (!message.blocks?.length) return <RichText object={{ type: "mrkdwn", text: message.text }} />;
  return (
    <SurfaceProvider message={message} filled={filled}>
      <Blocks blocks={message.blocks} />
    </SurfaceProvider>
  );
}

function Reactions({ names }) {
  return (
    <ul className="reactions" aria-label="Reactions">
      {names.map((name) => (
        <li key={name} className="reaction" title={`:${name}:`}>
          {emojiOf(name) ?? `:${name}:`} 1
        </li>
      ))}
    </ul>
  );
}

function OnlyYou() {
  return (
    <p className="only-you">
      <EyeIcon /> Only visible to you
    </p>
  );
}

function Time({ ts, time, zone }) {
  return (
    <time
      className="message__time"
      dateTime={new Date(ts * 1000).toISOString()}
      title={momentOf(ts, zone)}
    >
      {time}
    </time>
  );
}

function Replies({ replies, open }) {
  const { personOf } = useWorkspace();
  const authors = [...new Set(replies.map((reply) => reply.user))].slice(0, 3).map(personOf);
  return (
    <button type="button" className="replies" onClick={open}>
      {authors.map((author) => (
        <Avatar key={author.id} small person={author} bot={author.bot} />
      ))}
      <span>{replies.length === 1 ? "1 reply" : `${replies.length} replies`}</span>
    </button>
  );
}

function Tool({ name, icon, press }) {
  return (
    <button type="button" className="tool" aria-label={name} title={name} onClick={press}>
      {icon}
    </button>
  );
}
