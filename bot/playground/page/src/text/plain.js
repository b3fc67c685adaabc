import { decode } from "./entities.js";
import { withEmoji } from "./emoji.js";

/** A text object as characters, for names and for `plain_text`, which has no formatting. */
export function plain(object) {
  if (!object?.text) return "";
  const text = decode(object.text);
  return object.emoji === false ? text : withEmoji(text);
}
