// The library parses every text object as mrkdwn after decoding it. These are for the blocks that
// it draws as a whole: each text in them becomes characters that it shows as they are.

import { plain } from "../text/plain.js";

const TEXTS = new Set(["plain_text", "mrkdwn"]);
const PICTURE = /!\[([^\]]*)\]\(([^)\s]*)[^)]*\)/g;

export function neutral(block) {
  if (block.type === "markdown") return { ...block, text: block.text.replace(PICTURE, "[$1]($2)") };
  return changed(block);
}

function changed(value) {
  if (Array.isArray(value)) return value.map(changed);
  if (!value || typeof value !== "object") return value;
  if (TEXTS.has(value.type)) return { type: "plain_text", text: plain(value), verbatim: true };
  if (value.type === "raw_text") return cell(value.text);
  const kept = Object.entries(value).filter(([name]) => name !== "block_id" && !isPicture(name));
  return Object.fromEntries(kept.map(([name, each]) => [name, changed(each)]));
}

function cell(text) {
  const elements = [{ type: "rich_text_section", elements: [{ type: "text", text }] }];
  return { type: "rich_text", elements };
}

/** Pictures from elsewhere are not fetched. */
function isPicture(name) {
  return ["hero_image", "icon", "image_url", "slack_file", "thumbnail_url"].includes(name);
}
