import { useMemo } from "react";
import { literal, richText } from "../text/mrkdwn.js";
import { plain } from "../text/plain.js";
import { Drawn } from "./Drawn.jsx";

/** A text object: `plain_text` as its characters, `mrkdwn` with its formatting. */
export function RichText({ object }) {
  const { type, text, verbatim, emoji } = object;
  const blocks = useMemo(() => {
    const elements =
      type === "plain_text" ? literal(plain({ text, emoji })) : richText(text, verbatim);
    return [{ type: "rich_text", elements }];
  }, [type, text, verbatim, emoji]);
  return <Drawn blocks={blocks} />;
}
