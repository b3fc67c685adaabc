"""A reported fact, as curators see it, and what the people who reported it are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from bot.slack import limits
from bot.slack.mrkdwn import escape, literal, plain
from bot.team.cases import Case, CaseOutcome, Report
from bot.views.card import fact_blocks, fact_text
from bot.views.message import (
    Block,
    Message,
    actions,
    button,
    formatted,
    header,
    note,
    paragraph,
    plain_text,
    small,
    when,
)
from knowledge import Fact
from knowledge.counting import counted

KEEP, CORRECT, RETIRE, SHOW = "case_keep", "case_correct", "case_retire", "case_show"
RETIRE_CALLBACK, SUCCESSOR = "case_retire_form", "case_successor"
MAX_SHOWN_REPORTS = 5
MAX_LISTED_CASES = 20
OPEN_TITLE, CLOSED_TITLE = "Is this fact right?", "Report settled"
NO_CASES = "No facts are under review."
GONE = "I no longer have this report."
FACT_GONE = "I no longer have this fact."
WAITED = "This report has been waiting for seven days. Please keep, correct, or retire the fact."
NEVER_ITSELF = "Choose a different fact, or none."
_DONE = {
    CaseOutcome.KEPT: "Kept as it is",
    CaseOutcome.CORRECTED: "Corrected",
    CaseOutcome.RETIRED: "Retired",
}


def case_message(case: Case, fact: Fact | None, service: str, today: date) -> Message:
    """The fact as it stands, the reports, and the decision, or buttons for it."""
    shown = fact_blocks(fact, service, today, True) if fact else (paragraph(FACT_GONE),)
    title = OPEN_TITLE if case.is_open else CLOSED_TITLE
    blocks = [header(title), *shown, {"type": "divider"}, *_report_blocks(case.reports)]
    if case.is_open:
        blocks.append(_decision_row(case, fact is not None))
    else:
        blocks.append(note(f"\u2705 {decided(case)}"))
    text = fact_text(fact, service, today) if fact else escape(case.title)
    said = [escape(plain(report.complaint, 200)) for report in case.reports[-MAX_SHOWN_REPORTS:]]
    lines = [title, text, *said, *([] if case.is_open else [decided(case)])]
    return Message("\n".join(lines), tuple(blocks), is_private=True)


def decided(case: Case) -> str:
    """How a case ended, who decided, and when, as mrkdwn."""
    done = _DONE[case.outcome] if case.outcome else ""
    by = f" by <@{case.decided_by}>" if case.decided_by else ""
    return f"{done}{by}, {_when(case.decided_at or 0.0)}"


def too_late(case: Case) -> Message:
    """To a curator whose decision came second."""
    text = f"Someone else got there first. “{literal(case.title)}”: {decided(case)}."
    return Message(text, (formatted(text),), is_private=True)


def retire_form(case: Case) -> Block:
    """The modal that asks to confirm, and which fact takes this one's place."""
    warning = (
        "People in this workspace won't find this fact or get quiz questions about it anymore. If "
        "another fact takes its place, links and buttons for this one will lead there."
    )
    menu = {
        "type": "external_select",
        "action_id": SUCCESSOR,
        "min_query_length": 2,
        "placeholder": plain_text("Try lambda timeout", limits.PLACEHOLDER),
    }
    return {
        "type": "modal",
        "callback_id": RETIRE_CALLBACK,
        "private_metadata": str(case.id),
        "title": plain_text("Retire a fact", limits.VIEW_TITLE),
        "submit": plain_text("Retire", limits.VIEW_TITLE),
        "close": plain_text("Cancel", limits.VIEW_TITLE),
        "blocks": [
            paragraph(case.title),
            small(warning),
            {
                "type": "input",
                "block_id": SUCCESSOR,
                "optional": True,
                "label": plain_text("The fact that takes its place", limits.LABEL),
                "element": menu,
            },
        ],
    }


def settled_modal(mrkdwn: str) -> Block:
    """The modal after a decision, or if it came too late."""
    return {
        "type": "modal",
        "title": plain_text("Retire a fact", limits.VIEW_TITLE),
        "close": plain_text("Close", limits.VIEW_TITLE),
        "blocks": [formatted(mrkdwn)],
    }


def reminder(case: Case, command: str, *, in_thread: bool) -> Message:
    """The reminder about a case that nobody has decided for a week."""
    about = "" if in_thread else f"“{literal(case.title)}”: "
    text = f"{about}{WAITED} `{escape(command)} cases` lists all open reports."
    return Message(text, (formatted(text),))


def result(case: Case, fact: Fact | None) -> Message:
    """What a person who reported a mistake is told; `fact` is what holds now."""
    title = f"“{literal(case.title)}”"
    match case.outcome:
        case CaseOutcome.CORRECTED:
            said = f"Thanks for your report: the curators corrected {title}."
        case CaseOutcome.RETIRED:
            said = f"Thanks for your report: the curators retired {title}."
        case _:
            said = f"Thanks for your report. The curators checked {title} and kept it as it is."
    if fact and case.outcome is not CaseOutcome.KEPT:
        now = fact.answer if case.outcome is CaseOutcome.CORRECTED else f"See “{fact.title}”."
        return Message(f"{said}\n{escape(now)}", (formatted(said), paragraph(now)))
    return Message(said, (formatted(said),))


def case_list(cases: Sequence[Case], remark: str = "") -> Message:
    """The open cases, oldest first, each with a button that shows it, and a remark as mrkdwn."""
    if not cases:
        return Message(NO_CASES, (paragraph(NO_CASES),), is_private=True)
    first = f"{counted(len(cases), 'fact is', 'facts are')} under review. Oldest first:"
    blocks, lines = [paragraph(first)], [first]
    for case in cases[:MAX_LISTED_CASES]:
        about = f"{counted(len(case.reports), 'report')}, open since {_when(case.opened_at)}"
        show = button(f"{SHOW}_{case.id}", "Show", str(case.id), f"Show the report: {case.title}")
        blocks.append({**formatted(f"*{literal(case.title)}*\n{about}"), "accessory": show})
        lines.append(f"{literal(case.title)}: {about}")
    if len(cases) > MAX_LISTED_CASES:
        blocks.append(small(f"And {len(cases) - MAX_LISTED_CASES} more."))
    if remark:
        blocks.append(note(remark))
        lines.append(remark)
    return Message("\n".join(lines), tuple(blocks), is_private=True)


def _report_blocks(reports: Sequence[Report]) -> list[Block]:
    """The latest reports, each in the person's own words."""
    blocks: list[Block] = []
    if len(reports) > MAX_SHOWN_REPORTS:
        earlier = counted(len(reports) - MAX_SHOWN_REPORTS, "earlier report")
        blocks.append(small(f"And {earlier}."))
    for report in reports[-MAX_SHOWN_REPORTS:]:
        who = f"<@{report.user}>" if report.user else "Somebody"
        link = f" \u00b7 <{escape(report.link)}>" if report.link else ""
        blocks.append(note(f"{who} \u00b7 {_when(report.at)}{link}"))
        lines = [plain(line) for line in report.complaint.splitlines()]
        blocks.append(paragraph("\n".join(line for line in lines if line) or "\u2013"))
    return blocks


def _decision_row(case: Case, is_there: bool) -> Block:
    value = str(case.id)
    keep = button(KEEP, "Keep", value, "Keep the fact as it is") | {"style": "primary"}
    others = [
        button(CORRECT, "Correct", value, "Correct the fact"),
        button(RETIRE, "Retire", value, "Retire the fact") | {"style": "danger"},
    ]
    return actions(f"case-{case.id}", [keep, *(others if is_there else [])])


def _when(moment: float) -> str:
    return when(moment, f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M} UTC")
