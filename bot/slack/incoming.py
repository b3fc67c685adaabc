"""Read what a person typed in Slack: the words as they look on the screen, line by line.

Every surface goes through here: the slash command, mentions, direct messages. A message arrives
with markup and entities (https://docs.slack.dev/messaging/formatting-message-text), a command as
it was typed, so both forms are understood.

A link is read as its label. Its address is read only in code or if nothing else is left: people
add addresses to tell where they come from, which must not change the answer they get.
"""

from __future__ import annotations

import re
import unicodedata

from bot.slack.courtesy import without_courtesy
from bot.slack.mrkdwn import unescape

MAX_RAW_CHARS = 16_000
"""Four times what Slack's message box takes, because entities make a text longer."""
MAX_TEXT_CHARS = 4_000

_NOBODY, _LINK, _END = "\ue000", "\ue001", "\ue002"
"""Placeholders while reading: a mention or address was here, a label begins, a label ends."""
_MARKS = re.compile(f"[{_NOBODY}{_LINK}{_END}]")

_CODE = re.compile(r"```(.*?)```|`([^`\n]+)`", re.DOTALL)
_PEOPLE = re.compile(
    r"<[@#][\w.-]+(?:\|[^<>]*)?>"
    r"|<!(?:here|channel|everyone|group|subteam\^|date\^)[^<>]*>"
    r"|(?<![\w.@])@(?:here|channel|everyone|factbot)\b"
    r"|\A\s*(?:(?:hey|hi|hello)\s+)?@(?!(?:connections|timestamp|message|log\w*|ptr)\b)[\w.-]+"
    r"(?=[,:]?\s+\w)",
    re.IGNORECASE,
)
"""Mentions as Slack writes them, and a typed one that a message begins with. What API Gateway and
CloudWatch Logs begin with @ are not people."""
_SPECIAL = re.compile(r"<![\w^]+\|([^<>]*)>")
_ANGLED = re.compile(r"<([a-z][a-z0-9+.-]*:[^<>|\s]*)(?:\|([^<>]*))?>", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![\w@/.])(?:https?://|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_EMOJI_CODE = re.compile(r"(?<![\w:])(?::(?:[^\W\d_][\w'+-]*|[+-]1|100):)+(?![\w:])")
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")

_SOME_LINK = f"(?:{_NOBODY}|{_LINK}[^{_END}]*{_END})"
_COPIED = re.compile(
    rf"(?i)(?<!\w)/?(?:cc|fyi|ping)\s*[:,]?\s*"
    rf"(?:(?:{_NOBODY}|@[\w.-]+)(?:\s|[,&;]|and\b)*)+"
)
_REFERENCE = re.compile(
    rf"(?i)[(\[]?\b(?:see(?:\s+also)?\s*:?|(?:cf|ref|reference|source|context|details|link|docs?"
    rf"|thread|ticket|more|via|from)\s*:)\s*(?:{_SOME_LINK}[\s,;]*)+[)\]]?"
)
_ALONE = re.compile(rf"(?m)(?:^|(?<=[.?!]))[ \t(\[]*(?:{_SOME_LINK}[ \t,;|]*)+[)\]]?[ \t.!]*$")
_SAYING_NOTHING = re.compile(
    rf"(?i){_LINK}(?:click\s+)?(?:(?:this|the|our|my|read|full)\s+)?(?:here|this|link|url|docs?"
    r"|documentation|page|article|blog|post|thread|message|ticket|issue|source|details|more"
    rf"|screenshot|image|logs?|dashboard|runbook|wiki|question|example){_END}"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2014\u2015", " - "),
    }
)
_VARIATIONS = "\ufe0e\ufe0f"
_SHOWING_NO_WORD = ("So", "Sk", "Cc", "Zs", "Cs", "Co")
"""Unicode categories of pictures, control characters, spaces, and unassigned code points."""


def read_message(raw: str) -> str:
    """The words of a message, line by line; "" if it says nothing.

    Mentions, channels, emoji, and greetings are left out, entities are decoded once, and quotation
    marks, dashes, and spaces become plain ones.
    """
    raw = _MARKS.sub("", _LINE_ENDS.sub("\n", raw[:MAX_RAW_CHARS]))
    text = _lines(_read(raw, keep_links=False)) or _lines(_read(raw, keep_links=True))
    return without_courtesy(text)[:MAX_TEXT_CHARS].rstrip()


def is_only_emoji(raw: str) -> bool:
    """Whether a message has emoji and says nothing else; Slack writes them as `:tada:`."""
    return _EMOJI_CODE.search(raw) is not None and not read_message(raw)


def _read(raw: str, keep_links: bool) -> str:
    parts, end = [], 0
    for code in _CODE.finditer(raw):
        block, inline = code[1], code[2]
        parts += [_prose(raw[end : code.start()], keep_links)]
        parts += [f"\n{_code(block)}\n" if inline is None else _code(inline)]
        end = code.end()
    return "".join((*parts, _prose(raw[end:], keep_links)))


def _prose(raw: str, keep_links: bool) -> str:
    text = _PEOPLE.sub(_NOBODY, raw) if "<" in raw or "@" in raw else raw
    if "<" in text:
        text = _SPECIAL.sub(r"\1", text)
        text = _ANGLED.sub(_code_link if keep_links else _label, text)
    if not keep_links and ("://" in text or "www." in text.lower()):
        text = _ADDRESS.sub(_NOBODY, text)
    text = _COPIED.sub(" ", text)
    if not keep_links and _MARKS.search(text):
        text = _SAYING_NOTHING.sub(_NOBODY, text)
        text = _ALONE.sub(" ", _REFERENCE.sub(" ", text))
    text = text.replace(_NOBODY, " ").replace(_LINK, "").replace(_END, "")
    if ":" in text:
        text = _EMOJI_CODE.sub(" ", text)
    return unescape(text)


def _code(raw: str) -> str:
    """Code stays as it is, including addresses."""
    return unescape(_ANGLED.sub(_code_link, raw)) if "<" in raw else unescape(raw)


def _label(link: re.Match[str]) -> str:
    """A link's label between placeholders, or the placeholder of something left out."""
    address, label = link[1], link[2]
    if not label:
        scheme = address.partition(":")[0].lower()
        return _NOBODY if scheme in ("http", "https", "ftp", "mailto", "slack") else address
    if _ADDRESS.match(label) or _MAIL.fullmatch(label):
        return _NOBODY
    return f"{_LINK}{label}{_END}"


def _code_link(link: re.Match[str]) -> str:
    return str(link[2] or link[1])


def _lines(text: str) -> str:
    """The text's lines in plain characters, without empty lines."""
    if not text.isascii():
        text = _KEYCAP.sub(" ", text.translate(_LOOKALIKES))
        text = "".join(_plain(character) for character in text)
        text = unicodedata.normalize("NFKC", text)
    elif not text.isprintable():
        text = "".join(_plain(character) for character in text)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _plain(character: str) -> str:
    """A space for pictures and control characters, and "" for zero-width characters."""
    if character.isascii():
        return character if character.isprintable() or character == "\n" else " "
    kind = unicodedata.category(character)
    if kind == "Cf" or character in _VARIATIONS:
        return ""
    return " " if kind in _SHOWING_NO_WORD else character
