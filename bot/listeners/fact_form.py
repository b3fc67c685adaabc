"""The form for facts: opens it, checks it as lint checks files, and saves the result."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.answers.answering import Answering
from bot.curating.curators import Curators
from bot.curating.drafts import NEW_ID, check_draft, draft_fact, nearest
from bot.curating.team_facts import TeamFacts
from bot.listeners.payload import Payload, ident, person, team, text
from bot.listeners.replies import Responder, reply, say
from bot.slack import limits
from bot.slack.errors import NETWORK, reason
from bot.store import Store, StoreError
from bot.store.fact_changes import ChangeKind
from bot.views import fact_form as view
from bot.views.fact_form import FactDraft, FormContext, Purpose
from bot.views.found import fact_modal
from knowledge import Fact

log = logging.getLogger(__name__)

NO_DATABASE = "I can't save this right now. Please try again in a minute."


@dataclass(frozen=True, slots=True)
class Submission:
    """A form that was sent and has no errors."""

    team: str
    user: str
    view_id: str
    context: FormContext
    draft: FactDraft
    fact: Fact


Suggest = Callable[[Submission], str]
"""Stores a suggestion. Returns "", or the reason why it didn't."""
Write = Callable[[Submission, WebClient, Responder], str]
"""Writes a fact and returns its ID, or "" if it wrote none."""
OnSaved = Callable[[Submission, Responder], None]
"""Does what follows once a curator's fact is written, and known in this process."""


class FactForms:
    """The shared form. Purposes other than `SUGGEST` are for curators only."""

    def __init__(
        self, answering: Answering, store: Store, teams: TeamFacts, curators: Curators
    ) -> None:
        self._answering = answering
        self._store = store
        self._teams = teams
        self._curators = curators
        self._suggest: Suggest = lambda submission: NO_DATABASE
        self._writers: dict[Purpose, Write] = {}
        self._on_saved: dict[Purpose, list[OnSaved]] = {}

    def on_saved(self, purpose: Purpose, callback: OnSaved) -> None:
        """Have something done after a fact was written."""
        self._on_saved.setdefault(purpose, []).append(callback)

    def write_with(self, purpose: Purpose, write: Write) -> None:
        """Leave writing a purpose's facts to something other than this form."""
        self._writers[purpose] = write

    def suggest_with(self, suggest: Suggest) -> None:
        self._suggest = suggest

    def open(
        self,
        client: WebClient,
        trigger_id: str,
        team: str,
        purpose: Purpose,
        *,
        fact: Fact | None = None,
        prefill: FactDraft = FactDraft(),  # noqa: B008  (it is frozen)
        ref: int = 0,
        note: str = "",
        in_modal: bool = False,
    ) -> bool:
        """Open the form at once, because a trigger lasts three seconds; whether Slack did.

        `in_modal` says that a modal's button was pressed: the form comes on top of it.
        """
        draft = FactDraft.of(fact) if fact else prefill
        note = note[: view.MAX_NOTE_CHARS]
        context = FormContext(purpose, ref, fact.id if fact else "", note)
        show = client.views_push if in_modal else client.views_open
        try:
            show(
                trigger_id=trigger_id,
                view=view.fact_form(context, draft, self._service(team, draft.service)),
            )
        except NETWORK as error:
            log.warning("the form did not open", extra={"team": team, "error": reason(error)})
            return False
        return True

    def suggest_services(self, ack: Ack, body: Payload) -> None:
        """Offer the services whose name or alias has a word that begins as was typed."""
        typed = text(body, "value").lower().strip()
        services = self._answering.in_team(team(body)).knowledge.services.values()
        found = [
            (service.slug, service.name)
            for service in sorted(services, key=lambda service: service.name)
            if any(
                f" {typed}" in f" {name.lower()}"
                for name in (service.name, service.slug, *service.aliases)
            )
        ]
        ack(options=view.service_options(found[: limits.OPTIONS]))

    def check(self, ack: Ack, body: Payload) -> None:
        """Say what is wrong, show what is alike, or accept the form."""
        sent, errors = self._read(body)
        if sent is None:
            ack(response_action="errors", errors=errors) if errors else ack()
            return
        if sent.context.purpose is not Purpose.SUGGEST:
            self._accept(ack, sent.team)
            return
        if near := self._near(sent):
            name = self._service(sent.team, sent.draft.service)
            shown = view.fact_form(sent.context, sent.draft, name, near)
            ack(response_action="update", view=shown)
            return
        try:
            refused = self._suggest(sent)
        except StoreError:
            refused = NO_DATABASE
        if refused:
            ack(response_action="errors", errors={view.TITLE: refused})
        else:
            advice = self._curators.advice(sent.team)
            ack(response_action="update", view=view.sent_modal(advice))

    def _accept(self, ack: Ack, team: str) -> None:
        """Close the form, unless the database is away: then what was typed stays in it."""
        try:
            self._curators.of(team)
        except StoreError:
            ack(response_action="errors", errors={view.TITLE: NO_DATABASE})
        else:
            ack()

    def handle_submitted(self, body: Payload, client: WebClient, respond: Responder) -> None:
        """Write what a curator entered, once for each form."""
        sent, _ = self._read(body)
        if sent is None or sent.context.purpose is Purpose.SUGGEST:
            return
        privately = respond.at(sent.user, "")
        if refusal := self._curators.refusal(sent.team, sent.user, client):
            reply(privately, refusal)
            return
        if not self._store.claim("fact_form", f"{sent.team}:{sent.view_id}:{sent.user}"):
            return
        purpose = sent.context.purpose
        fact_id = self._writers.get(purpose, self._write)(sent, client, privately)
        if not fact_id:
            return
        self._teams.refresh()
        for callback in self._on_saved.get(purpose, []):
            callback(sent, privately)

    def handle_show(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """Show one of the nearest facts on top of the form."""
        answering = self._answering.in_team(team(body))
        fact = answering.knowledge.facts.get(text(action, "value"))
        if fact is None:
            return
        about = self._service(team(body), fact.service), answering.today()
        shown = fact_modal(fact, *about, answering.known.marks(fact))
        try:
            client.views_push(trigger_id=text(body, "trigger_id"), view=shown)
        except NETWORK as error:
            log.warning("a fact did not open", extra={"team": team(body), "error": reason(error)})
            say(respond.at(person(body), ""), view.NOT_OPENED)

    def _read(self, body: Payload) -> tuple[Submission | None, dict[str, str]]:
        """The submission if it is one without errors, and what is wrong with it."""
        shown = body.get("view")
        context = FormContext.decode(text(shown, "private_metadata"))
        if context is None:
            return None, {}
        draft = view.read_draft(shown if isinstance(shown, dict) else {})
        answering = self._answering.in_team(team(body))
        before = answering.knowledge.facts.get(context.fact) if context.fact else None
        fact = draft_fact(draft, before.id if before else NEW_ID, answering.today(), before)
        if errors := check_draft(draft, fact, answering.knowledge):
            return None, errors
        where = team(body), person(body), ident(shown, "id")
        return Submission(*where, context, draft, fact), {}

    def _near(self, sent: Submission) -> list[tuple[Fact, str]]:
        """The facts to be shown before a suggestion is sent, each with its service's name."""
        if sent.context.has_shown:
            return []
        found = nearest(sent.draft, self._answering.in_team(sent.team).knowledge)
        return [(fact, self._service(sent.team, fact.service)) for fact in found]

    def _write(self, sent: Submission, client: WebClient, respond: Responder) -> str:
        from knowledge.files.single import write_fact  # YAML is slow to import

        content = write_fact(sent.fact)
        changes = self._store.fact_changes
        changes.add(sent.team, sent.fact.id, ChangeKind.WRITTEN, content, sent.user)
        return sent.fact.id

    def _service(self, team: str, slug: str) -> str:
        found = self._answering.in_team(team).knowledge.services.get(slug)
        return found.name if found else ""
