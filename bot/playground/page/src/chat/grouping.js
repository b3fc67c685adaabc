// How messages follow each other: by day, and under one name while the same author goes on.

const PAUSE = 300;

/** Messages of a conversation that are not replies, and replies that also go to the channel. */
export function roots(messages, channel) {
  const here = messages.filter((message) => message.channel === channel);
  const known = new Set(here.filter((message) => !isReply(message)).map((message) => message.ts));
  return here.filter(
    (message) => !isReply(message) || message.broadcast || !known.has(message.thread_ts),
  );
}

export function repliesTo(messages, root) {
  return messages.filter(
    (message) =>
      message.channel === root.channel && isReply(message) && message.thread_ts === root.ts,
  );
}

/** Whether a message stands under the name of the one before it. */
export function continues(message, before) {
  return Boolean(
    before &&
    before.user === message.user &&
    before.only_you === message.only_you &&
    message.ts - before.ts < PAUSE,
  );
}

function isReply(message) {
  return message.thread_ts && message.thread_ts !== message.ts;
}
