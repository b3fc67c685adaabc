// mrkdwn as rich text elements, which the library draws as they are: its own mrkdwn parser
// decodes before it parses, so that an escaped `&lt;!channel&gt;` would become a live mention.

import { control, controlAsText } from "./control.js";
import { decode } from "./entities.js";
import { inline } from "./inline.js";

const FENCE = /```\n?([\s\S]+?)\n?```/;
const QUOTE = /^(?:>|&gt;) ?/;

/** The elements of a `rich_text` block; `verbatim` turns bare addresses into no links. */
export function richText(text, verbatim = false) {
  const elements = [];
  text.split(FENCE).forEach((part, place) => {
    if (place % 2) elements.push(preformatted(part));
    else elements.push(...paragraphs(trimmed(part), verbatim));
  });
  return elements;
}

/** Characters without any formatting, as the elements of a `rich_text` block. */
export function literal(text) {
  return [{ type: "rich_text_section", elements: [{ type: "text", text }] }];
}

function preformatted(part) {
  const text = decode(part.replace(/<([^<>\n]+)>/g, (_, inside) => controlAsText(inside)));
  return { type: "rich_text_preformatted", elements: [{ type: "text", text }] };
}

function paragraphs(part, verbatim) {
  const elements = [];
  if (!part) return elements;
  let lines = [];
  let quoted = false;
  const flush = () => {
    if (!lines.length) return;
    const type = quoted ? "rich_text_quote" : "rich_text_section";
    elements.push({ type, elements: inline(lines.join("\n"), verbatim) });
    lines = [];
  };
  for (const line of part.split("\n")) {
    const isQuote = QUOTE.test(line);
    if (isQuote !== quoted) flush();
    quoted = isQuote;
    lines.push(isQuote ? line.replace(QUOTE, "") : line);
  }
  flush();
  return elements;
}

function trimmed(part) {
  return part.replace(/^\n|\n$/g, "");
}
