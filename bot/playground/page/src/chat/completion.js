// What the message box offers while one types a command or a name.

const HINTS = [
  ["", "QUESTION", "Ask anything about AWS"],
  ["help", "", "How to ask"],
  ["quiz", "", "This channel's quiz"],
  ["leaderboard", "", "Who's ahead in this channel"],
  ["practice", "", "Practice questions just for you"],
  ["services", "", "What the bot knows about"],
  ["random", "", "A fact you did not ask for"],
];

/** Offers for the text before the caret; each replaces what stands from `from` on. */
export function offers(text, caret, command, people) {
  const before = text.slice(0, caret);
  if (before.startsWith("/") && caret === text.length) return commands(before, command);
  const name = before.match(/(?:^|\s)@([\p{L}\p{N}_-]*)$/u)?.[1];
  return name === undefined ? [] : names(name, caret - name.length - 1, people);
}

/** Whether an offer would change nothing that one sees, so that Enter shall send. */
export function isTyped(offer, text, caret, command) {
  const typed = text.slice(offer.from, caret).trimEnd().toLowerCase();
  return typed === command || typed === offer.text.trimEnd().toLowerCase();
}

function commands(before, command) {
  return HINTS.map(([word, blank, about]) => ({
    key: `${word}${blank}`,
    name: [command, word, blank].filter(Boolean).join(" "),
    text: word ? `${command} ${word}` : `${command} `,
    about,
    from: 0,
  })).filter((offer) => offer.text.startsWith(before.toLowerCase()));
}

function names(typed, from, people) {
  return people
    .filter((person) => person.name.toLowerCase().startsWith(typed.toLowerCase()))
    .map((person) => ({
      key: person.id,
      name: person.name,
      text: `@${person.name} `,
      about: person.about,
      person,
      from,
    }));
}
