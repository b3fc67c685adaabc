"""The Home tab is published whenever somebody opens it or changes something there."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.listeners.payload import Payload, ident, person, team, text
from bot.listeners.practice import Practice
from bot.listeners.replies import Responder, reply
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.review import MAX_REVIEWS_PER_DAY
from bot.store import Store
from bot.views.home import FORGET, PRACTICE, home


class Home:
    def __init__(
        self, store: Store, quizmaster: Quizmaster, practice: Practice, command: str
    ) -> None:
        self._store = store
        self._quizmaster = quizmaster
        self._practice = practice
        self._command = command

    def handle_opened(self, body: Payload, event: Payload, client: WebClient) -> None:
        if text(event, "tab") == "home":
            self._publish(team(body), ident(event, "user"), client)

    def handle_press(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """Practice comes as a direct message; the other buttons change what is shown here."""
        of, user = team(body), person(body)
        pressed = text(action, "action_id")
        if pressed == PRACTICE:
            reply(respond, self._practice.answer(of, user, "", client))
            return
        if pressed == FORGET:
            self._store.people.erase(of, user)
        else:
            self._practice.answer(of, user, text(action, "value"), client)
        self._publish(of, user, client)

    def _publish(self, of: str, user: str, client: WebClient) -> None:
        people = self._store.people
        quizzes = [
            (each, [self._quizmaster.service_name(slug) for slug in each.services])
            for each in self._store.subscriptions.set_up_by(of, user)
        ]
        view = home(
            self._command,
            len(self._quizmaster.knowledge.facts),
            len(self._quizmaster.facts_to_review(people.due_cards(of, user))[:MAX_REVIEWS_PER_DAY]),
            people.get(of, user).reminded,
            quizzes,
        )
        client.views_publish(user_id=user, view=view)
