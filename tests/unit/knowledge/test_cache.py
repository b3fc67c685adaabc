"""The kept index: never stale, never damaged, never somebody else's, and nothing left behind."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from knowledge import KnowledgeBase, cache, model

pytestmark = pytest.mark.slow


def stored(folder: Path, files: list[Path], value: str) -> str:
    return cache.load_or_build(folder, files, str, lambda: value)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_text("one", encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def only(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_what_was_built_is_kept(folder: Path, source: Path) -> None:
    assert stored(folder, [source], "first") == "first"
    assert stored(folder, [source], "second") == "first"


def test_no_flipped_bit_ever_changes_an_answer(folder: Path, source: Path) -> None:
    stored(folder, [source], "first")
    sound = only(folder).read_bytes()
    for at in range(len(sound)):
        for bit in (1, 128):
            damaged = bytearray(sound)
            damaged[at] ^= bit
            only(folder).write_bytes(damaged)
            assert stored(folder, [source], "second") == "second"
    only(folder).write_bytes(sound)
    assert stored(folder, [source], "second") == "first"


@pytest.mark.parametrize("length", [0, 10, 32, 40])
def test_a_cut_off_file_is_passed_over(folder: Path, source: Path, length: int) -> None:
    stored(folder, [source], "first")
    only(folder).write_bytes(only(folder).read_bytes()[:length])
    assert stored(folder, [source], "second") == "second"


def test_a_build_of_other_files_is_passed_over(folder: Path, source: Path) -> None:
    stored(folder, [source], "first")
    old = only(folder)
    source.write_text("two", encoding="utf-8")
    stored(folder, [source], "second")
    (new,) = set(folder.iterdir()) - {old}
    new.write_bytes(old.read_bytes())
    assert stored(folder, [source], "third") == "third"


def test_somebody_elses_build_is_passed_over(
    folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(folder, [source], "theirs")
    me = os.geteuid()
    if me == 0:
        os.chown(only(folder), 12345, 12345)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    assert stored(folder, [source], "ours") == "ours"


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_a_build_that_others_may_write_is_passed_over(
    folder: Path, source: Path, mode: int
) -> None:
    stored(folder, [source], "theirs")
    only(folder).chmod(mode)
    assert stored(folder, [source], "ours") == "ours"


def test_a_build_is_for_us_alone(folder: Path, source: Path) -> None:
    before = os.umask(0)
    try:
        stored(folder, [source], "first")
    finally:
        os.umask(before)
    assert only(folder).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.timeout(20)
def test_a_pipe_in_its_place_is_passed_over(folder: Path, source: Path) -> None:
    stored(folder, [source], "first")
    path = only(folder)
    path.unlink()
    os.mkfifo(path)
    assert stored(folder, [source], "second") == "second"


def test_a_failed_write_leaves_nothing(
    folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_old: str, _new: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert stored(folder, [source], "first") == "first"
    assert list(folder.iterdir()) == []


def test_what_a_killed_process_left_is_removed_later(folder: Path, source: Path) -> None:
    folder.mkdir()
    old, fresh = folder / "old.tmp", folder / "fresh.tmp"
    for path in (old, fresh):
        path.write_text("half", encoding="utf-8")
    os.utime(old, (1_000_000, 1_000_000))
    stored(folder, [source], "first")
    assert not old.exists() and fresh.exists()


def test_a_file_that_changes_during_the_build_is_not_kept(folder: Path, source: Path) -> None:
    def build() -> str:
        source.write_text("two", encoding="utf-8")
        return "built from two"

    cache.load_or_build(folder, [source], str, build)
    source.write_text("one", encoding="utf-8")
    assert stored(folder, [source], "built from one") == "built from one"


@pytest.mark.parametrize("place", ["file/below", "loop/below", "x" * 300])
def test_a_folder_that_cannot_be_is_passed_over(tmp_path: Path, source: Path, place: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    assert stored(tmp_path / place, [source], "first") == "first"


def test_a_sound_pickle_of_something_else_is_passed_over(folder: Path, source: Path) -> None:
    stored(folder, [source], "first")
    path = only(folder)
    path.write_bytes(cache._signed(path.stem, other := pickle.dumps(5)) + other)
    assert stored(folder, [source], "second") == "second"


@pytest.mark.usefixtures("few_facts")
def test_the_facts_are_read_from_it(folder: Path) -> None:
    KnowledgeBase.load((), folder)
    path = only(folder)
    changed = only(folder).read_bytes()[32:].replace(b"Amazon SQS", b"Amazon SQX")
    path.write_bytes(cache._signed(path.stem, changed) + changed)
    assert KnowledgeBase.load((), folder).services["sqs"].name == "Amazon SQX"
    path.write_bytes(b"\0" * 32 + changed)
    assert KnowledgeBase.load((), folder).services["sqs"].name == "Amazon SQS"


@pytest.mark.usefixtures("few_facts")
def test_only_the_cached_facts_that_a_question_needs_are_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = KnowledgeBase.load((), folder)
    loaded: list[bytes] = []
    read_fact = model._unpickled

    def noted(pickled: bytes) -> model.Fact:
        loaded.append(pickled)
        return read_fact(pickled)

    monkeypatch.setattr(model, "_unpickled", noted)
    cached = KnowledgeBase.load((), folder)
    assert not loaded
    question = "how long can an SQS message be kept?"
    assert cached.ask(question) == built.ask(question)
    assert 0 < len(loaded) < len(built.facts)
    assert list(cached.facts.items()) == list(built.facts.items())
    assert len(loaded) == len(set(loaded)) == len(built.facts)  # each once


def test_a_cached_list_of_facts_gets_longer_without_reading_them(
    knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_ = knowledge.facts.values()
    cached = pickle.loads(pickle.dumps(model.FactList([first])))
    with monkeypatch.context() as patched:
        patched.delattr(model, "_unpickled")  # reading one would fail
        longer = cached.with_facts([second])
    assert list(longer) == [first, second]
    assert list(cached) == [first]
