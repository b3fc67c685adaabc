"""The main views as Slack receives them, each compared with a file in tests/golden.

To accept a change of views: `uv run pytest tests/unit/bot/test_golden_views.py --update-golden`,
then read `git diff tests/golden`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

from bot import messages
from bot.quiz.progress import Progress, Score, TodaysQuestion
from bot.quiz.question import QuizQuestion
from bot.quiz.schedule import Schedule
from bot.quiz.sessions import PracticeSession
from bot.quiz.standings import MissedQuestion, Standing, Tally
from bot.quiz.subscription import Subscription
from bot.views import lookup, practice, quiz, usage
from bot.views import reveal as revealing
from bot.views.answered import answered
from bot.views.card import card, shared_card
from bot.views.digest import Digest, digest
from bot.views.explained import explanation
from bot.views.gaps import ListedGap, gap_list
from bot.views.home import home
from bot.views.leaderboard import leaderboard
from bot.views.message import Message
from bot.views.quiz_changes import changed
from bot.views.quiz_channel import channel_modal
from bot.views.quiz_confirmation import confirmation
from bot.views.quiz_settings import ModalContext, settings_modal, status
from bot.views.reference import after_fact, reference_card
from bot.views.refusal import WILL_REPLY, suggestions
from bot.views.review_request import ReviewedFact, review_request
from bot.views.standings import week_standings
from bot.views.value import Value
from knowledge import Fact, FactValue, Kind, Outcome, Overview, Question, Result, Service
from knowledge.model import Milestone
from knowledge.recognizing import Explained, TermKind
from knowledge.reference.answer import ReferenceAnswer
from knowledge.search.result import Match
from knowledge.search.verdict import verdict
from knowledge.values import Unit
from tests.unit.bot import suggestion_views
from tests.unit.bot.case_views import case_views

GOLDEN = Path(__file__).parents[2] / "golden"
TODAY = date(2026, 3, 2)
DEADLINE = quiz.Deadline(datetime(2026, 3, 2, 16, tzinfo=UTC).timestamp(), "Europe/Berlin", TODAY)
COMMAND = "/factbot"
ASKER = "U0ASKER"
QUEUE = Service("queue", "Acme Queue", ("aq",), "Acme Queue keeps messages until they are read.")
MAIL = Service("mail", "Acme Mail & Fax", ())
SIZE = Fact(
    id="queue-size", service="queue", title="Acme Queue message size",
    answer="A message has at most 256 KB & at least 1 byte.",
    detail="Attributes count. Put what is larger in a bucket and send its name.",
    was="Until 2025 it was 64 KB.", was_until="2025", misread="A batch has no limit of its own.",
    keywords=(), phrasings=(), related=("queue-delay",),
    source="https://example.com/queue?page=limits&part=size", checked="2026-02-01",
    kind=Kind.LIMIT, value=FactValue("messages", Unit.KB, 256),
    milestones=(
        Milestone("deprecated", "API version 1", "2026-01-15"),
        Milestone("deprecated", "API version 2", "2027-01-15"),
        Milestone("shut down", "API version 1", "2026-06-30"),
    ),
    quiz=(
        Question(
            "How large may a message in Acme Queue be?", "256 KB", ("64 KB", "1 MB", "<6 MB"),
            {"64 KB": "the limit until 2025", "<6 MB": "the limit of Acme Mail"}, 2,
        ),
    ),
)  # fmt: skip
DELAY = Fact(
    id="queue-delay", service="queue", title="Acme Queue delay", answer="At most 15 minutes.",
    detail=None, was=None, keywords=(), phrasings=(), related=(), quiz=(),
    source="https://example.com/queue", checked="2026-02-01",
)  # fmt: skip
REFERENCE = ReferenceAnswer(
    "PutNote (Acme Queue)", "PutNote is an operation of Acme Queue & <b>Acme Mail</b>.",
    "from AWS's API model (botocore 9.9), not reviewed by a person", ("PutNote",),
)  # fmt: skip
QUESTION = QuizQuestion(
    "queue-size", "queue", SIZE.quiz[0].text, ("64 KB", "256 KB", "<6 MB", "1 MB"), 1
)
WORKDAYS_AT_NINE = Schedule(time(9), "Europe/Berlin")


def short_card() -> Message:
    value = Value(SIZE.id, ASKER, "queue message size?")
    return card(SIZE, QUEUE.name, value, [DELAY], today=TODAY, shareable=True)


def brief_card() -> Message:
    value = Value(SIZE.id, ASKER, "queue message size?")
    return card(SIZE, QUEUE.name, value, [DELAY], today=TODAY, brief=True)


def detailed_card() -> Message:
    overdue = replace(SIZE, checked="2020-02-01")
    return card(overdue, QUEUE.name, Value(SIZE.id, ASKER), today=TODAY, detailed=True)


def short_answer() -> Message:
    question = "can i put 300 KB into a message"
    settled = verdict(question, SIZE)
    return card(SIZE, QUEUE.name, Value(SIZE.id, ASKER, question), today=TODAY, verdict=settled)


def voted_card() -> Message:
    remark = messages.THANKS_HELPFUL
    return card(DELAY, QUEUE.name, Value(DELAY.id, ASKER), today=TODAY, remark=remark, voted=True)


def nearest(question: str, outcome: Outcome, *facts: Fact, outside: str | None = None) -> Message:
    matches = [Match(fact, 0.5) for fact in facts]
    best = matches[0] if matches else None
    found = Result(question, best, tuple(matches[1:]), outcome, outside)
    return suggestions(question, facts, Value("", ASKER, question), messages.remark(found))


def service_overview() -> Message:
    value = Value("", ASKER, "queue")
    return usage.service_overview(Overview(QUEUE, 12, (SIZE, DELAY)), value, COMMAND)


def quiz_reveal() -> Message:
    streaks = {"U0FIRST": 4, "U0OTHER": 2}
    tally = Tally((1, 4, 0, 2), ("U0FIRST", "U0OTHER"))
    return revealing.reveal(7, QUESTION, SIZE, QUEUE.name, tally, streaks, TODAY)


def practice_result() -> Message:
    session = PracticeSession(7, 2, 2, ("queue-size",))
    return practice.feedback(
        QUESTION, SIZE, 0, QUEUE.name, TODAY, days=3, reminded=False, session=session
    )


def practice_summary() -> Message:
    session = PracticeSession(7, 5, 5, ("queue-size",))
    return practice.feedback(
        QUESTION, None, 1, QUEUE.name, TODAY, days=3, reminded=True, session=session,
        missed=[SIZE.title],
    )  # fmt: skip


def home_tab() -> dict[str, Any]:
    asked = Subscription("T0TEAM", "C0ASKED", WORKDAYS_AT_NINE, ("queue",), ASKER)
    off = replace(asked, channel="C0OFF", services=(), active=False)
    options = QUESTION.options
    today = (
        TodaysQuestion("C0ASKED", QUESTION.text, options, 1, None, DEADLINE.at),
        TodaysQuestion("C0OFF", QUESTION.text, options, 0, 1, DEADLINE.at),
    )
    progress = Progress(today, (Score("queue", 3, 4), Score("gone", 0, 1)), streak=3)
    quizzes = [(asked, [QUEUE.name]), (off, [])]
    return home(COMMAND, 1234, 3, False, quizzes, progress, {"queue": QUEUE.name})


def quiz_settings() -> dict[str, Any]:
    context = ModalContext("C0ASKED", "https://example.com/respond")
    return settings_modal(context, WORKDAYS_AT_NINE, ["queue"], [MAIL, QUEUE])


def quiz_confirmation() -> Message:
    wanted = Subscription("T0TEAM", "C0ASKED", WORKDAYS_AT_NINE, ("queue",), ASKER)
    asked = confirmation(wanted, [QUEUE.name], 240)
    assert asked
    return asked


def paused_quiz() -> Message:
    schedule = replace(WORKDAYS_AT_NINE, paused_until=date(2026, 4, 7), holidays="DE")
    following = schedule.next(DEADLINE.at)
    paused = Subscription("T0TEAM", "C0ASKED", schedule, ("queue",), ASKER, next=following)
    return status(paused, [QUEUE.name], 12, COMMAND)


def explained() -> Message:
    terms = {
        TermKind.ERROR: ("QueueFull & Overflowing", "AccessDenied"),
        TermKind.SERVICE: (QUEUE.name,),
        TermKind.OPERATION: ("SendMessage",),
    }
    found = Explained(terms, (SIZE, DELAY))
    return explanation(found, {"queue": QUEUE.name}, Value("", ASKER), TODAY, COMMAND)


def standings() -> Message:
    week = [
        Standing(1, "U0FIRST", 5, 5, 5),
        Standing(2, "U0OTHER", 3, 4, 5),
        Standing(2, "U0THIRD", 3, 4, 5),
        Standing(None, ASKER, 0, 2, 5),
        Standing(None, "U0LAST", 0, 3, 5),
    ]
    return leaderboard(week, [], ASKER, COMMAND)


def week() -> Message:
    table = [Standing(1, "U0FIRST", 5, 5, 5), Standing(None, "U0LAST", 0, 3, 5)]
    missed = MissedQuestion(QUESTION.text, 1, 4)
    return week_standings(table, {"U0FIRST": 5}, missed, "limits and quotas", COMMAND)


VIEWS: dict[str, Callable[[], Message | dict[str, Any]]] = {
    "card": short_card,
    "card_brief": brief_card,
    "card_detailed": detailed_card,
    "card_short_answer": short_answer,
    "card_voted": voted_card,
    "card_shared": lambda: shared_card(
        DELAY, QUEUE.name, Value(DELAY.id, ASKER, "queue delay?"), TODAY
    ),
    "explained": explained,
    "lookup_chosen": lambda: lookup.chosen_modal(SIZE, QUEUE.name, TODAY),
    "lookup_nothing": lambda: lookup.nothing_modal("fax & <b>"),
    "lookup_sharing": lambda: lookup.sharing_modal(DELAY, QUEUE.name, TODAY, "C0ASKED"),
    "lookup_reference": lambda: lookup.reference_modal("PutNote", REFERENCE),
    "reference": lambda: reference_card(REFERENCE, Value("", ASKER, "what is PutNote & <b>")),
    "reference_requested": lambda: reference_card(
        REFERENCE, Value("", ASKER, "PutNote"), [SIZE, DELAY], requested=True, brief=True
    ),
    "reference_after_fact": lambda: after_fact(short_card(), REFERENCE),
    "refusal_requested": lambda: suggestions(
        "fax?", [], Value("", ASKER, "fax?"), "I don't know.", requested=True
    ),
    "refusal_promised": lambda: suggestions(
        "fax?", [], Value("", ASKER, "fax?"), "I don't know.", requested=True, promise=WILL_REPLY
    ),
    "answered": lambda: answered(brief_card(), Value(SIZE.id, ASKER, "*fax* <!here>?")),
    "gaps": lambda: gap_list(
        [
            ListedGap(
                ("fax *size* <!here>?", "how large is a fax", "fax bytes", "fax max"),
                3,
                7,
                DEADLINE.at,
                (SIZE.title, DELAY.title),
            ),
            ListedGap(("can a queue sing",), 1, 1, DEADLINE.at, ()),
        ]
    ),
    "review_request": lambda: review_request(
        [ReviewedFact(SIZE, QUEUE.name, True), ReviewedFact(DELAY, QUEUE.name, False)],
        ASKER,
        "2026-03-02",
        TODAY,
    ),
    "digest": lambda: digest(
        Digest(
            (ListedGap(("fax *size* <!here>?",), 3, 7, DEADLINE.at, ()),),
            ("Size & <b>",),
            3,
            tuple(f"Fact {n}" for n in range(7)),
            0.956,
            ("Fax *size* <!here>",),
        ),
        COMMAND,
    ),
    "digest_nothing": lambda: digest(Digest(), COMMAND),
    "gaps_none": lambda: gap_list([]),
    "did_you_mean": lambda: nearest("queue limits", Outcome.SUGGEST, SIZE, DELAY),
    "refusal": lambda: nearest("<!channel> *why* & how?", Outcome.UNKNOWN),
    "refusal_other_service": lambda: nearest("fax size", Outcome.UNKNOWN, DELAY, outside="fax"),
    "service_overview": service_overview,
    "help": lambda: usage.usage("@factbot", COMMAND),
    "quiz_question": lambda: quiz.question(
        7, QUESTION, QUEUE.name, DEADLINE, answered=2, difficulty=2
    ),
    "quiz_pick": lambda: quiz.pick(7, QUESTION, 1, DEADLINE),
    "quiz_reveal": quiz_reveal,
    "quiz_thread": lambda: revealing.thread_reply(7, QUESTION, Tally((1, 4, 0, 2))),
    "quiz_own_answer": lambda: revealing.own_answer(QUESTION, revealing.OwnAnswer(1, streak=3)),
    "practice_question": lambda: practice.exercise(7, QUESTION, QUEUE.name, due=True, difficulty=2),
    "practice_result": practice_result,
    "practice_summary": practice_summary,
    "home": home_tab,
    "quiz_settings": quiz_settings,
    "quiz_channel": lambda: channel_modal(),
    "quiz_paused": paused_quiz,
    "quiz_confirmation": quiz_confirmation,
    "leaderboard": standings,
    "week_standings": week,
    "quiz_changed": lambda: changed(
        Subscription("T0TEAM", "C0ASKED", WORKDAYS_AT_NINE, ("queue",), ASKER),
        "U0OTHER",
        [QUEUE.name],
        COMMAND,
    ),
    **case_views(SIZE, QUESTION),
    **suggestion_views.VIEWS,
}
"""By the name of the golden file without `.json`."""


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_what_its_golden_file_says(name: str, request: pytest.FixtureRequest) -> None:
    view = VIEWS[name]()
    payload = view.payload() if isinstance(view, Message) else view
    shown = json.dumps(lines_apart(payload), indent=2, ensure_ascii=False) + "\n"
    path = GOLDEN / f"{name}.json"
    if request.config.getoption("--update-golden"):
        path.write_text(shown, encoding="utf-8")
    golden = path.read_text(encoding="utf-8") if path.exists() else ""
    changes = unified_diff(
        golden.splitlines(), shown.splitlines(), f"tests/golden/{name}.json", "now", lineterm=""
    )
    if golden != shown:
        pytest.fail("\n".join([*changes, "Accept it with --update-golden."]), pytrace=False)


def test_every_golden_file_belongs_to_a_view() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(VIEWS)


def lines_apart(value: Any) -> Any:
    """The same with texts of several lines as lists of them, so that a diff shows which changed."""
    if isinstance(value, dict):
        return {key: lines_apart(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [lines_apart(part) for part in value]
    return value.split("\n") if isinstance(value, str) and "\n" in value else value
