"""Every sentence a person reads that is not a fact."""

from __future__ import annotations

from knowledge import Outcome, Result

SOURCE = "Source"
GREETINGS = frozenset({"hi", "hello", "hey", "help", "?", "hi there", "good morning", "usage"})
EXAMPLES = (
    "what is 429 in api gateway",
    "glacier bulk retrieval time",
    "GSI vs LSI",
    "my function needs more CPU, where do I set that",
)
BROKEN = "Something went wrong on my side. Please try again in a minute."
OLD_BUTTON = "That button is from an older message. Ask again and you get a fresh one."
SHARED = "Shared in the channel."
SHARE_FAILED = "I could not post that here. Copy the answer, or ask an admin to let me post."
THANKS_HELPFUL = "Thanks, noted as helpful."
THANKS_WRONG = "Thanks. I have noted that this answer is wrong or out of date."
NO_QUESTION = "I could not read a question in that."


def was(text: str) -> str:
    return f"What changed: {text}"


def you_asked(question: str) -> str:
    return f"You asked: {question}" if question else NO_QUESTION


def remark(result: Result) -> str:
    """Why there is no one answer to this question."""
    nearest = " The nearest I have:" if result.nearest else " Try other words, or `help`."
    if result.outside:
        return f"I have no facts about {result.outside}.{nearest}"
    if result.outcome is Outcome.SUGGEST:
        return "I am not sure which one you mean. Did you mean one of these?"
    return f"I don't have that in my AWS facts.{nearest}"
