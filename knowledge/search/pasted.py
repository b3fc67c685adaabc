"""Pasted errors: what they say, without what surrounds it.

A traceback, a log line or a JSON body is mostly wrapping: frames, file names, times, request ids.
What the error means stands in a few words, in a traceback in the last ones.
"""

from __future__ import annotations

import re
from functools import cache

MAX_CHARS = 20_000
"""Characters that are looked at, from the end: a traceback ends with the error."""
MAX_SIGN_CHARS = 2_000
"""Characters, from the end, that show whether a program is quoted."""
MAX_LINES = 12
"""Lines of an error that are read, from the end."""
MAX_LINE_CHARS = 600

_SIGNS = r"""
    An\ error\ occurred\ \( | Traceback\ \(most\ recent | \bException\b\s*[:(] | [a-z]Exception\b
    | [a-z]Error\b\s*[:({\[] | \b[Ee]rror\b\s*[:=] | (?i:\berror\ code\b) | \bERROR\b | \bERR!
    | "(?:errorMessage|errorType|__type|message|Message|Code|ErrorCode)"\s*:
    | <(?:Code|Error|Message)> | (?i:\bstatus\ ?code:\ ?\d) | \bfatal: | Caused\ by:
    | \b(?:CREATE|UPDATE|DELETE|ROLLBACK)_FAILED\b | ^\s+at\ \S+\(
    | ^\W*\d{4}-\d\d-\d\d[T\ ]\d\d:\d\d
    | \b[A-Z]\w+(?:Violation|Exceeded|NotFound|Denied)\b:
    | \[Container\] | \bReason:\  | \bexit\ code\ \d | \bStopped\ reason
    """
_FRAME = r"""
    ^\s*(?:
        at\s+(?:async\s+)?[\w.$<>\[\]/\ ]+[(:].*  # Java, Node.js
        | File\ ".*?",\ line\ \d+.* | Traceback\ \(most\ recent\ call\ last\):  # Python
        | During\ handling\ of\ the\ above\ exception.*
        | The\ above\ exception\ was\ the\ direct\ cause.*
        | from\ /\S+:\d+:in\ .*  # Ruby
        | goroutine\ \d+.* | \t?/\S+\.go:\d+.*
        | \.\.\.\ \d+\ more | [\^~\s]+ | [{}\[\]()\s,;]*
    )\s*$
    """
_NOISE = r"""
    \b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b  # request ids
    | \b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b,?\ \w{3}\ \d{1,2}[\w:\ +]*\d{4}
    | \b\d{4}[-/]\d{2}[-/]\d{2}[T\ ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?
        (?:\ ?(?:Z|UTC)?(?:[+-]\d{2}:?\d{2})?)
    | \b\d{8}T\d{6}Z\b | \b\d{2}:\d{2}:\d{2}(?:[.,]\d+)?\b
    | \barn:aws[\w:/.*+=@-]* | \bhttps?://\S+
    | \b\d{12}\b | \b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b  # accounts, IP addresses
    | \b(?:i|vol|vpc|subnet|sg|eni|snap|ami|rtb|igw|nat|eipalloc|lt|acl|shardId)-[0-9a-f]{6,}\b
    | \b(?:0x)?[0-9a-f]{16,}\b | \b[A-Z0-9]{16,}\b
    | \b(?=[A-Za-z+/]*\d)[A-Za-z0-9+/]{28,}={0,2}  # base64
    | (?:[A-Za-z]:)?(?:[\w.@~-]*/){2,}[\w.@-]+(?::\d+)*  # paths
    | \b[\w-]+\.(?:py|js|ts|mjs|java|go|rb|cs|php|sh|kt)(?::\d+)*(?:\(\d+\))?\b
    | \(reached\ max\ retries:\ \d+\) | \bexceeded\ maximum\ number\ of\ attempts,\ \d+
    | \bRequest\ ?ID:\ ?\S+ | \bHandlerErrorCode:\ ?\w+ | \bProxy:\ null\b
    | \b[Ss]tatus\ ?[Cc]ode:\ ?(?:200|400)\b | \b(?:HTTP|http)StatusCode\W+(?:200|400)\b
    | \$(?:fault|metadata|retryable|service)\b(?:\W+(?:client|server|undefined)\b)?  # Node.js SDK
    | \b(?:attempts|totalRetryDelay):\ ?\d+ | \b(?:extendedRequestId|cfId):\ ?\w+
    | \bhttps\ response\ error\b
    """
_WRAPPERS = r"""
    \b(?:errorMessage|errorType|errorCode|ErrorCode|ErrorMessage|stackTrace|requestId|RequestId
        |RequestID|HostId|statusCode|__type|cause|botocore\.(?:errorfactory|exceptions)\.
        |com\.amazon(?:aws)?[\w.$]*[.\#]|software\.amazon\.awssdk[\w.$]*\.
        |java\.(?:lang|util|net|io)\.|Unhandled|Uncaught|uncaughtException|INFO|WARN|WARNING|DEBUG
        |ERROR|FATAL|CRITICAL|SEVERE|ERR!|npm|stderr|stdout|Caused\ by:|nested\ exception\ is
        |Exception\ in\ thread|retryable|HTTPStatusCode|ResponseMetadata|HTTPHeaders
        |RetryAttempts|Resource\ handler\ returned\ message|resource\ handler
        |An\ error\ occurred|xml\ version|encoding|UTF-8)\b:?
    | </?\w+/?> | <\?.*?\?>
    """
_JSON = re.compile(r"\\[nrt\"]|[{}\[\]\"|]")
_HARMLESS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789 ,?!'")
"""Characters of which no quoted error consists alone."""
_QUOTING = " \t\",[]'"
"""What a frame of a stack is surrounded by in JSON."""
_CODE_LINE = re.compile(r"^\s{4,}\S")
_QUESTION = re.compile(
    r"\?|(?i:^\W*(?:why|how|what|any|does|did|is|are|can|getting|got|seeing|help|anyone)\b)"
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled on first use: most questions quote no program."""
    return re.compile(pattern, re.VERBOSE)


def is_pasted(text: str) -> bool:
    """Whether a text quotes a program."""
    text = text[-MAX_SIGN_CHARS:]
    if text == text.lower() and _HARMLESS.issuperset(text):
        return False
    return bool(_compiled(_SIGNS).search(text))


def essence(text: str) -> str:
    """What a pasted error says: the question around it, if there is one, and its message."""
    lines = [line[:MAX_LINE_CHARS] for line in text[-MAX_CHARS:].splitlines()]
    said = [cleaned for line in _spoken(lines) if (cleaned := _clean(line))]
    first = [said[0]] if len(said) > MAX_LINES and _QUESTION.search(said[0]) else []
    return " ".join([*first, *said[-MAX_LINES:]])


def _spoken(lines: list[str]) -> list[str]:
    """The lines that are neither frames of a stack nor the code that Python shows below them."""
    said: list[str] = []
    in_frame = False
    for line in lines:
        if in_frame and _CODE_LINE.match(line):
            in_frame = False
            continue
        in_frame = 'File "' in line and ", line " in line
        if not _compiled(_FRAME).match(line.strip(_QUOTING)):
            said.append(line)
    return said


def _clean(line: str) -> str:
    line = _compiled(_NOISE).sub(" ", line)
    line = _JSON.sub(" ", line)
    return " ".join(_compiled(_WRAPPERS).sub(" ", line).split())
