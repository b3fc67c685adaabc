"""Cases: one per fact, decided once, and what they do to quiz questions that are open."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from bot.store import Store
from bot.store.cases import REMIND_AFTER_SECONDS, NewReport
from bot.store.curator_messages import READ_SECONDS, CuratorItem, CuratorMessage
from bot.store.deliveries import Delivery, DeliveryKind
from bot.store.delivery_plans import new_row
from bot.store.fact_changes import ChangeKind
from bot.store.migrate import migrate
from bot.store.quiz_answers import AnswerOutcome
from bot.store.tables import cards, deliveries, postings
from bot.team.cases import Case, CaseOutcome
from tests.unit.bot.conftest import Clock
from tests.unit.bot.test_deliveries import QUIZ_QUESTION
from tests.unit.bot.test_rounds import HERE, RIGHT, WRONG, ask, close

FACT = QUIZ_QUESTION.fact
BEN = "U0BEN"


def report(store: Store, number: int = 1, user: str = "U0ANN", team: str = "T1") -> None:
    said = (f"wrong {number}", "https://example.com")
    store.cases.report(NewReport(team, user, FACT, "Title", *said, f"V{number}"), (FACT,))


def only_case(store: Store) -> Case:
    (case,) = store.cases.open("T1")
    return case


def claimed(store: Store, kind: DeliveryKind) -> list[Delivery]:
    """What is due a little later."""
    store.deliveries._now = lambda: store.now() + READ_SECONDS
    return [delivery for delivery in store.deliveries.claim(100) if delivery.kind == kind]


def kinds(store: Store) -> list[str]:
    return [change.kind.value for change in reversed(store.fact_changes.history("T1", FACT))]


def test_further_reports_join_the_open_case(store: Store) -> None:
    report(store)
    report(store)  # the same submission once more
    report(store, 2, BEN)
    case = only_case(store)
    assert [(made.user, made.complaint) for made in case.reports] == [
        ("U0ANN", "wrong 1"),
        (BEN, "wrong 2"),
    ]
    assert kinds(store) == ["disputed"]
    assert store.cases.open("T2") == [] and store.cases.get("T2", case.id) is None


def test_reports_at_the_same_time_open_one_case(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: report(store, number), range(8)))
    assert len(only_case(store).reports) == 8
    assert kinds(store) == ["disputed"]


def test_one_of_two_decisions_wins_and_the_reporters_are_told_once(store: Store) -> None:
    for number, user in enumerate(("U0ANN", BEN, BEN)):
        report(store, number, user)
    case = only_case(store)

    def decide(by: str) -> bool:
        retired = (ChangeKind.RETIRED, f"other-{by}")
        return store.cases.decide("T1", case.id, CaseOutcome.RETIRED, by, retired)

    assert not store.cases.decide("T2", case.id, CaseOutcome.KEPT, "U1")
    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(decide, ("U1", "U2", "U3", "U4")))
    assert sorted(won) == [False, False, False, True]
    decided = store.cases.get("T1", case.id)
    assert decided and decided.outcome is CaseOutcome.RETIRED
    assert decided.decided_by == f"U{won.index(True) + 1}"
    assert kinds(store) == ["disputed", "retired", "settled"]
    retired = store.fact_changes.history("T1", FACT)[1]
    assert retired.content == f"other-{decided.decided_by}"
    people = [delivery.channel for delivery in claimed(store, DeliveryKind.CASE_RESULT)]
    assert sorted(people) == ["U0ANN", BEN]
    report(store, 9)
    assert only_case(store).id != case.id, "a new report opens a new case"


def test_every_message_about_a_case_is_updated_after_each_change(store: Store) -> None:
    report(store)
    case = only_case(store)
    assert store.cases.unannounced("T1") == [case] and store.cases.unannounced("T2") == []
    assert store.cases.teams_with_unannounced() == ["T1"]
    store.cases.announce(case, ("C0CUR", BEN))
    store.cases.announce(case, ("C0OTHER",))
    posts = claimed(store, DeliveryKind.CASE)
    assert [(post.channel, post.subject) for post in posts] == [
        ("C0CUR", f"{case.id}:C0CUR"),
        (BEN, f"{case.id}:{BEN}"),
    ]
    assert store.cases.teams_with_unannounced() == []
    report(store, 2)
    store.cases.decide("T1", case.id, CaseOutcome.KEPT, BEN)
    updates = [update.channel for update in claimed(store, DeliveryKind.CASE_UPDATE)]
    assert updates == ["C0CUR", BEN] * 2 or updates == [BEN, BEN, "C0CUR", "C0CUR"]


def test_one_reminder_after_a_week(store: Store, clock: Clock) -> None:
    report(store)
    clock.now += REMIND_AFTER_SECONDS - 1
    assert store.cases.to_remind_of() == store.cases.overdue("T1") == []
    clock.now += 1
    (due,) = store.cases.to_remind_of()
    for _ in range(2):
        store.cases.remind(due, ("C0CUR",))
    assert store.cases.to_remind_of() == []
    assert len(claimed(store, DeliveryKind.CASE_REMINDER)) == 1
    assert [case.id for case in store.cases.overdue("T1")] == [due.id]
    store.cases.decide("T1", due.id, CaseOutcome.KEPT, BEN)
    assert store.cases.overdue("T1") == []


def test_open_questions_about_the_fact_count_for_nobody(store: Store) -> None:
    for day in range(2):
        close(store, ask(store, day, {"U0": RIGHT}))
    rows = len(store.postings.rounds(*HERE, since=store.postings.latest(*HERE).day))  # type: ignore[union-attr]
    voided = ask(store, 2, {"U0": WRONG, "U1": WRONG})
    report(store, team="T2")
    assert not store.postings.get(voided).voided, "another workspace"  # type: ignore[union-attr]
    report(store)
    assert store.postings.get(voided).voided  # type: ignore[union-attr]
    assert store.answers.record(voided, "U2", RIGHT) is AnswerOutcome.VOIDED
    assert close(store, voided)
    assert store.postings.streaks(*HERE) == {"U0": 2}
    assert len(store.postings.rounds(*HERE, since=store.postings.get(voided).day)) == 0  # type: ignore[union-attr]
    assert rows == 1
    with store.engine.connect() as db:
        assert db.execute(select(cards)).all() == []
    assert store.postings.history(*HERE)[-1].answer_count == 0
    (score,) = store.people.progress("T1", "U0").scores
    assert (score.right, score.answered) == (2, 2)
    close(store, ask(store, 3, {"U0": RIGHT}))
    assert store.postings.streaks(*HERE) == {"U0": 3}


def test_counting_anew_leaves_voided_questions_out(store: Store) -> None:
    older = ask(store, 0, {"U0": RIGHT})
    with store.engine.begin() as db:  # only the newer one is open when the fact is reported
        db.execute(postings.update().values(fact="another"))
    newer = ask(store, 1, {"U0": WRONG})
    report(store)
    close(store, newer)
    close(store, older)  # closes after a newer one: all are counted again
    close(store, ask(store, 2, {"U0": RIGHT}))
    assert store.postings.streaks(*HERE) == {"U0": 2}


def test_closed_questions_still_count(store: Store) -> None:
    for day in range(2):
        close(store, ask(store, day, {"U0": RIGHT}))
    report(store)
    assert store.postings.streaks(*HERE) == {"U0": 2}


def test_a_question_reported_before_it_is_known_to_be_posted_is_edited_then(store: Store) -> None:
    posting = ask(store, 0, {}, seen=False)
    report(store)
    assert claimed(store, DeliveryKind.COUNT) == []
    store.postings.record_ts(posting, "1.1")
    assert len(claimed(store, DeliveryKind.COUNT)) == 1


def test_erasing_a_person_keeps_the_case_without_their_name(store: Store) -> None:
    report(store, 1)
    report(store, 2, BEN)
    case = only_case(store)
    store.cases.announce(case, ("C0CUR",))
    assert len(claimed(store, DeliveryKind.CASE)) == 1
    store.people.erase("T1", BEN)
    assert [made.user for made in only_case(store).reports] == ["U0ANN", ""]
    assert len(claimed(store, DeliveryKind.CASE_UPDATE)) == 1, "the message names them, too"
    store.cases.decide("T1", case.id, CaseOutcome.KEPT, "U0ANN")
    assert [d.channel for d in claimed(store, DeliveryKind.CASE_RESULT)] == ["U0ANN"]
    store.people.erase("T1", "U0ANN")
    decided = store.cases.get("T1", case.id)
    assert decided and (decided.decided_by, decided.outcome) == ("", CaseOutcome.KEPT)


def test_a_case_moves_with_its_channel(store: Store) -> None:
    report(store)
    case = only_case(store)
    about = CuratorItem.CASE, case.id
    for ts in ("1.1", "2.2"):
        store.curator_messages.record("T1", *about, "C0OLD", CuratorMessage("C0OLD", ts))
    store.move_channel("T1", "C0OLD", "C0NEW")
    assert store.curator_messages.find(*about, "C0OLD") is None
    assert store.curator_messages.find(*about, "C0NEW") == CuratorMessage("C0NEW", "1.1")
    report(store, 2)
    assert [update.channel for update in claimed(store, DeliveryKind.CASE_UPDATE)] == ["C0NEW"]


def test_the_messages_of_an_older_database_are_still_known(empty_url: str) -> None:
    old = Store(empty_url)
    migrate(old.engine, "0020")
    with old.engine.begin() as db:
        for user, channel in (("", "C0CUR"), (BEN, "D0BEN")):
            db.exec_driver_sql(
                'INSERT INTO case_messages (team, "case", "user", channel, ts) '
                f"VALUES ('T1', 7, '{user}', '{channel}', '1.1')"
            )
        for kind, subject, channel in (("case", "7:", "C0CUR"), ("case", f"7:{BEN}", BEN)):
            db.execute(deliveries.insert().values(new_row(kind, subject, "T1", channel, 0.0)))
    migrate(old.engine)
    about = CuratorItem.CASE, 7
    assert old.curator_messages.find(*about, "C0CUR") == CuratorMessage("C0CUR", "1.1")
    assert old.curator_messages.find(*about, BEN) == CuratorMessage("D0BEN", "1.1")
    found = {delivery.subject for delivery in old.deliveries.claim(9)}
    assert found == {"7:C0CUR", f"7:{BEN}"}
    old.close()
