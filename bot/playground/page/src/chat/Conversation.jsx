import { useEffect } from "react";
import { Avatar } from "../shell/Avatar.jsx";
import { HashIcon } from "../shell/icons.jsx";
import { useWorkspace } from "../workspace/context.js";
import { MAIN } from "../shell/SkipLink.jsx";
import { Composer } from "./Composer.jsx";
import { roots } from "./grouping.js";
import { MessageList } from "./MessageList.jsx";

/** A channel or the direct messages with the bot. */
export function Conversation({ channel, messages, openThread, draftOf, send }) {
  const direct = channel.kind === "direct";
  const name = direct ? channel.name : `#${channel.name}`;
  const [draft, setDraft] = draftOf(channel.id);
  const { post } = useWorkspace();
  useEffect(() => {
    if (direct) post("home", { tab: "messages" });
  }, [direct, post, channel.id]);
  return (
    <main id={MAIN} tabIndex={-1} className="conversation" aria-label={name}>
      <header className="pane__head">
        {direct ? <Avatar bot small /> : <HashIcon />}
        <h2>{channel.name}</h2>
        {direct && <span className="badge">APP</span>}
      </header>
      <MessageList
        key={channel.id}
        label={`Messages in ${name}`}
        messages={roots(messages, channel.id)}
        all={messages}
        openThread={openThread}
        intro={<Intro channel={channel} direct={direct} />}
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

function Intro({ channel, direct }) {
  const { state } = useWorkspace();
  const { command, bot } = state;
  return (
    <div className="intro">
      <span className="intro__icon">{direct ? <Avatar bot /> : <HashIcon />}</span>
      <h3>{direct ? `Talk to ${bot.name}` : `Welcome to #${channel.name}`}</h3>
      <p>
        {direct ? "Write a question, just so." : `Mention @${bot.name} with a question.`} Or type{" "}
        <code>{command}</code> for its commands, such as <code>{command} quiz</code>.
      </p>
    </div>
  );
}
