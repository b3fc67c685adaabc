"""What a question says, as one typed value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.search.aspects import Aspect, asked_aspects, contrasted, is_reversing
from knowledge.search.codes import Codes, find_codes
from knowledge.search.explanations import Explanations
from knowledge.search.framing import without_frame
from knowledge.search.names import Names
from knowledge.search.owners import Owners
from knowledge.search.pasted import essence, is_pasted
from knowledge.search.question import QuestionReader, Reading

MAX_CHARS = 1_200
"""Characters of a question, or from the end of what an error says, that are read."""
MAX_ASKING_CHARS = 300
"""Characters in which a question says what it asks about its subject."""
MAX_IMPLYING_CHARS = 2_000
"""Characters, from the end, in which services are looked for that are not named outright."""
MAX_SIDE_WORDS = 3
"""Words on each side of `versus` that say what is compared."""

_BEYOND_DEFINITIONS = re.compile(
    r"\W*(?:so |but |and |ok |hey )*(?:why\b|how come\b|how (?:do|can|to|would|should)\b)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\bhow many (?:\w+ ){0,1}?([\w-]+)", re.IGNORECASE)
_WITHOUT = re.compile(r"\bwithout\s+(?:(?:using|an?|the|any)\s+)*([^,.;:()]+)$", re.IGNORECASE)
_SIDES = re.compile(
    r"""
    \bbetween\s+(?P<a>[^,.?;:()]{2,60}?)\s+and\s+(?P<b>[^,.?;:()]{2,60})
    | (?P<left>[^,.?;:()]{2,80}?)\s+(?:vs\.?|versus|compared\ (?:to|with)|or)\s+
        (?P<right>[^,.?;:()]{2,60})
    """,
    re.IGNORECASE | re.VERBOSE,
)

Group = tuple[str, ...]
"""A token and the other readings of a misspelled word."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The two things that a question compares, as typed and as tokens."""

    texts: tuple[str, str]
    groups: tuple[tuple[Group, ...], tuple[Group, ...]]


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A question taken apart.

    `services` are the AWS services that are named outright, `technologies` those of others;
    `implied` holds, for each operation, error, host or ARN, the services it may belong to.
    `explained_by` has the numbers of the facts that explain an error in it, and whether that is an
    error of their own. `excluded` are the words after `without`, `instead of` and the like,
    `excluded_services` the services that are named only there; `counted` are the words after
    `how many`.
    """

    text: str
    reading: Reading
    services: frozenset[str]
    technologies: frozenset[str]
    pasted: bool
    codes: Codes
    aspects: Aspect
    implied: tuple[frozenset[str], ...] = ()
    explained_by: Mapping[int, bool] = field(default_factory=dict)
    reversing: bool = False
    asks_for_more_than_a_definition: bool = False
    excluded: tuple[Group, ...] = ()
    excluded_services: frozenset[str] = frozenset()
    counted: tuple[Group, ...] = ()
    sides: Sides | None = None

    @property
    def only_explained_by(self) -> int | None:
        """The one fact whose own error is given; None if there is none, or several."""
        own = [number for number, is_own in self.explained_by.items() if is_own]
        return own[0] if len(own) == 1 else None


class QuestionParser:
    """Takes questions apart: the words, the services, the codes, and which facts explain them."""

    def __init__(
        self, reader: QuestionReader, names: Names, owners: Owners, explanations: Explanations
    ) -> None:
        self._explanations = explanations
        self._reader = reader
        self._names = names
        self._owners = owners

    def parse(self, text: str) -> ParsedQuestion:
        """Parse any text; never raises."""
        text = text.replace("```", "\n")
        pasted = is_pasted(text)
        said = essence(text)[-MAX_CHARS:] if pasted else " ".join(text[:MAX_CHARS].split())
        reading = self._reader.read(said if pasted else without_frame(said))
        technologies = frozenset(filter(self._names.is_technology, reading.names))
        services = frozenset(reading.names) - technologies
        implied = tuple(self._owners.implied(text[-MAX_IMPLYING_CHARS:]))
        explained_by = self._explanations.of(text)
        codes = find_codes(said)
        if pasted:
            return ParsedQuestion(
                said,
                reading,
                services,
                technologies,
                True,
                codes,
                Aspect.CAUSE,
                implied,
                explained_by,
            )
        asking = said[:MAX_ASKING_CHARS]
        aspects = asked_aspects(asking)
        counted = _COUNTED.search(asking)
        return ParsedQuestion(
            said, reading, services, technologies, False, codes, aspects, implied,
            explained_by,
            reversing=is_reversing(asking),
            asks_for_more_than_a_definition=bool(_BEYOND_DEFINITIONS.match(asking)),
            excluded=self._groups(contrasted(asking)),
            excluded_services=self._excluded_services(asking),
            counted=self._groups(counted[1]) if counted else (),
            sides=self._sides(asking) if Aspect.DIFFERENCE in aspects else None,
        )  # fmt: skip

    def api_names(self, text: str) -> list[str]:
        """The operations and errors of APIs in a text, as written there, each once."""
        return self._owners.api_names(text)

    def _excluded_services(self, text: str) -> frozenset[str]:
        """The services that a question names only to say at its end that it is without them."""
        found = _WITHOUT.search(text)
        if found is None or self._groups(found[1]):
            return frozenset()
        before = self._reader.read(text[: found.start()]).names
        return frozenset(self._reader.read(found[1]).names) - frozenset(before)

    def _groups(self, text: str) -> tuple[Group, ...]:
        """The words of a part of the question, but for the names of services."""
        if not text:
            return ()
        reading = self._reader.read(text)
        return tuple(group for group in reading.groups if group[0] not in reading.naming)

    def _sides(self, text: str) -> Sides | None:
        found = _SIDES.search(text)
        if not found:
            return None
        left = found["a"] or found["left"]
        right = found["b"] or found["right"]
        groups = self._groups(left)[-MAX_SIDE_WORDS:], self._groups(right)[:MAX_SIDE_WORDS]
        return Sides((left, right), groups) if all(groups) else None


def bare_service(question: ParsedQuestion) -> str | None:
    """The slug of the service if a question says little more than its name."""
    if len(question.reading.names) != 1 or question.codes.errors or question.codes.statuses:
        return None
    (name,) = question.reading.names
    reading = question.reading
    rest = {word for at, word in enumerate(reading.words) if at not in reading.naming_words}
    return name[1:] if name.startswith(":") and rest <= _INTRODUCING else None


_INTRODUCING = frozenset(
    """
    a about all an and anything are aws amazon basics can define describe does do everything explain
    facts for give help how i in info information intro introduction is it know learn list me more
    of on overview please service show something stuff summary tell that the to use used us want
    what whats wat wats wut what's which with would you
    """.split()  # noqa: SIM905
)
