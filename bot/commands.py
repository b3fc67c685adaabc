"""The words that are commands and not questions, the same wherever they are typed.

A command is its first word and then only words that belong to it, so that a question which begins
with the same word stays a question: `quiz status` and `quiz answers show 429, why`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.quiz.wording import UnreadableError, Wanted, read


class Topic(StrEnum):
    """What a command is about."""

    QUIZ = "quiz"
    LEADERBOARD = "leaderboard"
    PRACTICE = "practice"
    HELP = "help"
    SERVICES = "services"
    RANDOM = "random"


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
}  # fmt: skip
_PHRASES = {
    "start the quiz": Command(Topic.QUIZ, ON),
    "turn on the quiz": Command(Topic.QUIZ, ON),
    "stop the quiz": Command(Topic.QUIZ, OFF),
    "turn off the quiz": Command(Topic.QUIZ, OFF),
    "erase my data": Command(Topic.PRACTICE, ERASE),
    "delete my data": Command(Topic.PRACTICE, ERASE),
    "forget me": Command(Topic.PRACTICE, ERASE),
}
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
    if bare.lower() in _PHRASES:
        return _PHRASES[bare.lower()]
    head, *words = bare.split()
    topic = _TOPICS.get(head.lower().strip(_AROUND))
    if topic is None:
        return None
    if topic in ACTIVITIES:
        return _activity(topic, words, is_asking=line.endswith("?"))
    return Command(topic) if _change_nothing(words) else None


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
    try:
        return read(" ".join(words), lambda name: name) != Wanted()
    except UnreadableError:
        return False
