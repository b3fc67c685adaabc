"""Characters that a reader cannot see, and that can steer a terminal."""

from __future__ import annotations

import re

CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Control characters except tab and newline, what reverses the direction of text, and surrogates.

https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
"""


def code_point(character: str) -> str:
    """`U+001B` for the escape character."""
    return f"U+{ord(character):04X}"


def visible(text: str) -> str:
    r"""The text with every control character written out: `\x1b` for the escape character."""
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
