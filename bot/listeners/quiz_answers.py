"""Answers to a quiz question, by pressing one of its buttons. Only that person sees the reply."""

from __future__ import annotations

import re

from bot import messages
from bot.dates import day_of
from bot.listeners.payload import Payload, flag, ident, moment, person, team, text
from bot.listeners.replies import Responder, reply, say
from bot.quiz import texts
from bot.quiz.question import LETTERS
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.review import schedule_review
from bot.store import Store
from bot.store.postings import Posting
from bot.store.quiz_answers import AnswerOutcome
from bot.views.card import sentence
from bot.views.message import Message
from bot.views.quiz import Choice, Deadline, pick
from bot.views.reveal import OwnAnswer, own_answer, result

_ID = re.compile(r"[1-9]\d{0,8}", re.ASCII)


class QuizAnswerHandlers:
    """Records answers, and shows the result to whoever answers after the reveal."""

    def __init__(self, store: Store, quizmaster: Quizmaster) -> None:
        self._store = store
        self._quizmaster = quizmaster

    def handle_answer(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Record the choice; after the reveal, show the result instead."""
        choice = Choice.decode(action.get("value"))
        posting = self._store.postings.get(choice.posting) if choice else None
        if choice is None or posting is None or posting.team != team(body):
            say(respond, texts.QUIZ_GONE)
            return
        channel = ident(body, "channel", "id") or ident(body, "container", "channel_id")
        if channel != posting.channel:
            say(respond, texts.QUIZ_WRONG_PLACE)
            return
        is_own = flag(body, "container", "is_ephemeral")
        ts = ident(body, "container", "message_ts")
        if posting.ts is None and ts and not is_own:
            self._store.postings.record_ts(posting.id, ts)
        user = person(body)
        pressed_at = moment(action, "action_ts")
        outcome = self._store.answers.record(posting.id, user, choice.option, pressed_at)
        if outcome is AnswerOutcome.OUTDATED:  # the reply to the later press has been sent
            return
        if outcome is AnswerOutcome.VOIDED:
            reply(respond, sentence(texts.VOIDED), replace=is_own)
            return
        if outcome in (AnswerOutcome.LATE, AnswerOutcome.LATE_AGAIN):
            if outcome is AnswerOutcome.LATE:
                self._schedule_review(posting, user, choice.option)
            reply(respond, self._result(posting, choice.option), replace=is_own)
            return
        tz = self._store.subscriptions.time_zone(posting.team, posting.channel)
        deadline = Deadline(posting.reveal_at, tz, posting.day)
        message = pick(posting.id, posting.question, choice.option, deadline)
        reply(respond, message, replace=is_own)

    def handle_mine(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Tell a person alone how they did."""
        value = text(action, "value")
        posting = self._store.postings.get(int(value)) if _ID.fullmatch(value) else None
        if posting is None or posting.team != team(body) or posting.closed_at is None:
            say(respond, texts.QUIZ_GONE)
            return
        if posting.voided:
            say(respond, texts.VOIDED)
            return
        user = person(body)
        answer = self._store.answers.find(posting.id, user)
        latest = self._store.postings.latest(posting.team, posting.channel)
        streak = 0
        if latest and latest.id == posting.id:
            streak = self._store.postings.streaks(posting.team, posting.channel).get(user, 0)
        own = OwnAnswer(answer.choice, answer.late, streak) if answer else OwnAnswer(None)
        reply(respond, own_answer(posting.question, own))

    def _result(self, posting: Posting, option: int) -> Message:
        question = posting.question
        known = self._quizmaster.in_team(posting.team).known
        fact = known.find(question.fact)
        service = self._quizmaster.service_name(question.service)
        remark = messages.too_late(LETTERS[option])
        today = day_of(self._store.now())
        marks = known.marks(fact)
        return result(question, fact, option, service, today, remark, marks)

    def _schedule_review(self, posting: Posting, user: str, option: int) -> None:
        """A late answer counts toward the person's own review only."""
        people = self._store.people
        question = posting.question
        facts = self._quizmaster.in_team(posting.team).knowledge.facts
        fact, *merged = facts.ids(question.fact)
        card = people.card(posting.team, user, fact, *merged)
        right = option == question.right_index
        following, due_at = schedule_review(card, right, 0.0, self._store.now())
        people.put_card(posting.team, user, fact, following, due_at, merged)
