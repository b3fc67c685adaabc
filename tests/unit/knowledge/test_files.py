"""Folders and files as people leave them: nothing is dropped, waited for or expanded in silence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge import FactsError, KnowledgeBase
from knowledge.files.characters import visible
from knowledge.files.loader import load
from knowledge.files.reading import MAX_FILE_BYTES
from tests.unit.knowledge.test_loader import fact, faults, write

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("few_facts")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Answer of sns-one.", "Use C # or Java."),
        ("Answer of sns-one.", "Answer. # checked by Ann"),
        ("Answer of sns-one.", "#1 of the queue"),
        ("Answer of sns-one.", 'inside "quoted" # gone'),
        ("Answer of sns-one.", "two\n    lines # gone"),
        ("[retention, keep]", "[retention #1\n    , keep]"),
        ("[retention, keep]", "[retention, #keep\n    third]"),
        ("[retention, keep]", '["retention", # keep\n    third]'),
        ("[retention, keep]", "\n  - retention\n  - keep # gone"),
        ("right: 4 days", "right: 4 days # of 14"),
    ],
)
def test_text_after_a_number_sign_is_not_dropped(tmp_path: Path, old: str, new: str) -> None:
    text = fact()
    assert old in text
    found = faults(write(tmp_path, text.replace(old, new)))
    assert any("everything after #" in item for item in found), found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Answer of sns-one.", "C# and F#, issue#5."),
        ("Answer of sns-one.", '"Use C # or Java."'),
        ("Answer of sns-one.", "'Use C # or Java.' # quoted, so this is a comment"),
        ("Answer of sns-one.", "|\n    Use C # or Java."),
        ("Answer of sns-one.", "> # folded\n    Use C # or Java."),
        ("  title:", "  # a comment of its own\n  title:"),
        ("[retention, keep]", "[retention,\n    # a comment of its own\n    keep]"),
        ("[retention, keep]", "[retention, keep] # two"),
        ("[retention, keep]", "# two\n  - retention\n  - keep"),
    ],
)
def test_comments_that_drop_nothing_are_fine(tmp_path: Path, old: str, new: str) -> None:
    text = fact()
    assert old in text
    assert faults(write(tmp_path, text.replace(old, new))) == []


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("!Ref is a function", "begins with ! or &"),
        ("&amp is an entity", "begins with ! or &"),
        ("*.example.com", "begins with *"),
        ("*shared", "begins with *"),
    ],
)
def test_words_that_yaml_drops_or_expands_are_faults(
    tmp_path: Path, new: str, sentence: str
) -> None:
    (found,) = faults(write(tmp_path, fact(answer=new)))
    assert sentence in found and found.startswith(f"{tmp_path}/sns.yaml:6: ")
    assert faults(write(tmp_path, fact(answer=f'"{new}"'))) == []


def test_a_list_that_200_facts_share_by_alias_is_refused_in_little_memory(tmp_path: Path) -> None:
    shared = ", ".join(f"way {number}" for number in range(100_000))
    first = fact("f0").replace("[f0 way a", f"&p [{shared}")
    rest = [
        "\n".join(
            "  phrasings: *p" if line.startswith("  phrasings") else line
            for line in fact(f"f{number}").split("\n")
        )
        for number in range(1, 200)
    ]
    folder = write(tmp_path, first, *rest)
    count, kilobytes = faults_and_memory(folder)
    assert count == 199 + 2  # the first has faults of its own: its &, and too many phrasings
    assert kilobytes < 200_000


def faults_and_memory(folder: Path) -> tuple[int, int]:
    """How many faults a process of its own finds in a folder, and how many KB that took.

    A child's peak memory begins with that of its parent, which may have run many tests:
    https://man7.org/linux/man-pages/man2/getrusage.2.html
    """
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from knowledge.files.loader import inspect\n"
        "status = Path('/proc/self/status')\n"
        "count = len(inspect([Path(sys.argv[1])])[1])\n"
        "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "if status.exists():\n"
        "    lines = dict(line.split(':', 1) for line in status.read_text().splitlines())\n"
        "    peak = int(lines['VmHWM'].split()[0])\n"
        "print(count, peak)"
    )
    done = subprocess.run([sys.executable, "-c", script, folder], capture_output=True, text=True)
    count, kilobytes = map(int, done.stdout.split())
    return count, kilobytes


@pytest.mark.parametrize("escaped", [r"\e[31m", r"\a", r"\x9b", r"\u202e", r"\u2028", r"\x7f"])
def test_control_characters_in_values_are_faults(tmp_path: Path, escaped: str) -> None:
    (found,) = faults(write(tmp_path, fact(answer=f'"red {escaped} alert"')))
    assert "sns.yaml:6: Remove the control character U+" in found


@pytest.mark.parametrize("raw", ["\x1b[31m", "\x00", "\x7f", "\x9b"])
def test_control_characters_in_a_file_are_faults_with_their_line(tmp_path: Path, raw: str) -> None:
    (found,) = faults(write(tmp_path, fact(answer=f"red {raw} alert")))
    assert f"sns.yaml:6: Remove the control character U+{ord(raw[0]):04X}." in found


def test_a_file_that_is_no_text_is_reported_briefly(tmp_path: Path) -> None:
    (tmp_path / "sns.yaml").write_bytes("service: Amazon SNS\n".encode("utf-16-le") * 1000)
    assert 1 <= len(faults(tmp_path)) <= 20


def test_control_characters_are_written_out() -> None:
    assert visible("a\x1b[31m\u202eb\tc\nd é💥") == "a\\x1b[31m\\u202eb\tc\nd é💥"


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, fact()) / "sns.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert faults(tmp_path) == []


def test_hidden_files_are_skipped_and_any_case_of_the_suffix_is_read(tmp_path: Path) -> None:
    write(tmp_path, fact(), name="sns.YAML")
    write(tmp_path, fact("sqs-own"), name="sqs.Yml")
    (tmp_path / ".sns.yaml.swp.yaml").write_text("a: [", encoding="utf-8")
    (tmp_path / ".hidden").mkdir()
    write(tmp_path / ".hidden", fact("hidden"))
    (tmp_path / "notes.txt").write_text("a: [", encoding="utf-8")
    assert set(load([tmp_path]).facts) == {"sns-one", "sqs-own"}


def test_a_mounted_configuration_of_links_is_read(tmp_path: Path) -> None:
    """https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically"""
    write(tmp_path / "..2026", fact())
    (tmp_path / "..data").symlink_to("..2026")
    (tmp_path / "sns.yaml").symlink_to("..data/sns.yaml")
    assert set(load([tmp_path]).facts) == {"sns-one"}


def test_folders_inside_and_empty_folders_are_reported(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    assert faults(tmp_path) == [
        f"{tmp_path}:1: The folder has no fact files; their names end with .yaml."
    ]
    (tmp_path / "deep" / "deeper").mkdir(parents=True)
    write(tmp_path / "deep" / "deeper", fact())
    (found,) = faults(tmp_path)
    assert found.startswith(f"{tmp_path}/deep:1: Folders inside are not read")


def test_a_folder_inside_is_reported_even_if_an_index_is_kept(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "own", fact()), tmp_path / "cache"
    KnowledgeBase.load([folder], cache)
    write(folder / "more", fact("sns-two"))
    with pytest.raises(FactsError, match="Folders inside"):
        KnowledgeBase.load([folder], cache)


def test_a_file_in_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (found,) = faults(write(tmp_path, fact()) / "sns.yaml")
    assert "name the folder that the file is in" in found


def odd_file(path: Path, kind: str) -> None:
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "directory":
        path.mkdir()
    elif kind == "large":
        with path.open("wb") as file:
            file.truncate(MAX_FILE_BYTES + 1)
    else:
        path.symlink_to({"device": "/dev/zero", "loop": path.name, "nowhere": "gone"}[kind])


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("pipe", "pipe, socket, or device"),
        ("device", "pipe, socket, or device"),
        ("directory", "a folder with the name of a fact file"),
        ("loop", "leads nowhere"),
        ("nowhere", "leads nowhere"),
        ("large", "larger than 20 MB"),
    ],
)
@pytest.mark.parametrize("cached", [False, True])
def test_what_is_no_ordinary_file_is_a_fault(
    tmp_path: Path, kind: str, sentence: str, cached: bool
) -> None:
    folder = write(tmp_path / "own", fact())
    odd_file(folder / "odd.yaml", kind)
    (found,) = faults(folder)
    assert found.startswith(f"{folder}/odd.yaml:1: ") and sentence in found
    with pytest.raises(FactsError, match=sentence):
        KnowledgeBase.load([folder], tmp_path / "cache" if cached else None)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("line", ["- " + "x" * 1022 + "\n", "- x\n", "- [x,x,x,x,x,x,x]\n"])
def test_a_file_of_almost_20_mb_takes_bounded_memory(tmp_path: Path, line: str) -> None:
    text = "service: Amazon SNS\naliases:\n" + line * (MAX_FILE_BYTES // len(line) - 10)
    (tmp_path / "sns.yaml").write_text(text, encoding="utf-8")
    found, kilobytes = faults_and_memory(tmp_path)
    assert found > 0
    assert kilobytes < 500_000
