"""Error codes, HTTP statuses and identifiers in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_NAMED = r"""
    \b([A-Z]\w*?(?:Exception|Error|Fault|Failure|Exceeded|Denied|NotFound|Violation|Throttled
        |Throttling|Mismatch|AlreadyExists|InUse|Expired|Unavailable|DoesNotExist|NotExist
        |DoesNotMatch|Missing|Conflict))\b
    """
_LABELED = r"""
    An\ error\ occurred\ \(([A-Za-z][\w.]+)\)
    | "?__type"?\s*:\s*"?(?:[\w.]+\#)?([A-Z]\w+)
    | <Code>(\w+)</Code>
    | \b[Ee]rror\ ?[Cc]ode"?\s*[:=]?\s*"?'?([A-Z][a-z]\w+)
    | \b[Cc]ode"?\s*[:=]\s*"?'?([A-Z][a-z]\w+)
    | "errorType"\s*:\s*"(?:[\w.]+\.)?([A-Z]\w+)
    | \bapi\ error\ (\w+):
    | \b([A-Z][a-z]+[A-Z]\w+)\ ?=>\ 
    """
_SUFFIX = re.compile(r"(?:Exception|Error|Fault|Failure)$|(?:exception|error|fault|failure)$")
_STATUS = re.compile(
    r"""
    (?<![\w.,:/-])(4(?:0\d|1[0-8]|2[2-9]|31|51)|50[0-5]|511)(?![\w/-]|[.,:]\d)
        (?!\s*(?:ms|s|sec|seconds?|min|minutes?|hours?|days?|kb|kib|mb|mib|gb|gib|bytes?|chars
            |characters?|items?|messages?|records?|requests?|functions?|files?|rows?|users?
            |tables?|metrics?|times?|ok|%)\b)
    | \b([45]xx)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

WRAPPERS = frozenset(
    """
    client botocore amazonservice awsservice sdkclient service sdk base parent unhandled runtime io
    amazonclient nestedservlet bootstrap execution completion request generalservice boto aws reply
    fatal internalservice amazon command gateway script make waiter
    """.split()  # noqa: SIM905
)
"""Classes that clients wrap every error in."""

GENERIC = frozenset(
    """
    accessdenied unauthorizedoperation notauthorized unauthorized forbidden throttling throttled
    toomanyrequests requestlimitexceeded slowdown validation invalidparameter invalidparametervalue
    invalidrequest invalidparametercombination invalidinput badrequest resourcenotfound notfound
    nosuchentity entityalreadyexists resourceinuse resourceconflict conflict limitexceeded
    servicequotaexceeded internal internalserver internalfailure serviceunavailable unavailable
    missingparameter invalidaction invalidstate operationaborted expiredtoken unrecognizedclient
    invalidclienttokenid signaturedoesnotmatch invalidsignature optinrequired timeout requesttimeout
    connection cannotconnect connectionrefused connecttimeout connectiontimeout readtimeout
    sockettimeout endpointconnection newconnection maxretry proxyconnection unknownhost ssl
    sslhandshake http protocol operational invalidargument
    """.split()  # noqa: SIM905
)
"""Codes that many services use; only the message says what they're about."""

PROGRAM = frozenset(
    """
    type key value attribute index reference syntax range name import modulenotfound assertion
    zerodivision unboundlocal recursion nullpointer illegalargument illegalstate classcast
    classnotfound indexoutofbounds arrayindexoutofbounds numberformat concurrentmodification
    filenotfound os io json jsondecode unicodedecode memory outofmemory stackoverflow eof
    """.split()  # noqa: SIM905
)
"""Errors of a programming language: a bug in somebody's code, unless a service is named."""

_GENERIC_MESSAGE = re.compile(
    r"""
    \b(?:(?:rate|(?:resource\ )?limit|quota)\ exceeded|access\ (?:is\ )?denied|not\ authorized
        |too\ many\ requests|bad\ request
        |internal\ (?:server\ )?error|service\ unavailable|timed\ out|throttl\w+|forbidden
        |unauthorized|not\ found|permission\ denied)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
MAX_GENERIC_CHARS = 60
MAX_OTHER_WORDS = 5
"""A longer message, or one with more words around, says more than that something went wrong."""


@dataclass(frozen=True, slots=True)
class Codes:
    """`errors` are lower case without Exception or Error, `statuses` like 429 or 5xx."""

    errors: frozenset[str]
    statuses: frozenset[str]

    @property
    def specific(self) -> frozenset[str]:
        """The errors without those that any service may give."""
        return self.errors - GENERIC


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled on first use: most questions name no code."""
    return re.compile(pattern, re.VERBOSE)


def find_codes(text: str) -> Codes:
    """The error codes and HTTP statuses that a text names."""
    errors: set[str] = set()
    if text != text.lower() or "__type" in text:  # codes have capitals
        errors |= {_plain(name) for name in _compiled(_NAMED).findall(text)}
        labeled = _compiled(_LABELED).findall(text)
        errors |= {_plain(name) for names in labeled for name in names if name}
    statuses = {(number or group).lower() for number, group in _STATUS.findall(text)}
    return Codes(frozenset(errors - WRAPPERS - {""}), frozenset(statuses))


def _plain(name: str) -> str:
    last = name.rpartition(".")[2]
    return _SUFFIX.sub("", last).replace("_", "").lower()


def is_generic(name: str) -> bool:
    """Whether many services give an error of this name."""
    return _plain(name) in GENERIC


def is_generic_error(text: str, codes: Codes) -> bool:
    """Whether a text is an error that any service or program may give, and says nothing else."""
    if codes.errors and codes.errors <= PROGRAM | GENERIC:
        return True
    if codes.specific or len(text) > MAX_GENERIC_CHARS:
        return False
    if codes.errors or codes.statuses:
        return True
    others, found = _GENERIC_MESSAGE.subn("", text)
    return bool(found) and len(others.split()) <= MAX_OTHER_WORDS


def written_errors(text: str) -> list[str]:
    """The AWS error codes in a text, as written there, each once.

    What a client wraps them in and the errors of a programming language are left out.
    """
    found: dict[str, str] = {}
    for pattern in (_LABELED, _NAMED):
        for match in _compiled(pattern).finditer(text):
            written = next(filter(None, match.groups()))
            plain = _plain(written)
            if plain and plain not in WRAPPERS and plain not in PROGRAM:
                found.setdefault(plain, written)
    return list(found.values())
