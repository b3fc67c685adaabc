import { useEffect, useState } from "react";
import { useEscape } from "../overlay/useEscape.js";
import { outgoing, written } from "../text/outgoing.js";
import { useWorkspace } from "../workspace/context.js";
import { Composer } from "./Composer.jsx";

/** The box in which one edits a message: Enter saves it, Escape leaves it as it was. */
export function Editor({ message, close }) {
  const { state, post } = useWorkspace();
  const people = [state.bot, ...state.members];
  const [draft, setDraft] = useState(() => written(message.text, people));
  useEscape(true, close);
  useEffect(() => () => document.querySelector("[data-message-box]")?.focus(), []);
  const save = async (text) => {
    const answer = await post("edit", { message: message.id, text: outgoing(text, people) });
    if (answer.ok) close();
    return answer;
  };
  return (
    <Composer
      takesFocus
      label="Edit message"
      draft={draft}
      setDraft={setDraft}
      send={save}
      cancel={close}
    />
  );
}
