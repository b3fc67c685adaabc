"""Views about reported facts and notes, each with a golden file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.quiz.question import QuizQuestion
from bot.team.cases import Case, CaseOutcome, Report
from bot.team.marks import Marks
from bot.views import case as view
from bot.views import quiz, report, team_note
from bot.views.card import card
from bot.views.message import Message
from bot.views.value import Value
from knowledge import Fact

TODAY = date(2026, 3, 2)
AT = datetime(2026, 3, 1, 9, tzinfo=UTC).timestamp()
NOTE = "Our limit in prod is 5,000 & *growing*."
REPORTS = (
    Report(
        1, "U0FIRST", "It's <!channel> 1 MB now.\nSee the page.", "https://example.com/?a&b", AT
    ),
    Report(2, "", "Agreed.", "", AT + 60),
)


def case_views(fact: Fact, question: QuizQuestion) -> dict[str, Callable[[], Message | Any]]:
    """By the names of their golden files."""
    case = Case(7, "T0TEAM", fact.id, fact.title, AT, None, None, "", None, REPORTS)
    kept = replace(
        case,
        outcome=CaseOutcome.KEPT,
        decided_by="U0OTHER",
        decided_at=AT + 3600,
        reports=REPORTS * 3,
    )
    marks = Marks(is_own=True, is_disputed=True, note=NOTE)
    return {
        "card_marked": lambda: card(
            fact, "Acme Queue", Value(fact.id, "U0ASKER"), today=TODAY, marks=marks,
            remark="Thanks!", voted=True, reportable=True,
        ),
        "report_form": lambda: report.report_modal(fact.id, fact.title),
        "report_done": lambda: report.reported_modal(fact.title),
        "report_offer": lambda: report.offer(Value(fact.id, "U0ASKER"), "Thanks!"),
        "case": lambda: view.case_message(case, fact, "Acme Queue", TODAY),
        "case_decided": lambda: view.case_message(kept, None, "", TODAY),
        "case_list": lambda: view.case_list([case, replace(case, id=8, reports=REPORTS[:1])]),
        "case_reminder": lambda: view.reminder(case, "/factbot", in_thread=False),
        "case_result": lambda: view.result(replace(kept, outcome=CaseOutcome.CORRECTED), fact),
        "case_retire": lambda: view.retire_form(case),
        "quiz_voided": lambda: quiz.voided(question, "Acme Queue"),
        "team_note": lambda: team_note.note_modal(fact.id, fact.title, NOTE),
    }  # fmt: skip
