"""The words that are commands and not questions, the same wherever they are typed.

A command is its first word and then only words that belong to it, so that a question which begins
with the same word stays a question: `quiz status` and `quiz answers show 429, why`.
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


ACTIVITIES = (Topic.QUIZ, Topic.LEADERBOARD, Topic.PRACTICE)
"""Topics that need the database."""
ON, OFF, NOW, STATUS, ERASE, UNKNOWN = "on", "off", "now", "status", "erase", "?"
"""Verbs; UNKNOWN stands for a word that is none, where only a verb can be meant."""
VERBS: Mapping[Topic, tuple[str, ...]] = {
    Topic.QUIZ: (ON, OFF, NOW, STATUS),
    Topic.LEADERBOARD: (ON, OFF),
    Topic.PRACTICE: ("resume", "remind", "snooze", "pause", "stop", ERASE),
}


@dataclass(frozen=True, slots=True)
class Command:
    """`verb` is "" if the topic stands alone; `schedule` is what follows `quiz on`."""

    topic: Topic
    verb: str = ""
    schedule: str = ""

    @property
    def is_activity(self) -> bool:
        return self.topic in ACTIVITIES

    @property
    def is_personal(self) -> bool:
        """Whether its answer is nobody else's business."""
        own_rank = self.topic is Topic.LEADERBOARD and self.verb in (ON, OFF)
        return own_rank or self.topic is Topic.PRACTICE


_TOPICS = {
    "quiz": Topic.QUIZ, "leaderboard": Topic.LEADERBOARD, "practice": Topic.PRACTICE,
    "practise": Topic.PRACTICE, "help": Topic.HELP, "usage": Topic.HELP,
    "services": Topic.SERVICES, "list": Topic.SERVICES, "random": Topic.RANDOM,
    "version": Topic.VERSION, "privacy": Topic.PRIVACY, "stop": Topic.STOP,
    "unsubscribe": Topic.STOP,
}  # fmt: skip
_PHRASES = {
    "start the quiz": Command(Topic.QUIZ, ON),
    "turn on the quiz": Command(Topic.QUIZ, ON),
    "stop the quiz": Command(Topic.QUIZ, OFF),
    "turn off the quiz": Command(Topic.QUIZ, OFF),
    "erase my data": Command(Topic.PRACTICE, ERASE),
    "delete my data": Command(Topic.PRACTICE, ERASE),
    "forget me": Command(Topic.PRACTICE, ERASE),
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
    """: Command(Topic.PRACTICE, ERASE),
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
_SAME_VERBS = {"settings": "", "setup": "", "start": ON, "delete": ERASE, "help": UNKNOWN}
_FILLERS = frozenset(
    """
    a about again all any channel data day days everything fact facts for from here in it list me
    message messages month my now of on please pls plz question quiz reminder reminders reminding
    sending services that thank thanks the this thx to today us week you your
    """.split()  # noqa: SIM905
)
"""Words after a command that change nothing about it."""
_LEADING = re.compile(
    r"(?i)^(?:(?:please|pls|plz|(?:can|could|would) you|show(?: me| us)?|the)[\s,]+)+"
)
_LEADER_BOARD = re.compile(r"(?i)^leader[ -]board\b")
_AROUND = " \"'`*_~()[]<>“”‘’.,!?:;"


def read_command(text: str, slash: str = "") -> Command | None:
    """The command that a text is, as `read_message` gives it; None if it is a question.

    `slash` is the name of the slash command, which people also type in front elsewhere.
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
    """What a sentence asks about the bot itself."""
    if said in _PHRASES:
        return _PHRASES[said]
    said = said.replace("\u2019", "'")
    return next((command for pattern, command in _questions() if pattern.fullmatch(said)), None)


def _activity(topic: Topic, words: Sequence[str], is_asking: bool) -> Command | None:
    verb = words[0].lower().strip(_AROUND) if words else ""
    verb = _SAME_VERBS.get(verb, verb)
    if topic is Topic.QUIZ and (verb == ON or _is_schedule(words)):
        schedule = words[1:] if verb == ON else words
        is_question = is_asking and not _is_schedule(schedule)
        return None if is_question else Command(topic, ON, " ".join(schedule))
    if verb in VERBS[topic] and _change_nothing(words[1:]):
        return Command(topic, verb)
    if _change_nothing(words) or verb == "" and _change_nothing(words[1:]):
        return Command(topic)
    is_mistyped = len(words) == 1 or (len(words) == 2 and verb in VERBS[topic])
    return Command(topic, UNKNOWN) if is_mistyped and not is_asking else None


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
