"""What curators do with reported facts: keep, correct, or retire them."""

from __future__ import annotations

import logging

from slack_bolt import Ack
from slack_sdk import WebClient

from bot import messages
from bot.answers.answering import Answering
from bot.answers.commands import Command
from bot.answers.suggesters import Suggesters
from bot.curating.cases import Case, CaseOutcome
from bot.curating.curators import Curators
from bot.curating.disputes import Disputes
from bot.listeners.fact_form import FactForms, Submission
from bot.listeners.modals import about, chosen, open_modal
from bot.listeners.origin import Origin
from bot.listeners.payload import Payload, person, team, text
from bot.listeners.replies import Responder, reply, say
from bot.slack import limits
from bot.slack.errors import NETWORK
from bot.store import StoreError
from bot.store.fact_changes import ChangeKind
from bot.views import case as view
from bot.views.card import sentence
from bot.views.fact_form import Purpose
from bot.views.found import suggestion_options
from bot.views.message import Message
from bot.views.report import NOT_OPENED

log = logging.getLogger(__name__)


class Cases:
    """Shows cases and carries out decisions, of which the first one counts."""

    def __init__(
        self, disputes: Disputes, curators: Curators, answering: Answering, forms: FactForms
    ) -> None:
        self._disputes = disputes
        self._forms = forms
        self._curators = curators
        self._answering = answering
        self._suggesters = Suggesters(answering)

    def list_open(self, origin: Origin, typed: Command, client: WebClient) -> Message:
        """The command `cases`: the open ones, oldest first."""
        refusal = self._curators.refusal(origin.team, origin.user, client)
        if refusal:
            return refusal
        remark = self._curators.list_note(origin.team)
        return view.case_list(self._disputes.open_cases(origin.team), remark)

    def handle_show(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """Show a case from the list to the person who asks."""
        if case := self._pressed(body, action, client, respond):
            reply(respond, self._message(case))

    def handle_keep(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """Keep the fact as it is."""
        if case := self._pressed(body, action, client, respond, to_decide=True):
            is_mine = self._disputes.decide(case.team, case.id, CaseOutcome.KEPT, person(body))
            decided = self._disputes.case(case.team, case.id) or case
            reply(respond, self._message(decided), replace=True)
            if not is_mine:
                reply(respond, view.too_late(decided))

    def handle_retire(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """Ask to confirm, and for a successor."""
        if case := self._pressed(body, action, client, respond, to_decide=True):
            open_modal(body, client, respond, view.retire_form(case), NOT_OPENED)

    def handle_correct(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """Open the form with the fact as it stands."""
        case = self._pressed(body, action, client, respond, to_decide=True)
        fact = case and self._disputes.known(case.team).facts.get(case.fact)
        if case and fact is None:
            say(respond, view.FACT_GONE)
        elif case and fact:
            trigger, purpose = text(body, "trigger_id"), Purpose.CORRECT_CASE
            if not self._forms.open(client, trigger, case.team, purpose, fact=fact, ref=case.id):
                say(respond, NOT_OPENED)

    def write_correction(self, sent: Submission, client: WebClient, respond: Responder) -> str:
        """Settle the case with what a curator entered; the fact's ID, "" if it came too late."""
        from knowledge.files.single import write_fact  # YAML is slow to import

        change = (ChangeKind.WRITTEN, write_fact(sent.fact))
        number = sent.context.ref
        if self._disputes.decide(sent.team, number, CaseOutcome.CORRECTED, sent.user, change):
            return sent.fact.id
        case = self._disputes.case(sent.team, number)
        reply(respond, view.too_late(case) if case else sentence(view.GONE))
        return ""

    def suggest(self, ack: Ack, body: Payload) -> None:
        """Offer the facts that match what was typed."""
        suggester = self._suggesters.of(team(body))
        found = suggester.suggest(text(body, "value"), limits.OPTIONS, services=False)
        ack(options=suggestion_options(found))

    def check_retire(self, ack: Ack, body: Payload, client: WebClient) -> None:
        """Retire the fact and say so in the modal, which stays open if something is wrong."""
        successor = chosen(body, view.SUCCESSOR)
        try:
            case = self._disputes.case(team(body), _number(about(body)))
            refusal = self._curators.refusal(team(body), person(body), client)
            if refusal or case is None:
                said = refusal.text if refusal else view.GONE
                ack(response_action="update", view=view.settled_modal(said))
            elif successor and not self._may_follow(case, successor):
                ack(response_action="errors", errors={view.SUCCESSOR: view.NEVER_ITSELF})
            else:
                said = self._retire(case, successor, person(body))
                ack(response_action="update", view=view.settled_modal(said))
        except (StoreError, *NETWORK) as error:
            log.error(
                "could not retire a fact", extra={"team": team(body), "error": type(error).__name__}
            )
            ack(response_action="errors", errors={view.SUCCESSOR: messages.BROKEN})

    def _retire(self, case: Case, successor: str, by: str) -> str:
        """Retire a case's fact; what to say then, as mrkdwn."""
        change = (ChangeKind.RETIRED, successor)
        is_mine = self._disputes.decide(case.team, case.id, CaseOutcome.RETIRED, by, change)
        decided = self._disputes.case(case.team, case.id) or case
        return view.decided(decided) if is_mine else view.too_late(decided).text

    def _may_follow(self, case: Case, successor: str) -> bool:
        """Whether a fact is there, and another one than the case's."""
        facts = self._disputes.known(case.team).facts
        found = facts.get(successor)
        return found is not None and found.id != facts.current_id(case.fact)

    def _pressed(
        self,
        body: Payload,
        action: Payload,
        client: WebClient,
        respond: Responder,
        *,
        to_decide: bool = False,
    ) -> Case | None:
        """The case of the pressed button, if a curator pressed it; others are told why not.

        With `to_decide`, a case that is decided already is shown as that.
        """
        refusal = self._curators.refusal(team(body), person(body), client)
        case = self._disputes.case(team(body), _number(text(action, "value")))
        if refusal:
            reply(respond, refusal)
        elif case is None:
            say(respond, view.GONE)
        elif to_decide and not case.is_open:
            reply(respond, self._message(case), replace=True)
            reply(respond, view.too_late(case))
        else:
            return case
        return None

    def _message(self, case: Case) -> Message:
        known = self._disputes.known(case.team)
        fact = known.facts.get(case.fact)
        service = known.services[fact.service].name if fact else ""
        return view.case_message(case, fact, service, self._answering.today())


def _number(text: str) -> int:
    """The ID of a case; 0, which none has, if a text is no such ID."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
