// Slack's emoji codes as characters, which the bundled font draws.

import { get } from "node-emoji";

export const EMOJI = /(?<![\p{L}\p{N}]):([a-z0-9_+'-]+)(?:::skin-tone-([2-6]))?:/u;

const ALIASES = { thumbsup: "+1", thumbsdown: "-1" };
const FIRST_TONE = 0x1f3fb;
const FLAG = /^flag-([a-z]{2})$/;
const FROM_LETTER_TO_FLAG = 0x1f1e6 - "a".codePointAt(0);

/** The character of a code without its colons; undefined for a code nobody knows. */
export function emojiOf(name, tone) {
  const [, country] = name.match(FLAG) ?? [];
  const found = country ? flagOf(country) : get(ALIASES[name] ?? name);
  return found && tone ? found + String.fromCodePoint(FIRST_TONE + Number(tone) - 2) : found;
}

/** Two letters of a special kind, which make a flag. */
function flagOf(country) {
  const letters = [...country].map((letter) => letter.codePointAt(0) + FROM_LETTER_TO_FLAG);
  return String.fromCodePoint(...letters);
}

export function withEmoji(text) {
  const every = new RegExp(EMOJI.source, "gu");
  return text.replace(every, (code, name, tone) => emojiOf(name, tone) ?? code);
}
