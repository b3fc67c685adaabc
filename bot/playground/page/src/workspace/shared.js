/** A new state with the parts of the old one that are the same, so that they need not be drawn. */
export function shared(before, after) {
  if (!before) return after;
  const known = new Map(before.messages.map((message) => [message.id, message]));
  const parts = ["team", "bot", "members", "channels", "home", "lint", "next"];
  const kept = Object.fromEntries(parts.map((name) => [name, same(before[name], after[name])]));
  const modals = after.modals.map((view) =>
    same(
      before.modals.find((each) => each.id === view.id),
      view,
    ),
  );
  const messages = after.messages.map((message) => same(known.get(message.id), message));
  return { ...after, ...kept, modals, messages };
}

function same(before, after) {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}
