"""What the second tier answers."""

from __future__ import annotations

from dataclasses import dataclass

MAX_SAID_SHARE = 0.5
"""An answer adds nothing to a text that has a larger share of its keys than this."""


@dataclass(frozen=True, slots=True)
class ReferenceAnswer:
    """What the data says about an exact name, as plain text, and which data that is.

    `keys` are the names, values, or dates that the answer comes down to.
    """

    title: str
    text: str
    source: str
    keys: tuple[str, ...]

    def is_named_in(self, text: str) -> bool:
        """Whether a text has the name that the title begins with."""
        return self.title.split()[0].rstrip(":").lower() in text.lower()

    def adds_to(self, text: str) -> bool:
        """Whether this adds anything to a text, such as a fact's, that may already say the same."""
        plain = text.lower()
        said = sum(key.lower() in plain for key in self.keys)
        return said <= MAX_SAID_SHARE * len(self.keys)
