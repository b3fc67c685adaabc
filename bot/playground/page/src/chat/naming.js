// What a conversation is called where it stands among others.

/** A channel's name begins with a hash; direct messages are called after who is in them. */
export function nameOf(conversation) {
  return conversation.kind === "channel" ? `#${conversation.name}` : conversation.name;
}
