"""The message when no single fact is the answer: the closest ones, and where else to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from bot import messages
from bot.slack.mrkdwn import escape, plain, shorten
from bot.views.card import show_button
from bot.views.message import Block, Message, actions, button, paragraph, small
from bot.views.suggestion import OPEN_FORM, SUGGEST_TEXT
from bot.views.value import Value
from knowledge import Fact
from knowledge.wording import wording

SEARCH_AWS = "search_aws"
REQUEST = "request_fact"
TELL = "tell_when_known"
_AWS_SEARCH = (
    "https://docs.aws.amazon.com/search/doc-search.html?searchPath=documentation&searchQuery="
)
_MAX_SEARCHED_CHARS = 200
"""Characters of a question that AWS's search is asked: an address has at most 3,000."""
REQUEST_TEXT = "Ask the team to answer this"
REQUESTED = "Thanks! I've passed your question on to the people who write my facts."
TELL_TEXT = "Tell me when you know"
WILL_REPLY = "I'll reply here as soon as I know."
WILL_MESSAGE = "I'll send you a direct message as soon as I know."


def suggestions(
    question: str,
    facts: Sequence[Fact],
    value: Value,
    remark: str,
    *,
    requested: bool = False,
    promise: str = "",
) -> Message:
    """A sentence that says why there is no one answer, the closest facts, and what else to do.

    `requested` says that the person has asked us to write an answer, `promise` where we'll tell
    them once we know.
    """
    blocks = [paragraph(remark)]
    for number, fact in enumerate(facts):
        blocks.append({**paragraph(fact.title), "accessory": show_button(number, fact, value)})
    blocks += asked_blocks(replace(value, question=question), requested, promise)
    lines = [remark, *(f"\u2022 {fact.title}" for fact in facts)]
    if said := said_after_request(requested, promise):
        lines.insert(0, said)
    return Message(escape("\n".join(lines)), tuple(blocks))


def asked_blocks(value: Value, requested: bool, promise: str) -> list[Block]:
    """The question, and what else the person can do about it."""
    asked = plain(value.question, 150)
    blocks = [small(messages.you_asked(asked))]
    if asked:
        blocks.append(actions("elsewhere", _elsewhere(value, requested, promise)))
    if said := said_after_request(requested, promise):
        blocks.append(small(said))
    return blocks


def said_after_request(requested: bool, promise: str) -> str:
    """What to say to someone who asked us to write an answer; "" to anyone else."""
    return promise or (REQUESTED if requested else "")


def _elsewhere(value: Value, requested: bool, promise: str) -> list[Block]:
    """AWS's own search, and what else the person can ask for: an answer, and to be told of one.

    Those buttons carry the question as it will be kept.
    """
    search = search_button(value.encode(), value.question)
    kept = Value(value.fact, value.asker, wording(value.question)).encode()
    suggest = button(OPEN_FORM, SUGGEST_TEXT, kept)
    if promise:
        return [search, suggest]
    return [
        search,
        button(TELL, TELL_TEXT, kept) if requested else button(REQUEST, REQUEST_TEXT, kept),
        suggest,
    ]


def search_button(value: str, question: str) -> Block:
    """A link to AWS's own search for a question."""
    searched = quote(shorten(plain(question), _MAX_SEARCHED_CHARS))
    search = button(SEARCH_AWS, "Search AWS docs", value, "Search the AWS documentation")
    return {**search, "url": _AWS_SEARCH + searched}
