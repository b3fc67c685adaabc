"""What the tools answer: the same values as `factbot ask --json`, described for agents."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

_Title = Annotated[str, Field(description="What the fact is about, in a few words.")]
_Answer = Annotated[str, Field(description="The answer, in one or two sentences.")]


class Listed(BaseModel):
    """A fact in short; `get_fact` has the rest."""

    id: str
    service: str
    title: _Title
    answer: _Answer


class ScoredFact(Listed):
    """A fact in short, and how well it fits the question."""

    score: Annotated[float, Field(description="From 0 to 1.")]


class FullFact(Listed):
    """A fact with everything to judge it by."""

    detail: str | None
    was: Annotated[str | None, Field(description="What used to be true, before AWS changed it.")]
    misread: Annotated[str | None, Field(description="A common misunderstanding, put right.")]
    url: Annotated[str, Field(description="The page of AWS's documentation that says so.")]
    checked: Annotated[str, Field(description="The day on which a person read that page.")]


class Answer(FullFact):
    """The fact that answers the question."""

    score: Annotated[float, Field(description="From 0 to 1.")]
    verdict: Annotated[
        str | None, Field(description="What settles a number in the question, such as a limit.")
    ]


class ReferenceText(BaseModel):
    """What AWS's API models say about an exact name. No person has reviewed it."""

    title: str
    text: str
    source: Annotated[str, Field(description="The package and version that it comes from.")]


class SearchResult(BaseModel):
    """What was found; `answer` is null unless it is certain."""

    query: str
    confident: Annotated[
        bool,
        Field(description="Whether there is a certain answer; if not, don't present one as such."),
    ]
    outcome: Annotated[
        str,
        Field(
            description="answer, suggest, unknown, reference, overview (a service), or small talk"
        ),
    ]
    answer: Answer | None
    reference: Annotated[
        ReferenceText | None,
        Field(description="About an exact name, from installed packages; not reviewed."),
    ]
    beside: Annotated[ScoredFact | None, Field(description="The other side of a comparison.")]
    alternatives: Annotated[
        list[ScoredFact], Field(description="The nearest facts, which may be about something else.")
    ]


class ListedService(BaseModel):
    """A service, and how many facts there are about it."""

    id: str
    name: str
    summary: str
    facts: int


class ServiceList(BaseModel):
    """Every service that there are facts about."""

    services: list[ListedService]
