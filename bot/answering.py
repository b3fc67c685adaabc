"""What to say to a text, wherever it came from: a fact, a choice, usage, a list."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from bot import messages
from bot.commands import Command, Topic, read_command
from bot.views.card import card, sentence, suggestions
from bot.views.message import Message
from bot.views.usage import fact_list, service_list, usage
from bot.views.value import Value
from knowledge import Fact, KnowledgeBase, Outcome


@dataclass(frozen=True, slots=True)
class Asked:
    """A text as `read_message` gives it, who wrote it, and what surrounds it.

    `previous` is the question before it in the same conversation; `private` says that only the
    asker sees the answer, who may then share it.
    """

    text: str
    user: str
    command: str
    previous: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """The message to send, and the question it answers, with what outcome, if it answers one."""

    message: Message
    question: str | None = None
    fact: str | None = None
    outcome: Outcome | None = None


class Answering:
    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge

    def reply(self, asked: Asked) -> Reply:
        """Answer a command's, a mention's or a direct message's text."""
        command = read_command(asked.text, asked.command)
        if command:
            return self._tell(command, asked)
        first, *rest = asked.text.split()
        service = self.knowledge.find_service(" ".join(rest)) if first.lower() == "list" else None
        if service:
            return Reply(fact_list(self.knowledge, service))
        text = asked.text
        if asked.previous:
            text = self.knowledge.follow_up(asked.previous, text) or text
        return self._question(replace(asked, text=text))

    def _tell(self, command: Command, asked: Asked) -> Reply:
        if command.topic is Topic.SERVICES:
            return Reply(service_list(self.knowledge, asked.command))
        if command.topic is Topic.RANDOM:
            return self._random(asked)
        return Reply(usage(asked.command))

    def fact(self, value: Value, *, private: bool, detailed: bool = False) -> Message | None:
        """The card that a button asks for; None if the fact is gone."""
        fact = self.knowledge.facts.get(value.fact)
        if fact is None:
            return None
        verdict = self.verdict(fact, value.question)
        return self._card(fact, value.about(fact.id), private, verdict, detailed=detailed)

    def verdict(self, fact: Fact, question: str) -> str | None:
        """What settles the question, if this fact is the confident answer to it."""
        result = self.knowledge.ask(question) if question else None
        if result is None or result.best is None or result.best.fact.id != fact.id:
            return None
        return result.verdict

    def _random(self, asked: Asked) -> Reply:
        fact = random.choice(list(self.knowledge.facts.values()))
        return Reply(self._card(fact, Value(fact.id, asked.user), asked.private), fact=fact.id)

    def _question(self, asked: Asked) -> Reply:
        result = self.knowledge.ask(asked.text)
        value = Value("", asked.user, asked.text)
        if result.outcome is Outcome.ANSWER and result.best:
            fact = result.best.fact
            shown = self._card(fact, value.about(fact.id), asked.private, result.verdict)
            return Reply(shown, asked.text, fact.id, result.outcome)
        facts = [match.fact for match in result.nearest]
        shown = suggestions(asked.text, facts, value, messages.remark(result))
        return Reply(shown, asked.text, outcome=result.outcome)

    def _card(
        self,
        fact: Fact,
        value: Value,
        private: bool,
        verdict: str | None = None,
        *,
        detailed: bool = False,
    ) -> Message:
        known = self.knowledge
        named = dict.fromkeys(map(known.facts.current_id, fact.related))  # merged ones only once
        related = [known.facts[other] for other in named if other in known.facts]
        service = known.services[fact.service].name
        return card(
            fact, service, value, related, shareable=private, detailed=detailed, verdict=verdict
        )


def too_old() -> Message:
    return sentence(messages.OLD_BUTTON)
