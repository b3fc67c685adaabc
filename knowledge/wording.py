"""A question as it may be kept: short, and without what identifies an account, a host, or a person.

People paste errors with account numbers, addresses, and tokens in them. What is kept is what the
error says; whatever looks like a secret or an identifier is masked.
"""

from __future__ import annotations

import re
from functools import cache

from knowledge.search.pasted import essence, is_pasted

MAX_WORDING_CHARS = 300
MASK = "\u2026"
_MAX_PASSES = 4
"""Each pass leaves less; what is kept doesn't change when it is read again."""

_IDENTIFYING = r"""
    -----BEGIN\b[^-]{0,60}-----.*
    | \b(?:xox[a-z]|xapp|xwfp)-[\w.-]+ | \bgh[a-z]_\w{10,} | \bgithub_pat_\w+ | \bglpat-[\w-]+
    | \bsk-[\w-]{10,} | \beyJ[\w-]+(?:\.[\w-]*){1,2}  # JSON web tokens
    | \b(?:AKIA|ASIA|AIDA|AROA|AGPA|ANPA|ANVA|AIPA|APKA|ABIA|ACCA)[A-Z0-9]{8,}
    | (?i:\b(?:[\w-]*[_-])?(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key
        |authorization|credential|signature|session)s?["']?\s*[=:]\s*)(?:(?i:bearer|basic)\s+)?["']?[^\s"',;}&]+
    | (?i:\bbearer\s+)[\w.~+/=-]{8,}
    | \barn:aws[\w:/.*+=@-]* | \b[a-z][a-z0-9+]{1,15}://\S+
    | \b[\w.+-]+@[\w-]+(?:\.[\w-]+)+  # mail addresses, and users of hosts
    | (?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?:[:/]\d+)?(?![\d.])
    | \b(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}\b
    | \bip-\d{1,3}(?:-\d{1,3}){3}[\w.-]*
    | \b(?:[\w-]+\.)+(?:amazonaws\.com(?:\.cn)?|internal|local|lan|corp|intra|on\.aws|awsapps\.com
        |cloudfront\.net|elb\.amazonaws\.com|slack\.com)\b(?::\d+)?
    | (?<!\d)\d{4}[- ]?\d{4}[- ]?\d{4}(?!\d) | (?<!\d)\d{12,}(?!\d)
    | \b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b
    | \b(?:i|vol|vpc|subnet|sg|eni|snap|ami|rtb|igw|nat|eipalloc|lt|acl|shardId)-[0-9a-f]{6,}\b
    | \b(?:0x)?[0-9a-fA-F]{16,}\b
    | (?<![\w/+])(?=[\w/+-]*\d)(?=[\w/+-]*[A-Za-z])[A-Za-z0-9/+_-]{28,}={0,2}
    """


def wording(text: str) -> str:
    """A question as it is kept, in one line of at most 300 characters; "" if nothing remains.

    Doing it twice changes nothing more.
    """
    for _ in range(_MAX_PASSES):
        before, text = text, _once(text)
        if text == before:
            break
    return text


def _once(text: str) -> str:
    said = essence(text) if is_pasted(text) else text
    masked = _identifying().sub(MASK, said or text)
    line = " ".join(masked.split())
    return line if len(line) <= MAX_WORDING_CHARS else line[:MAX_WORDING_CHARS].rstrip()


@cache
def _identifying() -> re.Pattern[str]:
    return re.compile(_IDENTIFYING, re.VERBOSE | re.DOTALL)
