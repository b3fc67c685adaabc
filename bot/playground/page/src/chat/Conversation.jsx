import { useEffect } from "react";
import { Avatar } from "../shell/Avatar.jsx";
import { HashIcon, PeopleIcon } from "../shell/icons.jsx";
import { useWorkspace } from "../workspace/context.js";
import { MAIN } from "../shell/SkipLink.jsx";
import { Composer } from "./Composer.jsx";
import { roots } from "./grouping.js";
import { MessageList } from "./MessageList.jsx";
import { nameOf } from "./naming.js";

/** A channel, the direct messages with the bot, or those of a group. */
export function Conversation({ channel, messages, openThread, draftOf, send }) {
  const direct = channel.kind === "direct";
  const name = nameOf(channel);
  const [draft, setDraft] = draftOf(channel.id);
  const { post } = useWorkspace();
  useEffect(() => {
    if (direct) post("home", { tab: "messages" });
  }, [direct, post, channel.id]);
  return (
    <main id={MAIN} tabIndex={-1} className="conversation" aria-label={name}>
      <header className="pane__head">
        <Picture kind={channel.kind} small />
        <h2>{channel.name}</h2>
        {direct && <span className="badge">APP</span>}
      </header>
      <MessageList
        key={channel.id}
        label={`Messages in ${name}`}
        messages={roots(messages, channel.id)}
        all={messages}
        openThread={openThread}
        intro={<Intro channel={channel} />}
      />
      <Composer
        key={`box ${channel.id}`}
        main
        takesFocus
        label={`Message ${name}`}
        draft={draft}
        setDraft={setDraft}
        send={(text) => send(channel.id, text, null)}
      />
    </main>
  );
}

const TITLES = {
  channel: (name) => `Welcome to ${name}`,
  direct: (name) => `Talk to ${name}`,
  group: (name) => `You and ${name}`,
};

function Intro({ channel }) {
  const { state } = useWorkspace();
  const { command, bot } = state;
  return (
    <div className="intro">
      <span className="intro__icon">
        <Picture kind={channel.kind} />
      </span>
      <h3>{TITLES[channel.kind](nameOf(channel))}</h3>
      <p>
        {channel.kind === "direct"
          ? "Type a question and press Enter."
          : `Mention @${bot.name} with a question.`}{" "}
        Or use a command, such as <code>{command} help</code> or <code>{command} quiz</code>.
      </p>
    </div>
  );
}

function Picture({ kind, small }) {
  if (kind === "direct") return <Avatar bot small={small} />;
  return kind === "group" ? <PeopleIcon /> : <HashIcon />;
}
