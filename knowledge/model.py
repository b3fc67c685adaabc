"""What the bot knows, as typed values."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from knowledge.values import Quantity, Unit

MAX_ID_CHARS = 60
"""Options of menus in Slack carry IDs of up to 75 characters."""
MAX_TITLE_CHARS = 80
MAX_ANSWER_CHARS = 300
MAX_DETAIL_CHARS = 600
MAX_WAS_CHARS = 200
MAX_MISREAD_CHARS = 200
MAX_OF_CHARS = 60
MAX_ERROR_CHARS = 120
MAX_CHECK_CHARS = 200
MAX_BECAUSE_CHARS = 120
MAX_EVENT_CHARS = 40
DEMAND_RANGE = range(1, 6)
MIN_QUIZ_DEMAND = 3
"""With at least this demand, or none given, a fact needs a quiz question."""
DIFFICULTY_RANGE = range(1, 4)
MAX_PHRASING_CHARS = 120
PHRASING_COUNT_RANGE = range(8, 13)
MIN_RARE_PHRASING_COUNT = 3
"""Of a fact with a demand below `MIN_QUIZ_DEMAND`, such as those that teams write in Slack."""
MAX_QUESTION_CHARS = 200
MAX_OPTION_CHARS = 60
WRONG_OPTION_COUNT = 3


class Kind(StrEnum):
    """What kind of question a fact answers."""

    CONCEPT = "concept"
    LIMIT = "limit"
    DEFAULT = "default"
    ERROR = "error"
    BEHAVIOR = "behavior"
    DIFFERENCE = "difference"
    HOW_TO = "how-to"
    PERMISSION = "permission"
    NAMING = "naming"
    LIFECYCLE = "lifecycle"
    PRICE = "price"


class _Record:
    """Pickles as a call to its class.

    What dataclasses generate for slots is several times slower, and facts are unpickled whenever
    someone asks in the shell.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[type[_Record], tuple[object, ...]]:
        names: tuple[str, ...] = self.__class__.__slots__
        return self.__class__, tuple(getattr(self, name) for name in names)


@dataclass(frozen=True, slots=True)
class FactValue(_Record):
    """The number a fact is about. `of` reads after "limit for": messages, subnets per VPC.

    `adjustable` says whether AWS raises the limit on request; None if that makes no sense.
    """

    of: str
    unit: Unit
    max: int | float | None = None
    min: int | float | None = None
    default: int | float | None = None
    adjustable: bool | None = None

    @property
    def maximum(self) -> Quantity | None:
        """The largest value, with its unit."""
        return None if self.max is None else Quantity(self.max, self.unit)

    @property
    def minimum(self) -> Quantity | None:
        """The smallest value, with its unit."""
        return None if self.min is None else Quantity(self.min, self.unit)

    @property
    def standard(self) -> Quantity | None:
        """The value that applies unless it is changed."""
        return None if self.default is None else Quantity(self.default, self.unit)


@dataclass(frozen=True, slots=True)
class Milestone(_Record):
    """Something that AWS does to `of` on an ISO date: deprecated, python3.9."""

    event: str
    of: str
    on: str


@dataclass(frozen=True, slots=True)
class Question(_Record):
    """A multiple-choice question about one fact.

    `because` says of wrong options what they really are; `difficulty` is from 1 to 3.
    """

    text: str
    right: str
    wrong: tuple[str, ...]
    because: Mapping[str, str] = field(default_factory=dict, hash=False)
    difficulty: int | None = None


@dataclass(frozen=True, slots=True)
class Service(_Record):
    """An AWS service (or a team's own): `slug` is the stem of its fact file, `summary` a sentence
    that says what it is."""

    slug: str
    name: str
    aliases: tuple[str, ...]
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Fact(_Record):
    """One thing the bot can say.

    `checked` is an ISO date; `was` says what was true before AWS changed it, until the ISO date,
    month or year `was_until`. `misread` is a common misunderstanding. `errors` are codes and
    messages that the fact explains, in which * stands for any text. `check` is how a program can
    verify it (see `knowledge.files.verification`), `demand` how often people ask, from 1 to 5.
    `aliases` are the ids of facts that were merged into this one. `quiz` may be empty if few ask.
    `milestones` are dated changes, which `knowledge.milestones` puts into words for a day.
    """

    id: str
    service: str
    title: str
    answer: str
    detail: str | None
    was: str | None
    keywords: tuple[str, ...]
    phrasings: tuple[str, ...]
    related: tuple[str, ...]
    source: str
    checked: str
    quiz: tuple[Question, ...]
    kind: Kind | None = None
    value: FactValue | None = None
    errors: tuple[str, ...] = ()
    check: str | None = None
    was_until: str | None = None
    misread: str | None = None
    demand: int | None = None
    aliases: tuple[str, ...] = ()
    milestones: tuple[Milestone, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """All fields as plain JSON values; the source under the name `url`."""
        fields = asdict(self)
        fields["url"] = fields.pop("source")
        return fields


class FactList:
    """Facts by number. Those of a cached index are unpickled one by one, when they are first used.

    A question needs a few of them, and to read all would take longer than to answer it.
    """

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts: list[Fact | bytes] = list(facts)

    def __getitem__(self, number: int) -> Fact:
        fact = self._facts[number]
        if isinstance(fact, bytes):
            fact = self._facts[number] = _unpickled(fact)
        return fact

    def __iter__(self) -> Iterator[Fact]:
        return map(self.__getitem__, range(len(self)))

    def __len__(self) -> int:
        return len(self._facts)

    def with_facts(self, added: Iterable[Fact]) -> FactList:
        """A list of its own with some more at the end; what isn't unpickled yet stays so."""
        longer = FactList(added)
        longer._facts[:0] = self._facts
        return longer

    def __getstate__(self) -> dict[str, object]:
        return {"_facts": [pickle.dumps(fact, pickle.HIGHEST_PROTOCOL) for fact in self]}


def _unpickled(fact: bytes) -> Fact:
    found: Fact = pickle.loads(fact)
    return found


class FactsById(Mapping[str, Fact]):
    """Facts by id. A lookup by the id of a fact that was merged into another finds the other.

    Iterating gives each fact once, under its own id; a fact's own id wins over another's alias.
    Facts without an id, which are topics, are left out.
    """

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts = facts if isinstance(facts, FactList) else FactList(facts)
        self._numbers = {fact.id: number for number, fact in enumerate(self._facts) if fact.id}
        self._merged = {
            alias: number
            for number in self._numbers.values()
            for alias in self._facts[number].aliases
            if alias not in self._numbers
        }

    def __getitem__(self, fact_id: str) -> Fact:
        return self._facts[self._number(fact_id)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def _number(self, fact_id: str) -> int:
        """A fact's number, by any of its ids. Raises KeyError."""
        number = self._numbers.get(fact_id)
        return self._merged[fact_id] if number is None else number

    def current_id(self, fact_id: str) -> str:
        """A fact's current ID; an unknown ID is returned as it is."""
        found = self.get(fact_id)
        return found.id if found else fact_id

    def ids(self, fact_id: str) -> tuple[str, ...]:
        """Every ID under which a fact may be stored: its current one, then its aliases."""
        found = self.get(fact_id)
        if found is None:
            return (fact_id,)
        own = self._numbers[found.id]
        return (found.id, *(alias for alias in found.aliases if self._number(alias) == own))
