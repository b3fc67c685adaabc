// What is written in the message box, as Slack hands it on.

import { decode, encode } from "./entities.js";

/** Escaped, with each `@name` as `<@ID>`; a command goes as it was typed. */
export function outgoing(text, people) {
  if (text.startsWith("/")) return text;
  const byName = new Map(people.map((person) => [person.name.toLowerCase(), person.id]));
  const names = [...byName.keys()].sort((a, b) => b.length - a.length).map(quoted);
  const mention = new RegExp(`(?<![\\p{L}\\p{N}])@(${names.join("|")})(?![\\p{L}\\p{N}])`, "giu");
  return encode(text).replace(mention, (_, name) => `<@${byName.get(name.toLowerCase())}>`);
}

/** The other way round: what somebody wrote for a text that Slack handed on. */
export function written(text, people) {
  const byId = new Map(people.map((person) => [person.id, person.name]));
  return decode(text.replace(/<@(\w+)>/g, (all, id) => (byId.has(id) ? `@${byId.get(id)}` : all)));
}

function quoted(name) {
  return encode(name).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
