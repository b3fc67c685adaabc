// One run of mrkdwn: first what must stay whole (mentions, links, code, emoji) is set aside as
// atoms, each a single private character, then bold, italic and strike are looked for around them.

import { control, controlAsText } from "./control.js";
import { EMOJI, emojiOf } from "./emoji.js";
import { decode } from "./entities.js";

const FIRST_ATOM = 0xe000;
const ATOMS = 6400;
const PRIVATE = /([\uE000-\uF8FF])/;
const WHOLE = new RegExp(
  [
    /<([^<>\n]+)>/.source,
    /`([^`\n]+)`/.source,
    EMOJI.source,
    /(?<![\p{L}\p{N}])(https?:\/\/[^\s<>|\uE000-\uF8FF]+)/.source,
    PRIVATE.source,
  ].join("|"),
  "gu",
);
// Neither after nor before a letter, nor next to a word joiner, which is how a bot says "as it is".
const EMPHASIS =
  /(?<![\p{L}\p{N}\u2060])([*_~])(?![\s\u2060]|\1)([^\n]*?[^\s\u2060])\1(?![\p{L}\p{N}\u2060])/u;
const STYLES = { "*": "bold", _: "italic", "~": "strike" };

export function inline(text, verbatim) {
  const atoms = [];
  const kept = text.replace(WHOLE, (all, inside, code, name, tone, url) => {
    if (atoms.length >= ATOMS) return all;
    const parts = atomsOf({ all, inside, code, name, tone, url, verbatim });
    return parts.reduce((sum, part) => {
      if (typeof part === "string") return sum + part;
      atoms.push(part);
      return sum + String.fromCharCode(FIRST_ATOM + atoms.length - 1);
    }, "");
  });
  return styled(kept, {}, atoms);
}

/** What a match stands for: elements, and text that still is to be formatted. */
function atomsOf({ all, inside, code, name, tone, url, verbatim }) {
  if (inside) return [control(inside)];
  if (code) return [codeOf(code)];
  if (name) return [emojiOf(name, tone) ? { type: "text", text: emojiOf(name, tone) } : all];
  if (!url) return [{ type: "text", text: all }];
  if (verbatim) return [{ type: "text", text: decode(url) }];
  const [, address, after] = url.match(/^(.*?)((?:[.,;:!?)\]'"*_~]|&gt;|&lt;)*)$/s);
  return [{ type: "link", url: decode(address), text: decode(address) }, after];
}

function codeOf(code) {
  const text = code.replace(/<([^<>\n]+)>/g, (_, inside) => controlAsText(inside));
  return { type: "text", text: decode(text), style: { code: true } };
}

function styled(text, style, atoms) {
  const match = text.match(EMPHASIS);
  if (!match) return leaves(text, style, atoms);
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  return [
    ...leaves(before, style, atoms),
    ...styled(match[2], { ...style, [STYLES[match[1]]]: true }, atoms),
    ...styled(after, style, atoms),
  ];
}

function leaves(text, style, atoms) {
  return text
    .split(PRIVATE)
    .filter(Boolean)
    .map((part) => {
      const atom = PRIVATE.test(part) ? atoms[part.charCodeAt(0) - FIRST_ATOM] : null;
      if (atom) return { ...atom, style: { ...style, ...atom.style } };
      return { type: "text", text: decode(part), style };
    });
}
