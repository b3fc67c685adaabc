// Slack's emoji codes as characters; the page has no pictures of them.

import { get } from "node-emoji";

export const EMOJI = /(?<![\p{L}\p{N}]):([a-z0-9_+'-]+)(?:::skin-tone-([2-6]))?:/u;

const ALIASES = { thumbsup: "+1", thumbsdown: "-1" };
const FIRST_TONE = 0x1f3fb;

/** The character of a code without its colons; undefined for a code nobody knows. */
export function emojiOf(name, tone) {
  const found = get(ALIASES[name] ?? name);
  return found && tone ? found + String.fromCodePoint(FIRST_TONE + Number(tone) - 2) : found;
}

export function withEmoji(text) {
  const every = new RegExp(EMOJI.source, "gu");
  return text.replace(every, (code, name, tone) => emojiOf(name, tone) ?? code);
}
