"""Ask from outside Slack: in the shell, and as an agent."""

from __future__ import annotations

from dataclasses import replace

from bot.slack.incoming import read_message
from knowledge import KnowledgeBase, Result


def ask_as_in_slack(knowledge: KnowledgeBase, question: str) -> Result:
    """Ask as the Slack listeners do, so a question pasted from Slack reads the same."""
    return replace(knowledge.ask(read_message(question)), question=question)
