"""`factbot export`, `import`, `history`, and `revert` over real databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.curating.checks import check_of
from bot.curating.exporting import REST_FILE
from bot.store import Store
from bot.store.fact_changes import ChangeKind
from knowledge import KnowledgeBase
from knowledge.files.single import write_fact
from tests.unit.bot.test_cli import run_here
from tests.unit.bot.test_team_facts import valid
from tests.unit.knowledge.test_changes import OWN

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("few_facts")]

FACT = replace(valid(OWN), quiz=())
OTHER = replace(
    FACT,
    id="own-queue",
    service="sqs",
    title="The order queue: 'yes' # no",
    answer="Orders: 10 days, {not} 4.",
    phrasings=("zanzibar queue", "order queue zanzibar", "zanzibar orders"),
    errors=(),
)


@pytest.fixture
def environ(url: str, store: Store) -> dict[str, str]:
    return {"DATABASE_URL": url}


def add(store: Store, team: str = "T1", by: str = "U0ANN") -> None:
    for fact in (FACT, OTHER):
        store.fact_changes.add(team, fact.id, ChangeKind.WRITTEN, write_fact(fact), by)


def test_what_is_exported_passes_lint_and_is_imported_again(
    store: Store, environ: dict[str, str], tmp_path: Path
) -> None:
    add(store)
    folder = tmp_path / "team"
    done = run_here("export", str(folder), environ=environ)
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in folder.iterdir()) == ["lambda.yaml", "sqs.yaml"]
    linted = run_here("lint", str(folder))
    assert linted.exit_code == 0 and "0 faults" in linted.output
    files = [str(path) for path in sorted(folder.iterdir())]
    more = ("--team", "T2", "--by", "Ann")
    assert (
        "2 facts added, 0 already there"
        in run_here("import", *files, *more, environ=environ).output
    )
    assert (
        "0 facts added, 2 already there"
        in run_here("import", *files, *more, environ=environ).output
    )
    (first, second) = [change for change in store.fact_changes.after(0) if change.team == "T2"]
    assert {first.content, second.content} == {write_fact(FACT), write_fact(OTHER)}
    assert first.changed_by == "Ann"


def test_what_files_cannot_say_is_listed_beside_them(
    store: Store, environ: dict[str, str], tmp_path: Path, knowledge: KnowledgeBase
) -> None:
    add(store)
    built_in, gone = "sqs-retention", "team-sqs-9"
    checked = check_of(knowledge.facts[built_in], date(2030, 1, 2)).encode()
    for fact, kind, content in (
        (gone, ChangeKind.WRITTEN, write_fact(replace(OTHER, id=gone, title="An older one"))),
        (gone, ChangeKind.RETIRED, OTHER.id),
        ("lambda-timeout", ChangeKind.RETIRED, ""),
        (built_in, ChangeKind.NOTED, "Ours is\n4 days."),
        (built_in, ChangeKind.DISPUTED, ""),
        (built_in, ChangeKind.CHECKED, checked),
        (OTHER.id, ChangeKind.CHECKED, check_of(OTHER, date(2030, 1, 2)).encode()),
    ):
        store.fact_changes.add("T1", fact, kind, content, "U0ANN")
    done = run_here("export", str(tmp_path / "team"), environ=environ)
    path = tmp_path / "team" / REST_FILE
    left_out = "2 retired facts, 1 note, 1 check of a built-in fact, 1 fact under review"
    assert f"{path}: left out: {left_out}" in done.output
    rest = path.read_text()
    for line in (
        f"- `{gone}`, in favor of `{OTHER.id}`", "- `lambda-timeout`\n",
        f"- `{built_in}`: Ours is 4 days.", f"- `{built_in}`: 2030-01-02",
        f"under review\n\n- `{built_in}`\n",
    ):  # fmt: skip
        assert line in rest
    queue = (tmp_path / "team" / "sqs.yaml").read_text()
    assert f"aliases:\n  - {gone}\n" in queue and "checked: '2030-01-02'" in queue
    assert "0 faults" in run_here("lint", str(tmp_path / "team"), environ={}).output
    files = [str(file) for file in sorted((tmp_path / "team").glob("*.yaml"))]
    more = ("--team", "T2", "--by", "Ann")
    assert "2 facts added" in run_here("import", *files, *more, environ=environ).output


def test_a_built_in_fact_that_was_retired_is_an_alias_that_import_takes(
    store: Store, environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store)
    store.fact_changes.add("T1", "lambda-timeout", ChangeKind.RETIRED, FACT.id, "U0ANN")
    monkeypatch.chdir(tmp_path)
    run_here("export", ".", environ=environ)
    assert "- lambda-timeout" in (tmp_path / "lambda.yaml").read_text()
    more = ("--team", "T2", "--by", "Ann")
    done = run_here("import", "lambda.yaml", *more, environ=environ)
    assert "1 fact added" in done.output, done.exception


def test_existing_files_are_kept_unless_asked(
    store: Store, environ: dict[str, str], tmp_path: Path
) -> None:
    add(store)
    (tmp_path / "lambda.yaml").write_text("mine")
    done = run_here("export", str(tmp_path), environ=environ)
    assert done.exit_code != 0 and (tmp_path / "lambda.yaml").read_text() == "mine"
    assert not (tmp_path / "sqs.yaml").exists()
    assert run_here("export", str(tmp_path), "--overwrite", environ=environ).exit_code == 0
    assert FACT.id in (tmp_path / "lambda.yaml").read_text()


def test_of_several_workspaces_one_is_named(
    store: Store, environ: dict[str, str], tmp_path: Path
) -> None:
    add(store)
    add(store, "T2")
    done = run_here("export", str(tmp_path / "team"), environ=environ)
    assert "T1 and T2" in str(done.exception)
    named = ("export", str(tmp_path / "team"), "--team", "T2")
    assert run_here(*named, environ=environ).exit_code == 0


def test_a_fault_imports_nothing(store: Store, environ: dict[str, str], tmp_path: Path) -> None:
    add(store)
    run_here("export", str(tmp_path), environ=environ)
    path = tmp_path / "sqs.yaml"
    path.write_text(path.read_text().replace("source: https", "source: http"))
    (tmp_path / "fax.yaml").write_text("service: Fax\nfacts: []\n")
    files = [str(file) for file in sorted(tmp_path.glob("*.yaml"))]
    done = run_here("import", *files, "--team", "T2", "--by", "Ann", environ=environ)
    said = str(done.exception)
    assert "source must be the https" in said and "no service here is called fax" in said
    assert [change for change in store.fact_changes.after(0) if change.team == "T2"] == []


def test_what_is_built_in_already_is_a_fault(
    store: Store, environ: dict[str, str], tmp_path: Path
) -> None:
    add(store)
    run_here("export", str(tmp_path), environ=environ)
    path = tmp_path / "sqs.yaml"
    path.write_text(path.read_text().replace("id: own-queue", "id: own-other"))
    done = run_here("import", str(path), "--team", "T1", "--by", "Ann", environ=environ)
    assert "own-other" in str(done.exception) and "also belongs to own-queue" in str(done.exception)


def test_changes_are_listed_and_undone(store: Store, environ: dict[str, str]) -> None:
    add(store, by="U0BEN")
    newer = write_fact(replace(FACT, answer="Until January 6."))
    store.fact_changes.add("T1", FACT.id, ChangeKind.WRITTEN, newer, "U0ANN")
    listed = run_here("history", FACT.id, environ=environ).output.splitlines()
    assert [line.split()[0] for line in listed] == ["1", "2"]
    assert listed[0].endswith("written  U0ANN") and listed[1].endswith("written  U0BEN")
    done = run_here("revert", FACT.id, "--by", "Cleo", environ=environ)
    assert "undone: " in done.output and "U0ANN" in done.output
    last = store.fact_changes.history("T1", FACT.id)[0]
    assert (last.content, last.changed_by) == (write_fact(FACT), "Cleo")
    run_here("revert", FACT.id, "3", environ=environ)
    assert store.fact_changes.history("T1", FACT.id)[0].kind is ChangeKind.RESTORED
    assert "doesn't have 9 changes" in str(
        run_here("revert", FACT.id, "9", environ=environ).exception
    )
    assert "Nobody has changed own-none" in run_here("history", "own-none", environ=environ).output
