"""The `practice` command, its buttons, and the settings of its reminders."""

from __future__ import annotations

import random
from collections.abc import Sequence

from slack_sdk import WebClient

from bot import messages
from bot.answers.commands import VERBS, Topic, Verb
from bot.dates import day_of
from bot.listeners.payload import Payload, conversation, ident, person, team, text
from bot.listeners.people import time_zone
from bot.listeners.replies import Responder, reply, say
from bot.quiz import texts
from bot.quiz.question import QuizQuestion
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.reminding import WEEK_SECONDS, next_reminder
from bot.quiz.review import MAX_REVIEWS_PER_DAY, schedule_review
from bot.quiz.sessions import PracticeSession
from bot.slack.conversation_ids import is_direct
from bot.store import Store
from bot.views.card import sentence
from bot.views.message import Message
from bot.views.practice import erase_offer, exercise, feedback, read_session
from bot.views.quiz import Choice

DAY_SECONDS = 86_400.0
NEW_AGAIN_SECONDS = 30 * DAY_SECONDS
"""A fact that was practiced doesn't come up as a new one again for this long."""


class Practice:
    """Asks a person questions and schedules each fact for review by how they did."""

    def __init__(self, store: Store, quizmaster: Quizmaster) -> None:
        self._store = store
        self._quizmaster = quizmaster

    def answer(self, team_id: str, user: str, verb: str, client: WebClient) -> Message:
        """`practice` alone asks a question; with a verb, it changes the reminders."""
        if not verb:
            return self._next(team_id, user)
        if verb == Verb.ERASE:
            return erase_offer()
        if verb in VERBS[Topic.PRACTICE]:
            return sentence(self._change(team_id, user, verb, client))
        return sentence(messages.PRACTICE_USAGE)

    def handle_answer(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Grade an answer, once, and replace the question with the fact."""
        choice = Choice.decode(action.get("value"))
        user, team_id = person(body), team(body)
        asked = self._store.people.exercise(choice.posting) if choice else None
        if choice is None or asked is None or asked.team != team_id:
            say(respond, texts.QUIZ_GONE)
            return
        if asked.user != user:
            say(respond, messages.NOT_YOURS)
            return
        question = asked.question
        now = self._store.now()
        known = self._quizmaster.in_team(team_id).known
        facts = known.knowledge.facts
        ids = facts.ids(question.fact)
        before = self._store.people.card(team_id, user, *ids)
        right = choice.option == question.right_index
        card, due_at = schedule_review(before, right, now - asked.asked_at, now)
        if not self._store.people.finish(asked, choice.option, card, due_at, ids):
            say(respond, messages.ALREADY_ANSWERED)
            return
        fact = known.find(question.fact)
        service = self._quizmaster.service_name(question.service)
        days = max(1, round((due_at - now) / DAY_SECONDS))
        reminded = self._store.people.get(team_id, user).reminded
        session = self._store.people.session(team_id, user, asked.session or asked.id)
        if session is None:  # the person was erased meanwhile
            return
        result = feedback(
            question, fact, choice.option, service, day_of(now), days=days, reminded=reminded,
            session=session, missed=self._titles(team_id, session.missed),
            marks=known.marks(fact),
        )  # fmt: skip
        reply(respond, result, replace=True)

    def handle_next(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Ask another question; a second press of the same button asks nothing.

        After five, or if the button knows of no session, a new one begins.
        """
        user, team_id = person(body), team(body)
        key = f"{team_id}:{user}:{ident(body, 'container', 'message_ts')}"
        if not self._store.claim("next", key):
            return
        number = read_session(text(action, "value"))
        session = self._store.people.session(team_id, user, number) if number else None
        shown = self._next(team_id, user, None if session and session.is_over else session)
        if is_direct(conversation(body)):
            respond.post(shown)
        else:
            reply(respond, shown)

    def handle_choice(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """A choice about the reminders, from a button or a menu."""
        chosen = text(action, "selected_option", "value") or text(action, "action_id")
        verb = chosen.removeprefix("practice_")
        if verb in VERBS[Topic.PRACTICE]:
            reply(respond, self.answer(team(body), person(body), verb, client))

    def handle_erase(self, body: Payload, respond: Responder) -> None:
        """The red button, which Slack has asked to confirm: delete everything about that person."""
        channel = ident(body, "channel", "id") or ident(body, "container", "channel_id")
        self._store.people.erase(team(body), person(body), channel)
        reply(respond, sentence(messages.ERASED), replace=True)

    def _titles(self, team_id: str, facts: Sequence[str]) -> list[str]:
        """The titles of these facts, as far as they still exist."""
        known = self._quizmaster.in_team(team_id).knowledge.facts
        return [fact.title for fact_id in facts if (fact := known.get(fact_id))]

    def _next(self, team_id: str, user: str, session: PracticeSession | None = None) -> Message:
        """A fact that is due for review, or else one that they haven't practiced lately."""
        people = self._store.people
        now = self._store.now()
        quizmaster = self._quizmaster.in_team(team_id)
        today = self._practiced(team_id, user, now - DAY_SECONDS)
        if len(today) < MAX_REVIEWS_PER_DAY:
            due = quizmaster.facts_to_review(people.due_cards(team_id, user))
            for fact in due[:MAX_REVIEWS_PER_DAY]:
                question = None if fact in today else quizmaster.question_about(fact)
                if question:
                    return self._exercise(team_id, user, question, True, session)
        facts = quizmaster.quiz_facts
        lately = self._practiced(team_id, user, now - NEW_AGAIN_SECONDS)
        fresh = [fact for fact in facts if fact.id not in lately] or facts
        question = quizmaster.question_about(random.choice(fresh).id) if fresh else None
        if question is None:
            return sentence(messages.NOTHING_TO_PRACTICE)
        return self._exercise(team_id, user, question, False, session)

    def _practiced(self, team_id: str, user: str, since: float) -> set[str]:
        """The current IDs of the facts that were practiced since then."""
        current = self._quizmaster.in_team(team_id).knowledge.facts.current_id
        return {current(fact) for fact in self._store.people.practiced_facts(team_id, user, since)}

    def _exercise(
        self,
        team_id: str,
        user: str,
        question: QuizQuestion,
        due: bool,
        session: PracticeSession | None,
    ) -> Message:
        session_id, number = (session.id, session.asked + 1) if session else (None, 1)
        asked = self._store.people.add_exercise(team_id, user, question, session_id)
        service = self._quizmaster.service_name(question.service)
        level = self._quizmaster.in_team(team_id).difficulty(question)
        return exercise(asked.id, question, service, due, level, number)

    def _change(self, team_id: str, user: str, verb: str, client: WebClient) -> str:
        people, now = self._store.people, self._store.now()
        if verb in (Verb.REMIND, Verb.RESUME):
            tz = time_zone(client, user)
            people.change(team_id, user, reminded=True, tz=tz, next_at=next_reminder(now, tz))
            return messages.REMINDING
        if verb == Verb.SNOOZE:
            tz = people.get(team_id, user).tz
            people.change(team_id, user, next_at=next_reminder(now + WEEK_SECONDS, tz))
            return messages.SNOOZED
        if verb == Verb.PAUSE:
            people.change(team_id, user, next_at=None)
            return messages.PAUSED
        people.change(team_id, user, reminded=False, next_at=None)
        return messages.STOPPED
