"""Reply to a text, wherever it came from: with a fact, a choice, help, or a list."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from importlib import metadata

from bot import messages
from bot.answers.commands import Command, Topic, read_command
from bot.answers.reply import IncomingText, Reply
from bot.slack.courtesy import is_thanks
from bot.team.team_knowledge import TeamKnowledge
from bot.views import about
from bot.views.card import card, sentence, shared_card, side_by_side
from bot.views.explained import explanation
from bot.views.message import Message
from bot.views.reference import after_fact, reference_card
from bot.views.refusal import suggestions
from bot.views.usage import fact_list, service_list, service_overview, usage
from bot.views.value import Value
from knowledge import Fact, Outcome, Result
from knowledge.recognizing import explain

_SENTENCES = (Topic.ABOUT, Topic.VERSION, Topic.PRIVACY, Topic.STOP)
"""Topics whose reply is one sentence."""


class Answering:
    """Builds replies from the facts; `today` returns the current day, which cards depend on.

    `teams` finds a workspace's own facts by its ID.
    """

    def __init__(
        self,
        known: TeamKnowledge,
        today: Callable[[], date],
        teams: Callable[[str], TeamKnowledge] | None = None,
    ) -> None:
        self.known = known
        self.knowledge = known.knowledge
        self.today = today
        self._teams = teams

    def in_team(self, team: str) -> Answering:
        """The same from a workspace's own facts."""
        return Answering(self._teams(team), self.today, self._teams) if self._teams else self

    def reply(self, incoming: IncomingText) -> Reply:
        """Reply to the text of a slash command, a mention, or a direct message."""
        command = read_command(incoming.text, incoming.command)
        if command:
            return self._tell(command, incoming)
        first, *rest = incoming.text.split()
        service = self.knowledge.find_service(" ".join(rest)) if first.lower() == "list" else None
        if service:
            return Reply(fact_list(self.knowledge, service))
        return self._question(incoming)

    def _tell(self, command: Command, incoming: IncomingText) -> Reply:
        if command.topic is Topic.SERVICES:
            return Reply(service_list(self.knowledge, incoming.command))
        if command.topic is Topic.RANDOM:
            return self._random(incoming)
        if command.topic in _SENTENCES:
            return Reply(
                sentence(self._sentence(command.topic, incoming.slash or incoming.command))
            )
        return Reply(usage(incoming.command, incoming.slash or incoming.command))

    def _sentence(self, topic: Topic, command: str) -> str:
        if topic is Topic.PRIVACY:
            return about.privacy(command)
        if topic is Topic.STOP:
            return about.how_to_stop(command)
        facts = self.knowledge.facts.values()
        if topic is Topic.VERSION:
            newest = max((fact.checked for fact in facts), default="")
            return about.version(metadata.version("factbot"), len(facts), newest)
        return about.about(len(facts), len(self.knowledge.services))

    def fact(
        self,
        value: Value,
        *,
        private: bool,
        detailed: bool = False,
        remark: str = "",
        voted: bool = False,
        reportable: bool = False,
    ) -> Message | None:
        """The card that a button asks for; None if the fact is gone."""
        fact = self.knowledge.facts.get(value.fact)
        if fact is None:
            return None
        return self._card(
            fact,
            value.about(fact.id),
            private,
            self.verdict(fact, value.question),
            detailed=detailed,
            remark=remark,
            voted=voted,
            reportable=reportable,
        )

    def shared(self, fact: Fact, value: Value) -> Message:
        """The card as the channel sees it, shared by the value's asker."""
        name = self.knowledge.services[fact.service].name
        verdict = self.verdict(fact, value.question)
        shown = self.known.current(fact)
        return shared_card(shown, name, value, self.today(), verdict, self.known.marks(fact))

    def refusal(self, value: Value, promise: str = "") -> Message:
        """The message after someone asked for the answer to the value's question.

        `promise` says where they'll be told. If there is an answer by now, it's the message
        instead.
        """
        result = self.knowledge.ask(value.question)
        return self._answered(result, value) or self._refusal(result, value, True, promise)

    def answered(self, value: Value, *, brief: bool = False) -> Message | None:
        """The card that answers the value's question with certainty; None if there is none."""
        return self._answered(self.knowledge.ask(value.question), value, brief)

    def answer_to(self, question: str) -> Fact | None:
        """The fact that answers a question with certainty, and isn't under review."""
        return self._certain(self.knowledge.ask(question))

    def _answered(self, result: Result, value: Value, brief: bool = False) -> Message | None:
        if fact := self._certain(result):
            return self._card(fact, value.about(fact.id), False, result.verdict, brief=brief)
        return None

    def _certain(self, result: Result) -> Fact | None:
        if not result.confident or result.best is None:
            return None
        fact = result.best.fact
        return None if fact.id in self.known.disputed else fact

    def _refusal(
        self,
        result: Result,
        value: Value,
        requested: bool = False,
        promise: str = "",
        brief: bool = False,
    ) -> Message:
        """What to show instead of a certain fact: what other data says, or the nearest facts."""
        facts = [match.fact for match in result.nearest]
        if found := result.reference:
            return reference_card(
                found, value, facts, requested=requested, promise=promise, brief=brief
            )
        remark = messages.remark(result)
        return suggestions(
            value.question, facts, value, remark, requested=requested, promise=promise
        )

    def explained(self, text: str, asker: str, command: str) -> Message:
        """The AWS terms in anyone's message, explained to the person who asks."""
        found = explain(self.knowledge, text)
        names = {fact.service: self.knowledge.services[fact.service].name for fact in found.facts}
        return explanation(found, names, Value("", asker), self.today(), command)

    def verdict(self, fact: Fact, question: str) -> str | None:
        """The verdict on the question, if this fact is the confident answer to it."""
        result = self.knowledge.ask(question) if question else None
        if result is None or result.best is None or result.best.fact.id != fact.id:
            return None
        return result.verdict

    def _random(self, incoming: IncomingText) -> Reply:
        fact = random.choice(list(self.knowledge.facts.values()))
        return Reply(
            self._card(fact, Value(fact.id, incoming.user), incoming.private), fact=fact.id
        )

    def _question(self, incoming: IncomingText) -> Reply:
        if is_thanks(incoming.text):
            return Reply(sentence(messages.YOU_ARE_WELCOME), outcome=Outcome.SMALL_TALK)
        result = self._ask(incoming)
        value = Value("", incoming.user, incoming.text)
        if result.outcome is Outcome.ANSWER and result.best:
            fact = result.best.fact
            shown = self._card(
                fact,
                value.about(fact.id),
                incoming.private,
                result.verdict,
                detailed=result.detailed,
                brief=incoming.brief and not result.detailed,
            )
            if result.beside:
                other = result.beside.fact
                name = self.knowledge.services[other.service].name
                marks = self.known.marks(other)
                shown = side_by_side(shown, other, name, self.today(), marks)
            if result.reference:
                shown = after_fact(shown, result.reference)
            return Reply(shown, incoming.text, fact.id, result.outcome)
        if result.outcome is Outcome.SMALL_TALK:
            return Reply(sentence(messages.SMALL_TALK), outcome=result.outcome)
        if result.service:
            overview = self.knowledge.overview(result.service)
            return Reply(
                service_overview(overview, value, incoming.command), outcome=result.outcome
            )
        is_gap = result.reference is None and not self._is_about_technology(result)
        refusal = self._refusal(result, value, brief=incoming.brief)
        return Reply(refusal, incoming.text, outcome=result.outcome, is_gap=is_gap)

    def _is_about_technology(self, result: Result) -> bool:
        """Whether a question is about something other than AWS."""
        names = self.knowledge.matcher.names
        return result.outside is not None and names.is_technology(result.outside)

    def _ask(self, incoming: IncomingText) -> Result:
        """Ask about the last fact if the text is a follow-up and that finds an answer."""
        found = (
            self.knowledge.follow_up(incoming.last_fact, incoming.text)
            if incoming.last_fact
            else None
        )
        if found and found.confident:
            return found
        own = self.knowledge.ask(incoming.text)
        return found if found and not own.confident else own

    def _card(
        self,
        fact: Fact,
        value: Value,
        private: bool,
        verdict: str | None = None,
        *,
        detailed: bool = False,
        remark: str = "",
        voted: bool = False,
        brief: bool = False,
        reportable: bool = False,
    ) -> Message:
        known = self.knowledge
        named = dict.fromkeys(map(known.facts.current_id, fact.related))  # merged ones only once
        related = [known.facts[other] for other in named if other in known.facts]
        service = known.services[fact.service].name
        return card(
            self.known.current(fact),
            service,
            value,
            related,
            today=self.today(),
            shareable=private,
            detailed=detailed,
            verdict=verdict,
            remark=remark,
            voted=voted,
            brief=brief,
            marks=self.known.marks(fact),
            reportable=reportable,
        )
