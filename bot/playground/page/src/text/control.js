// What stands between `<` and `>`: mentions, links and dates.
// https://docs.slack.dev/messaging/formatting-message-text#special-mentions

import { decode } from "./entities.js";

const LINK = /^(?:https?:\/\/|mailto:)/i;

/** A rich text element for the inside of one control sequence; text if it is none. */
export function control(inside) {
  const [target, label] = splitOnce(inside, "|");
  if (/^@[A-Z0-9]+$/.test(target)) return { type: "user", user_id: target.slice(1) };
  if (/^#[A-Z0-9]+$/.test(target)) return { type: "channel", channel_id: target.slice(1) };
  if (/^!(?:here|channel|everyone)$/.test(target))
    return { type: "broadcast", range: target.slice(1) };
  if (target.startsWith("!subteam^")) {
    return { type: "text", text: decode(label || "@group"), style: { bold: true } };
  }
  if (target.startsWith("!date^")) return date(target, label);
  if (LINK.test(target)) {
    const url = decode(target);
    return { type: "link", url, text: decode(label || target.replace(/^mailto:/i, "")) };
  }
  return { type: "text", text: decode(`<${inside}>`) };
}

/** The same as characters, for code, where nothing is drawn as a pill. */
export function controlAsText(inside) {
  const [target, label] = splitOnce(inside, "|");
  return LINK.test(target) ? label || target : `<${inside}>`;
}

function date(target, label) {
  const [, seconds, format] = target.split("^");
  if (!/^\d+$/.test(seconds) || !format) return { type: "text", text: decode(label) };
  return { type: "date", timestamp: Number(seconds), format: decode(format) };
}

function splitOnce(text, separator) {
  const place = text.indexOf(separator);
  return place < 0 ? [text, ""] : [text.slice(0, place), text.slice(place + 1)];
}
