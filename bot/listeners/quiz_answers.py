"""Answers to a quiz question, by pressing one of its buttons. Only that person sees the reply."""

from __future__ import annotations

from bot import messages
from bot.dates import day_of
from bot.listeners.payload import Payload, ident, moment, person, team
from bot.listeners.replies import Responder, reply, say
from bot.quiz.question import LETTERS
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.review import schedule_review
from bot.store import Store
from bot.store.postings import AnswerOutcome, Posting
from bot.views.quiz import Choice, local, result


class QuizAnswers:
    """Records answers, and shows the result to whoever answers after the reveal."""

    def __init__(self, store: Store, quizmaster: Quizmaster) -> None:
        self._store = store
        self._quizmaster = quizmaster

    def handle_answer(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Record the choice; after the reveal, show the result instead."""
        choice = Choice.decode(action.get("value"))
        posting = self._store.postings.get(choice.posting) if choice else None
        if choice is None or posting is None or posting.team != team(body):
            say(respond, messages.QUIZ_GONE)
            return
        channel = ident(body, "channel", "id") or ident(body, "container", "channel_id")
        if channel != posting.channel:
            say(respond, messages.QUIZ_WRONG_PLACE)
            return
        ts = ident(body, "container", "message_ts")
        if posting.ts is None and ts:
            self._store.postings.record_ts(posting.id, ts)
        user = person(body)
        pressed_at = moment(action, "action_ts")
        outcome = self._store.postings.answer(posting.id, user, choice.option, pressed_at)
        if outcome is AnswerOutcome.OUTDATED:  # the reply to the later press has been sent
            return
        letter = LETTERS[choice.option]
        if outcome in (AnswerOutcome.LATE, AnswerOutcome.LATE_AGAIN):
            if outcome is AnswerOutcome.LATE:
                self._schedule_review(posting, user, choice.option)
            self._show_result(posting, choice.option, respond)
            return
        tz = self._store.subscriptions.time_zone(posting.team, posting.channel)
        until = local(posting.reveal_at, tz)
        say(respond, messages.noted(letter, outcome is AnswerOutcome.CHANGED, until))

    def _show_result(self, posting: Posting, option: int, respond: Responder) -> None:
        question = posting.question
        fact = self._quizmaster.knowledge.facts.get(question.fact)
        service = self._quizmaster.service_name(question.service)
        remark = messages.too_late(LETTERS[option])
        today = day_of(self._store.now())
        reply(respond, result(question, fact, option, service, today, remark))

    def _schedule_review(self, posting: Posting, user: str, option: int) -> None:
        """A late answer counts toward the person's own review only."""
        people = self._store.people
        question = posting.question
        fact, *merged = self._quizmaster.knowledge.facts.ids(question.fact)
        card = people.card(posting.team, user, fact, *merged)
        right = option == question.right_index
        following, due_at = schedule_review(card, right, 0.0, self._store.now())
        people.put_card(posting.team, user, fact, following, due_at, merged)
