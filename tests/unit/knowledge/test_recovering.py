"""A fact that is not valid YAML hides no fault of another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.files.adding import add_fact
from knowledge.files.loader import inspect
from tests.unit.knowledge.test_loader import fact, faults, write

BROKEN = {
    "an open bracket": ("keywords: [retention, keep]", "keywords: [retention, keep"),
    "an open quote": ("answer: Answer", 'answer: "Answer'),
    "a colon": ("title: Title of", "title: Title: of"),
    "a tab": ("  title:", "\ttitle:"),
    "an indentation": ("  title:", " title:"),
    "no indentation": ("  title:", "title:"),
    "an alias": ("answer: Answer", "answer: *Answer"),
    "a control character": ("answer: Answer", "answer: \x07Answer"),
    "a line of its own": ("  source:", "  what is this\n  source:"),
}


def three(broken: int, old: str, new: str, indent: str = "") -> list[str]:
    """Three facts, of which one is broken and the two others have a wrong day."""
    texts = []
    for number in range(3):
        text = fact(f"sns-{number}", answer=f"Answer {number}.")
        assert old in text
        text = text.replace(old, new) if number == broken else text.replace("2026-11-23", "soon")
        texts.append(text.replace("\n", f"\n{indent}").removesuffix(indent) if indent else text)
    return texts


@pytest.mark.parametrize("indent", ["", "  "])
@pytest.mark.parametrize("broken", [0, 1, 2])
@pytest.mark.parametrize(("old", "new"), BROKEN.values(), ids=BROKEN.keys())
def test_the_faults_of_the_others_are_reported_with_their_lines(
    tmp_path: Path, broken: int, old: str, new: str, indent: str
) -> None:
    folder = write(tmp_path, *three(broken, old, new, indent))
    lines = (folder / "sns.yaml").read_text(encoding="utf-8").split("\n")
    found = faults(folder)
    for number in {0, 1, 2} - {broken}:
        (output,) = [item for item in found if f" sns-{number}: checked must be a day" in item]
        assert lines[int(output.split(":")[1]) - 1].strip() == "checked: soon"
    assert [item for item in found if "checked must be" not in item]


def test_every_broken_fact_is_reported(tmp_path: Path) -> None:
    texts = [fact(f"sns-{n}", answer=f"Answer {n}.") for n in range(6)]
    for number, (old, new) in enumerate(list(BROKEN.values())[:3]):
        texts[2 * number] = texts[2 * number].replace(old, new)
    folder = write(tmp_path, *texts)
    assert len(faults(folder)) == 3
    assert list(inspect([folder])[0].facts) == ["sns-1", "sns-3", "sns-5"]


def test_a_fact_that_cannot_be_read_can_still_be_related_to(tmp_path: Path) -> None:
    old, new = BROKEN["a colon"]
    write(tmp_path, fact(related="sns-two, sqs-one"), fact("sns-two").replace(old, new))
    write(tmp_path, fact("sqs-one").replace(old, new), name="sqs.yaml")
    output = faults(tmp_path)
    assert len(output) == 2 and all("not valid YAML" in item for item in output)


def test_a_file_broken_outside_its_facts_has_one_fault(tmp_path: Path) -> None:
    folder = write(tmp_path, fact(), fact("sns-two", answer="Other."))
    path = folder / "sns.yaml"
    path.write_text("aliases: [\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    (output,) = faults(folder)
    assert "not valid YAML" in output


def test_a_hundred_broken_facts_end(tmp_path: Path) -> None:
    old, new = BROKEN["an open bracket"]
    texts = [fact(f"sns-{n}", answer=f"Answer {n}.").replace(old, new) for n in range(100)]
    assert 1 < len(faults(write(tmp_path, *texts))) <= 100


def test_a_fact_can_be_added_below_a_broken_one(tmp_path: Path) -> None:
    old, new = BROKEN["a colon"]
    path = write(tmp_path, fact().replace(old, new), fact("sns-two")) / "sns.yaml"
    before = path.read_text(encoding="utf-8")
    add_fact(path, "sns-new")
    assert path.read_text(encoding="utf-8").startswith(before + "\n- id: sns-new\n")
