"""What becomes of suggestions: stored, approved under an ID of their own, or rejected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.curating.curators import Curators
from bot.curating.drafts import check_draft
from bot.curating.hourly_limit import HourlyLimit, Limited, over_limit
from bot.curating.team_facts import TeamFacts
from bot.store import Store
from bot.store.suggestions import Suggestion, SuggestionState
from bot.views import suggestion as view
from bot.views.fact_form import FactDraft
from bot.views.message import Message
from knowledge import Fact
from knowledge.model import MAX_ID_CHARS


@dataclass(frozen=True, slots=True)
class Decision:
    """What a press led to: the message that replaces the pressed one, or why there is none."""

    shown: Message | None = None
    refusal: Message | None = None
    fact: str = ""


class SuggestedFacts:
    """Stores and decides; `today` is the current day."""

    def __init__(
        self, store: Store, teams: TeamFacts, curators: Curators, today: Callable[[], date]
    ) -> None:
        self._store = store.suggestions
        self._changes = store.fact_changes
        self._limit = HourlyLimit(store)
        self._teams = teams
        self._curators = curators
        self._today = today

    def add(self, team: str, user: str, form: str, fact: Fact) -> str:
        """Store a suggestion, once for each form; returns why not, "" if it is stored."""
        from knowledge.files.single import write_fact  # YAML is slow to import

        if not self._limit.allows(team, user, Limited.SUGGESTIONS):
            return over_limit(Limited.SUGGESTIONS)
        recipients = self._curators.of(team).recipients
        self._store.add(team, write_fact(fact), user, form, recipients)
        return ""

    def get(self, team: str, suggestion: int) -> tuple[Suggestion, Fact] | None:
        """A suggestion and its fact; None if it is gone."""
        from knowledge.files.single import read_fact  # YAML is slow to import

        found = self._store.get(team, suggestion)
        fact = read_fact(found.content)[0] if found else None
        return (found, fact) if found and fact else None

    def approve(self, team: str, suggestion: int, by: str, edited: Fact | None = None) -> Decision:
        """Write the suggested fact, or an edited one; it answers from now on."""
        from knowledge.files.single import write_fact  # YAML is slow to import

        found = self.get(team, suggestion)
        if found is None:
            return Decision(refusal=view.cannot_approve(view.GONE))
        knowledge = self._teams.of(team).knowledge
        fact = edited or found[1]
        if found[0].state is SuggestionState.OPEN:
            errors = check_draft(FactDraft.of(fact), fact, knowledge)
            if errors:
                return Decision(refusal=view.cannot_approve(" ".join(errors.values())))
        fact = replace(fact, id=self._free_id(team, fact.service, suggestion))
        is_first = self._store.approve(team, suggestion, by, fact.id, write_fact(fact))
        if is_first:
            self._teams.refresh()
        return Decision(self.message(team, suggestion), fact=fact.id if is_first else "")

    def reject(self, team: str, suggestion: int, by: str, reason: str) -> Decision:
        self._store.reject(team, suggestion, by, reason)
        return Decision(self.message(team, suggestion))

    def message(self, team: str, suggestion: int) -> Message | None:
        """What curators see of it now; None if it is gone."""
        found = self.get(team, suggestion)
        if found is None:
            return None
        stored, fact = found
        knowledge = self._teams.of(team).knowledge
        fact = knowledge.facts.get(stored.fact) or fact
        service = knowledge.services[fact.service].name
        shown = (fact, service, stored.suggested_by, self._today())
        if stored.state is SuggestionState.OPEN:
            return view.to_decide(stored.id, *shown)
        return view.decided(*shown, stored.fact, stored.decided_by, stored.reason)

    def waiting(self, team: str) -> list[view.ListedSuggestion]:
        """What no curator has decided about, oldest first."""
        from knowledge.files.single import read_fact  # YAML is slow to import

        services, found = self._teams.of(team).knowledge.services, []
        for stored in self._store.open_ones(team):
            fact = read_fact(stored.content)[0]
            if fact and (service := services.get(fact.service)):
                about = (fact.title, service.name, stored.suggested_by, stored.suggested_at)
                found.append(view.ListedSuggestion(stored.id, *about))
        return found

    def _free_id(self, team: str, service: str, suggestion: int) -> str:
        """`team-sqs-7`, or with more behind it if an imported fact has that ID."""
        start = f"team-{service}"[: MAX_ID_CHARS - 16].rstrip("-")
        facts, ending = self._teams.of(team).knowledge.facts, ""
        while True:
            fact_id = f"{start}-{suggestion}{ending}"
            if fact_id not in facts and not self._changes.history(team, fact_id):
                return fact_id
            ending = f"-{int(ending[1:] or 1) + 1}"
