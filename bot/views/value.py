"""What a button carries: readable by anyone who can read the message, so nothing secret."""

from __future__ import annotations

import json
from dataclasses import dataclass
from json.encoder import encode_basestring

from bot.slack.limits import BUTTON_VALUE
from bot.slack.mrkdwn import escape, unescape

_VERSION = 1
_MAX_QUESTION_CHARS = 300


@dataclass(frozen=True, slots=True)
class Value:
    """A fact, who asked for it and in which words."""

    fact: str
    asker: str = ""
    question: str = ""

    def encode(self, max_chars: int = BUTTON_VALUE) -> str:
        """A long question is cut until everything fits."""
        question = self.question[:_MAX_QUESTION_CHARS]
        while (excess := len(text := self._encode(question)) - max_chars) > 0 and question:
            question = question[: max(len(question) - excess, 0)]
        return text

    def _encode(self, question: str) -> str:
        fields = (self.fact, self.asker, escape(question))
        return f"[{_VERSION},{','.join(map(encode_basestring, fields))}]"

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
