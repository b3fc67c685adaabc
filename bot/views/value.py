"""What a button carries: readable by anyone who can read the message, so nothing secret."""

from __future__ import annotations

import json
from dataclasses import dataclass
from json.encoder import encode_basestring

from bot.slack.limits import BUTTON_VALUE
from bot.slack.mrkdwn import escape, unescape

_VERSION = 1
_QUESTION = 300


@dataclass(frozen=True, slots=True)
class Value:
    """A fact, who asked for it and in which words."""

    fact: str
    asker: str = ""
    question: str = ""

    def encode(self) -> str:
        """At most 2,000 characters; a long question is cut."""
        fields = (self.fact, self.asker, escape(self.question[:_QUESTION]))
        text = f"[{_VERSION},{','.join(map(encode_basestring, fields))}]"
        return text if len(text) <= BUTTON_VALUE else Value(self.fact, self.asker).encode()

    def about(self, fact: str) -> Value:
        return Value(fact, self.asker, self.question)

    @classmethod
    def decode(cls, text: object) -> Value | None:
        """Read a value; None for anything that this version did not write."""
        try:
            fields = json.loads(text) if isinstance(text, str) else None
        except (ValueError, RecursionError):
            return None
        if not isinstance(fields, list) or len(fields) != 4 or fields[0] != _VERSION:
            return None
        fact, asker, question = fields[1:]
        if all(isinstance(part, str) for part in fields[1:]):
            return cls(fact, asker, unescape(question))
        return None
