"""Tell commands from questions, in the same way wherever they are typed.

A command is its first word, followed only by words that belong to it, so a question that begins
with the same word stays a question: `quiz status`, but `quiz answers show 429, why`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class Topic(StrEnum):
    """What a command is about."""

    QUIZ = "quiz"
    LEADERBOARD = "leaderboard"
    PRACTICE = "practice"
    HELP = "help"
    SERVICES = "services"
    RANDOM = "random"
    ABOUT = "about"
    VERSION = "version"
    PRIVACY = "privacy"
    STOP = "stop"
    CURATORS = "curators"
    CASES = "cases"
    GAPS = "gaps"
    SUGGEST = "suggest"
    SUGGESTIONS = "suggestions"
    DIGEST = "digest"
    HISTORY = "history"
    REVERT = "revert"


CURATING = (
    Topic.CURATORS, Topic.CASES, Topic.GAPS, Topic.SUGGEST, Topic.SUGGESTIONS, Topic.DIGEST,
    Topic.HISTORY, Topic.REVERT,
)  # fmt: skip
"""Topics about keeping the facts, in private."""
ACTIVITIES = (Topic.QUIZ, Topic.LEADERBOARD, Topic.PRACTICE, *CURATING)
"""Topics that need the database."""


class Verb(StrEnum):
    """What to do about a topic. Buttons carry these values too, so they must not change."""

    NONE = ""
    ON = "on"
    OFF = "off"
    NOW = "now"
    STATUS = "status"
    RESUME = "resume"
    REMIND = "remind"
    SNOOZE = "snooze"
    PAUSE = "pause"
    HOLIDAYS = "holidays"
    STOP = "stop"
    ERASE = "erase"
    UNKNOWN = "?"
    """A word that isn't a verb, where it can only be meant as one."""


VERBS: Mapping[Topic, tuple[Verb, ...]] = {
    Topic.QUIZ: (
        Verb.ON, Verb.OFF, Verb.NOW, Verb.STATUS, Verb.PAUSE, Verb.RESUME, Verb.HOLIDAYS,
    ),
    Topic.LEADERBOARD: (Verb.ON, Verb.OFF),
    Topic.PRACTICE: (
        Verb.RESUME, Verb.REMIND, Verb.SNOOZE, Verb.PAUSE, Verb.STOP, Verb.ERASE,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """What a person wants; `schedule` is the text after `quiz on`, and the like."""

    topic: Topic
    verb: Verb = Verb.NONE
    schedule: str = ""

    @property
    def is_activity(self) -> bool:
        return self.topic in ACTIVITIES

    @property
    def is_personal(self) -> bool:
        """Whether only the person should see the reply."""
        own_rank = self.topic is Topic.LEADERBOARD and self.verb in (Verb.ON, Verb.OFF)
        return own_rank or self.topic in (Topic.PRACTICE, *CURATING)


_TOPICS = {
    "quiz": Topic.QUIZ, "leaderboard": Topic.LEADERBOARD, "practice": Topic.PRACTICE,
    "practise": Topic.PRACTICE, "help": Topic.HELP, "usage": Topic.HELP,
    "services": Topic.SERVICES, "list": Topic.SERVICES, "random": Topic.RANDOM,
    "version": Topic.VERSION, "privacy": Topic.PRIVACY, "stop": Topic.STOP,
    "unsubscribe": Topic.STOP,
}  # fmt: skip
_FACT_ID = r"[a-z0-9]+(?:-[a-z0-9]+)+"
_CURATING = {
    "history": (Topic.HISTORY, _FACT_ID),
    "revert": (Topic.REVERT, _FACT_ID + r"(?: \d{1,3})?"),
    "cases": (Topic.CASES, ""),
    "gaps": (Topic.GAPS, ""),
    "suggest": (Topic.SUGGEST, r".*"),
    "suggestions": (Topic.SUGGESTIONS, ""),
    "digest": (Topic.DIGEST, ""),
    "curators": (Topic.CURATORS, r"(?:(?:here|admins|@\S+(?:\s+(?:and\s+)?@\S+)*))?"),
}
"""The commands about keeping the facts, and what may follow each; it becomes `schedule`."""
_PHRASES = {
    "start the quiz": Command(Topic.QUIZ, Verb.ON),
    "turn on the quiz": Command(Topic.QUIZ, Verb.ON),
    "stop the quiz": Command(Topic.QUIZ, Verb.OFF),
    "turn off the quiz": Command(Topic.QUIZ, Verb.OFF),
    "pause the quiz": Command(Topic.QUIZ, Verb.PAUSE),
    "resume the quiz": Command(Topic.QUIZ, Verb.RESUME),
    "erase my data": Command(Topic.PRACTICE, Verb.ERASE),
    "delete my data": Command(Topic.PRACTICE, Verb.ERASE),
    "forget me": Command(Topic.PRACTICE, Verb.ERASE),
    "quiz me": Command(Topic.PRACTICE),
    "test me": Command(Topic.PRACTICE),
    "ask me a question": Command(Topic.PRACTICE),
    "ask me something": Command(Topic.PRACTICE),
    "leave me alone": Command(Topic.STOP),
    "shut up": Command(Topic.STOP),
    "commands": Command(Topic.HELP),
    "usage": Command(Topic.HELP),
    "about": Command(Topic.ABOUT),
}
_QUESTIONS = {
    r"""
    (?:delete|erase|remove|forget|wipe)\ (?:all\ )?(?:of\ )?my\ (?:personal\ )?
        (?:data|answers|history)
    | how\ (?:do|can)\ i\ (?:delete|erase|remove)\ my\ (?:personal\ )?(?:data|answers|history)
    """: Command(Topic.PRACTICE, Verb.ERASE),
    r"""
    (?:what|which)\ (?:personal\ )?data\ do\ you\ .{0,40} | privacy\ policy
    | (?:is|are)\ (?:this|you|my\ questions?)\ (?:private|anonymous|logged|stored|recorded)
    | (?:what|where)\ do\ you\ (?:store|keep|log|save|remember)\b.{0,30}
    | do\ you\ (?:store|keep|log|save|track|record)\ .{0,40}
    """: Command(Topic.PRIVACY),
    r"""
    (?:which|what)\ version\ (?:are\ you|is\ this|do\ you\ run) | version\ number
    | when\ (?:were\ you|was\ this)\ (?:last\ )?updated
    | how\ (?:old|recent|fresh|current)\ (?:are|is)\ (?:your|the)\ (?:facts|answers|data)
    """: Command(Topic.VERSION),
    r"""
    what\ (?:else\ )?can\ (?:you|u|i|this\ bot)\ (?:do|ask|say|type)\b.{0,20}
    | how\ (?:do\ i|does\ one|can\ i|to)\ (?:use|ask|talk\ to)\ 
        (?:you|this(?:\ bot|\ thing)?|factbot)
    | how\ does\ this\ (?:bot\ )?work | i\ need\ help | help\ me | what\ are\ your\ commands
    | what\ (?:do|should)\ i\ (?:do|type|ask)(?:\ here)?
    """: Command(Topic.HELP),
    r"""
    (?:which|what)\ (?:aws\ )?services\ do\ you\ .{0,30} | what\ do\ you\ know(?:\ about)?
    | (?:which|what)\ topics\ do\ you\ .{0,30} | list\ (?:all\ )?(?:the\ )?services
    """: Command(Topic.SERVICES),
    r"""
    (?:who|what)\ (?:are|r)\ (?:you|u) | what(?:'?s|\ is)\ (?:this|factbot|this\ bot)
    | who\ (?:made|built|created|wrote|owns|runs|maintains|develops)\ 
        (?:you|u|this|this\ bot|factbot|the\ facts)
    | are\ you\ (?:an?\ )?(?:real|human|bot|robot|ai|person|chatgpt|gpt|llm)\b.{0,20}
    | (?:do|does)\ (?:you|this)\ (?:use|run)\ .{0,10}(?:ai|chatgpt|gpt|llm|language\ model).{0,10}
    | how\ many\ facts(?:\ do\ you\ (?:have|know))?
    | where\ do\ (?:you|your|the)\ (?:answers|facts).{0,20}come\ from
    """: Command(Topic.ABOUT),
}
"""What people ask the bot about itself."""
_OTHER_VERBS = {
    "settings": Verb.NONE, "setup": Verb.NONE, "start": Verb.ON, "delete": Verb.ERASE,
    "help": Verb.UNKNOWN, "holiday": Verb.HOLIDAYS, "unpause": Verb.RESUME,
}  # fmt: skip
_FILLERS = frozenset(
    """
    a about again all any channel data day days everything fact facts for from here in it list me
    message messages month my now of on please pls plz question quiz reminder reminders reminding
    sending services that thank thanks the this thx to today us week you your
    """.split()  # noqa: SIM905
)
"""Words after a command that don't change its meaning."""
_LEADING = re.compile(
    r"(?i)^(?:(?:please|pls|plz|(?:can|could|would) you|show(?: me| us)?|the)[\s,]+)+"
)
_LEADER_BOARD = re.compile(r"(?i)^leader[ -]board\b")
_MAX_BREAK_WORDS = 6
_AROUND = " \"'`*_~()[]<>“”‘’.,!?:;"


def read_command(text: str, slash: str = "") -> Command | None:
    """The command in a text from `read_message`; None if the text is a question.

    `slash` is the name of the slash command, which people also type in messages.
    """
    line = " ".join(text.split())
    first, _, rest = line.partition(" ")
    line = rest if slash and first.lower() == slash else line
    bare = _LEADER_BOARD.sub("leaderboard", _LEADING.sub("", line.strip(_AROUND), count=1))
    if not bare:
        return Command(Topic.HELP)
    if about_us := _about_us(bare.lower()):
        return about_us
    head, *words = bare.split()
    topic, pattern = _CURATING.get(head.lower().strip(_AROUND), (None, ""))
    if topic and re.fullmatch(pattern, " ".join(words), re.IGNORECASE):
        return Command(topic, schedule=" ".join(words))
    topic = _TOPICS.get(head.lower().strip(_AROUND))
    if topic is None:
        return None
    if topic in ACTIVITIES:
        return _activity(topic, words, is_asking=line.endswith("?"))
    return Command(topic) if _change_nothing(words) else None


@cache
def _questions() -> tuple[tuple[re.Pattern[str], Command], ...]:
    return tuple((re.compile(text, re.VERBOSE), command) for text, command in _QUESTIONS.items())


def _about_us(said: str) -> Command | None:
    """The command that a sentence about the bot itself stands for."""
    if said in _PHRASES:
        return _PHRASES[said]
    said = said.replace("\u2019", "'")
    return next((command for pattern, command in _questions() if pattern.fullmatch(said)), None)


def _activity(topic: Topic, words: Sequence[str], is_asking: bool) -> Command | None:
    verb = _read_verb(words)
    if topic is Topic.QUIZ and (verb is Verb.ON or _is_schedule(words)):
        schedule = words[1:] if verb is Verb.ON else words
        is_question = is_asking and not _is_schedule(schedule)
        return None if is_question else Command(topic, Verb.ON, " ".join(schedule))
    if topic is Topic.QUIZ and not is_asking and _is_break(verb, words[1:]):
        return Command(topic, verb, " ".join(words[1:]))
    if verb in VERBS[topic] and _change_nothing(words[1:]):
        return Command(topic, verb)
    if _change_nothing(words) or verb is Verb.NONE and _change_nothing(words[1:]):
        return Command(topic)
    is_mistyped = len(words) == 1 or (len(words) == 2 and verb in VERBS[topic])
    return Command(topic, Verb.UNKNOWN) if is_mistyped and not is_asking else None


def _is_break(verb: Verb, words: Sequence[str]) -> bool:
    """Whether the words say until when to pause, or whose holidays to skip."""
    if verb is Verb.PAUSE:
        return not _change_nothing(words) and len(words) <= _MAX_BREAK_WORDS
    return verb is Verb.HOLIDAYS and 0 < len(words) <= _MAX_BREAK_WORDS


def _read_verb(words: Sequence[str]) -> Verb:
    word = words[0].lower().strip(_AROUND) if words else ""
    if word in _OTHER_VERBS:
        return _OTHER_VERBS[word]
    return Verb(word) if word in list(Verb) else Verb.UNKNOWN


def _change_nothing(words: Sequence[str]) -> bool:
    return all(word.lower().strip(_AROUND) in _FILLERS for word in words)


def _is_schedule(words: Sequence[str]) -> bool:
    from bot.quiz.wording import (  # slow to import, rarely needed
        ScheduleRequest,
        UnreadableError,
        read_schedule,
    )

    try:
        return read_schedule(" ".join(words), lambda name: name) != ScheduleRequest()
    except UnreadableError:
        return False
