"""The Home tab, published whenever someone opens it or changes something there."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.listeners.onboarding import Onboarding
from bot.listeners.origin import Origin
from bot.listeners.payload import Payload, ident, person, team, text
from bot.listeners.practice import Practice
from bot.listeners.quiz_channel import QuizChannel
from bot.listeners.quiz_commands import QuizCommands
from bot.listeners.quiz_setup import QuizSetup
from bot.listeners.replies import Responder, reply
from bot.listeners.upkeep import Upkeep
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.review import MAX_REVIEWS_PER_DAY
from bot.store import Store
from bot.views.home import EDIT, FORGET, NEW_QUIZ, PRACTICE, home
from bot.views.quiz_settings import ModalContext


class Home:
    """Publishes a person's Home tab and handles its buttons."""

    def __init__(
        self,
        store: Store,
        quizmaster: Quizmaster,
        practice: Practice,
        onboarding: Onboarding,
        quiz: QuizCommands,
        setup: QuizSetup,
        quiz_channel: QuizChannel,
        upkeep: Upkeep,
        command: str,
    ) -> None:
        self._onboarding = onboarding
        self._quiz = quiz
        self._setup = setup
        self._quiz_channel = quiz_channel
        self._upkeep = upkeep
        self._store = store
        self._quizmaster = quizmaster
        self._practice = practice
        self._command = command

    def handle_opened(self, body: Payload, event: Payload, client: WebClient) -> None:
        """Publish the tab; whoever opens the other one is greeted."""
        if text(event, "tab") == "messages":
            self._onboarding.handle_opened(body, event, client)
        elif text(event, "tab") == "home":
            self._publish(team(body), ident(event, "user"), client)

    def handle_press(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """Practice arrives as a direct message; the other buttons change what the tab shows."""
        team_id, user = team(body), person(body)
        pressed = text(action, "action_id")
        if pressed == EDIT:
            origin = Origin(team_id, text(action, "value"), user, self._command)
            self._quiz.open_settings(origin, text(body, "trigger_id"), client, respond)
            return
        if pressed == NEW_QUIZ:
            self._quiz_channel.ask(body, client)
            return
        if pressed == PRACTICE:
            reply(respond, self._practice.answer(team_id, user, "", client))
            return
        if pressed == FORGET:
            self._store.people.erase(team_id, user)
        else:
            self._practice.answer(team_id, user, text(action, "value"), client)
        self._publish(team_id, user, client)

    def handle_saved(
        self, body: Payload, view: Payload, client: WebClient, respond: Responder
    ) -> None:
        """Save a quiz's settings, and if they were opened here, show them."""
        self._setup.save(body, view, client, respond)
        context = ModalContext.decode(text(view, "private_metadata"))
        if context and not context.response_url:
            self._publish(team(body), person(body), client)

    def _publish(self, team_id: str, user: str, client: WebClient) -> None:
        people = self._store.people
        quizzes = [
            (subscription, [self._quizmaster.service_name(slug) for slug in subscription.services])
            for subscription in self._store.subscriptions.of_person(team_id, user)
        ]
        quizmaster = self._quizmaster.in_team(team_id)
        due = quizmaster.facts_to_review(people.due_cards(team_id, user))
        view = home(
            self._command,
            len(quizmaster.knowledge.facts),
            len(due[:MAX_REVIEWS_PER_DAY]),
            people.get(team_id, user).reminded,
            quizzes,
            people.progress(team_id, user),
            {slug: service.name for slug, service in self._quizmaster.knowledge.services.items()},
            self._upkeep.sentence(team_id, user, client),
        )
        client.views_publish(user_id=user, view=view)
