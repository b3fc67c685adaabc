// Slack's three escapes: https://docs.slack.dev/messaging/formatting-message-text#escaping

const CHARACTERS = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const ENTITIES = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };

/** Undo the escape once: `&amp;lt;` becomes the characters `&lt;`. */
export function decode(text) {
  return text.replace(/&(?:lt|gt|amp);/g, (entity) => CHARACTERS[entity]);
}

export function encode(text) {
  return text.replace(/[<>&]/g, (character) => ENTITIES[character]);
}
