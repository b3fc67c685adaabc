"""Each fault of a file is found, with its line and a plain sentence, and all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import FactsError, KnowledgeBase
from knowledge.files.loader import inspect, load

FACT = """
- id: {id}
  title: {title}
  answer: {answer}
  keywords: [retention, keep]
  phrasings: [{phrasings}]
  related: [{related}]
  source: https://docs.example.com/{id}
  checked: 2026-11-23
"""
QUIZ = """  quiz:
  - question: How long is it kept?
    right: 4 days
    wrong: [1 day, 14 days, 30 days]
"""


def fact(fact_id: str = "sns-one", **changed: str) -> str:
    fields = {
        "id": fact_id,
        "title": f"Title of {fact_id}",
        "answer": f"Answer of {fact_id}.",
        "phrasings": ", ".join(f"{fact_id} way {word}" for word in "abcdefgh"),
        "related": "",
    }
    return FACT.format(**fields | changed) + QUIZ


def write(folder: Path, *facts: str, name: str = "sns.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    text = "service: Amazon SNS\naliases: [SNS]\nfacts:" + "".join(facts)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in inspect([folder])[1]]


def test_a_sound_file_has_no_faults(tmp_path: Path) -> None:
    assert faults(write(tmp_path, fact())) == []


@pytest.mark.parametrize(("demand", "fewest"), [(2, 3), (3, 8)])
def test_a_fact_that_few_ask_for_needs_fewer_phrasings(
    tmp_path: Path, demand: int, fewest: int
) -> None:
    few = fact(phrasings=", ".join(f"way {word}" for word in "abcdefgh"[: fewest - 1]))
    entry = few.replace(QUIZ, f"  demand: {demand}\n{QUIZ}")
    faults = inspect([write(tmp_path, entry)])[1]
    assert [f"give at least {fewest}" in str(fault) for fault in faults] == [True]
    faults = inspect([write(tmp_path, entry.replace("way a", "way a, way z"))])[1]
    assert faults == []


@pytest.mark.parametrize("demand", [1, 2])
def test_a_fact_that_few_ask_for_needs_no_quiz(tmp_path: Path, demand: int) -> None:
    folder = write(tmp_path, fact().replace(QUIZ, f"  demand: {demand}\n"))
    assert faults(folder) == []
    assert load([folder]).facts["sns-one"].quiz == ()


def test_scalars_stay_what_was_typed(tmp_path: Path) -> None:
    folder = write(tmp_path, fact(title="3:00", answer="yes"))
    found = load([folder]).facts["sns-one"]
    assert (found.title, found.answer) == ("3:00", "yes")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("  checked: 2026-11-23\n", "", "checked is missing"),
        ("2026-11-23", "yesterday", "checked must be a day"),
        ("2026-11-23", "2026-13-01", "checked must be a day"),
        ("https://docs", "http://docs", "source must be the https://"),
        ("  source: https://docs.example.com/sns-one\n", "", "source is missing"),
        ("Answer of sns-one.", "x" * 301, "answer has 301 characters; the limit is 300"),
        ("  title:", "  titel:", "unknown field titel"),
        ("id: sns-one", "id: SNS One", "an ID has only"),
        ("id: sns-one", "id: " + "s" * 61, "id has 61 characters; the limit is 60"),
        ("related: []", "related: [nobody]", "related names nobody"),
        ("related: []", "related: [sns-one]", "can't be related to itself"),
        (", sns-one way h", "", "phrasings has 7 entries; give at least 8"),
        ("way b", "way a", "twice"),
        ("[1 day, 14 days, 30 days]", "[1 day, 14 days]", "exactly 3 wrong options, not 2"),
        ("[1 day, 14 days, 30 days]", "[4 day, 14 days, 30 days]", "nearly the same"),
        ("[1 day, 14 days, 30 days]", "[4 Days., 14 days, 30 days]", "nearly the same"),
        ("How long is it kept?", "Is it kept for 4 days?", "gives its answer away"),
        ("4 days", "x" * 61, "right has 61 characters; the limit is 60"),
        ("keywords: [retention, keep]", "keywords: []", "keywords has 0 entries"),
        ("keywords: [retention, keep]", "keywords: text", "keywords must be a list"),
        (QUIZ, "", "quiz is missing; only a fact with a demand below 3 needs none"),
        (QUIZ, "  demand: 3\n", "quiz is missing"),
        (QUIZ, "  demand: 1\n  quiz: []\n", "quiz is empty"),
        ("title: Title of sns-one", "title: [a]", "title must be a single text"),
        ("  quiz:", "  was: old\n  quiz:", "was must be a mapping"),
        ("  checked:", "  checked: x\n  checked:", "is given twice"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    text = fact()
    assert old in text
    found = faults(write(tmp_path, text.replace(old, new)))
    assert any(sentence in fault for fault in found), found


def test_faults_carry_file_and_line(tmp_path: Path) -> None:
    folder = write(tmp_path, fact().replace("2026-11-23", "soon"))
    (found,) = faults(folder)
    assert found.startswith(f"{folder}/sns.yaml:11: sns-one: checked must be a day")


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    write(tmp_path, fact().replace("2026-11-23", "soon"))
    write(tmp_path, fact("sqs-x", answer="y" * 400), name="sqs.yaml")
    (tmp_path / "broken.yaml").write_text("a: [", encoding="utf-8")
    (tmp_path / "latin.yaml").write_bytes(b"\xe9: 1")
    (tmp_path / "list.yaml").write_text("- a", encoding="utf-8")
    found = "\n".join(faults(tmp_path))
    for part in ("must be a day", "400 characters", "not valid YAML", "not UTF-8", "a mapping"):
        assert part in found


def test_two_facts_may_share_neither_id_nor_answer_nor_phrasing(tmp_path: Path) -> None:
    twin = fact("sns-two", answer="Answer of sns-one.")
    twin = twin.replace("sns-two way c", "sns-one way c")
    found = "\n".join(faults(write(tmp_path, fact(), fact(), twin)))
    assert "another fact in this folder has the ID sns-one" in found
    assert "the answer 'Answer of sns-one.' also belongs to sns-one" in found
    assert "the phrasing 'sns-one way c' also belongs to sns-one" in found


def test_a_folder_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="no such folder"):
        load([tmp_path / "nowhere"])


@pytest.mark.usefixtures("few_facts")
@pytest.mark.slow
def test_a_team_adds_a_service_and_overrules_a_fact(tmp_path: Path) -> None:
    own = fact("sqs-delay-queue", answer="Ours is capped at 5 minutes.")
    write(tmp_path, fact())
    (tmp_path / "sqs.yaml").write_text(f"service: Amazon SQS\nfacts:{own}", encoding="utf-8")
    knowledge = KnowledgeBase.load([tmp_path])
    assert knowledge.facts["sqs-delay-queue"].answer == "Ours is capped at 5 minutes."
    assert knowledge.facts["sqs-long-polling"].answer.startswith("Long polling")
    assert knowledge.find_service("sns") == knowledge.services["sns"]
    best = knowledge.ask("sns-one way a").best
    assert best is not None and best.fact.id == "sns-one"


@pytest.mark.usefixtures("few_facts")
@pytest.mark.slow
def test_the_cache_is_never_stale(tmp_path: Path) -> None:
    folder, stored = write(tmp_path / "own", fact()), tmp_path / "cache"
    assert KnowledgeBase.load([folder], stored).facts["sns-one"].answer == "Answer of sns-one."
    assert KnowledgeBase.load([folder], stored).facts["sns-one"].answer == "Answer of sns-one."
    write(folder, fact(answer="Answer of sns-two."))
    assert KnowledgeBase.load([folder], stored).facts["sns-one"].answer == "Answer of sns-two."


@pytest.mark.usefixtures("few_facts")
@pytest.mark.slow
def test_a_damaged_cache_is_passed_over(tmp_path: Path) -> None:
    KnowledgeBase.load((), tmp_path)
    for path in tmp_path.glob("*.pickle"):
        path.write_bytes(b"not a pickle")
    assert KnowledgeBase.load((), tmp_path).facts


BOMBS = {
    "aliases": "a0: &a0 [x]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 60)),
    "brackets": "facts: " + "[" * 300_000,
    "brackets on lines": "facts: [\n" + " [\n" * 300_000,
    "braces": "facts: " + "{a: " * 300_000,
    "hyphens": "facts:\n" + "- " * 300_000,
    "questions": "? " * 300_000,
    "closed in quotes": "facts: " + '["]", ' * 300_000,
    "itself": "facts: &a [*a]",
    "code": "facts: !!python/object/apply:os.abort []",
    "merges": "a: &a {x: 1}\n" + "facts: {" + "<<: *a, " * 10_000 + "}",
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_a_fault_like_any_other(tmp_path: Path, bomb: str) -> None:
    folder = write(tmp_path, fact())
    (folder / "bomb.yaml").write_text(BOMBS[bomb], encoding="utf-8")
    found = faults(folder)
    assert found and all("bomb.yaml" in item for item in found)
