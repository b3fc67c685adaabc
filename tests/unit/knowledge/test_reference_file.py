"""The file of exact names: built from the installed packages, whatever happens meanwhile."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.reference.building.builder import MAX_FILES, build
from knowledge.reference.file import ReferenceFile
from knowledge.reference.reference import Reference
from knowledge.reference.versions import SUFFIX, Versions, installed_versions
from tests.conftest import ENVIRON, FACTS_CACHE
from tests.unit.knowledge.small_reference import VERSIONS, copy_file, small_reference

MAX_FILE_BYTES = 12_000_000
BUILD_TIMEOUT_SECONDS = 300


@pytest.fixture
def small_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.reference.versions.installed_versions", lambda: VERSIONS)


@pytest.mark.slow
@pytest.mark.timeout(BUILD_TIMEOUT_SECONDS)
def test_a_process_builds_it_from_the_installed_packages(tmp_path: Path) -> None:
    versions = installed_versions()
    assert versions
    path = tmp_path / "names" / versions.file_name
    command = [sys.executable, "-m", "knowledge.reference", str(path)]
    environ = ENVIRON | {"HOME": str(tmp_path)}
    subprocess.run(command, env=environ, timeout=BUILD_TIMEOUT_SECONDS, check=True)
    assert [item.name for item in path.parent.iterdir()] == [path.name]
    assert path.stat().st_size < MAX_FILE_BYTES
    file = ReferenceFile(path)
    assert (file.botocore, file.cfn_lint) == (versions.botocore, versions.cfn_lint)
    assert [operation.api.id for operation in file.operations("putmetricalarm")] == ["cloudwatch"]
    queue = file.resource_type("aws::sqs::queue")
    assert queue and "FifoQueue" in queue.properties


BUILD_A_SMALL_ONE = """
import sys
from pathlib import Path
from knowledge.reference.building import builder
from tests.unit.knowledge.small_reference import VERSIONS, rows

def rows_that_wait(versions):
    first, *rest = rows()
    yield first
    print("begun", flush=True)
    sys.stdin.readline()
    yield from rest

builder._rows = rows_that_wait
builder.build(Path(sys.argv[1]), VERSIONS)
"""


@pytest.mark.slow
def test_two_processes_build_it_at_once(tmp_path: Path) -> None:
    """The second begins before the first ends, and still writes when the first one's is there."""
    path = tmp_path / "names" / VERSIONS.file_name
    command = [sys.executable, "-c", BUILD_A_SMALL_ONE, str(path)]
    environ = ENVIRON | {"PYTHONPATH": str(Path(__file__).parents[3])}
    processes = [
        subprocess.Popen(command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout and process.stdout.readline() == b"begun\n"
    for process in processes:
        process.communicate(b"\n", timeout=BUILD_TIMEOUT_SECONDS)
        assert process.returncode == 0
        file = ReferenceFile(path)
        assert file.resource_type("aws::acme::queue") and file.runtime("python3.8")
    assert [item.name for item in path.parent.iterdir()] == [path.name]


@pytest.mark.slow
@pytest.mark.timeout(BUILD_TIMEOUT_SECONDS)
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("ResourceNotFoundException in lambda", "is an error of AWS Lambda, with HTTP status 404"),
        ("does changing BucketName cause replacement", "AWS::S3::Bucket"),
        ("which region is eu-central-2", "Europe (Zurich)"),
        ("aws s3api put-object", "PutObject (Amazon S3)"),
        ("when is python3.8 deprecated in lambda", "2024-10-14"),
        ("required properties of AWS::SSM::Parameter", "Type and Value"),
    ],
)
def test_the_real_names_are_answered(question: str, expected: str) -> None:
    found = Reference(FACTS_CACHE, build).answer(question)
    assert found and expected in f"{found.title} {found.text}"


@pytest.mark.usefixtures("small_versions")
def test_the_file_is_made_for_the_first_question_that_needs_it(tmp_path: Path) -> None:
    made: list[Path] = []

    def prepare(path: Path, versions: Versions) -> None:
        made.append(path)
        copy_file(path, versions)

    reference = small_reference(tmp_path, prepare)
    assert reference.answer("what is a queue") is None and made == []
    assert reference.answer("PutMessage") and reference.answer("QueueGone")
    assert small_reference(tmp_path, prepare).answer("PutMessage")
    assert made == [tmp_path / VERSIONS.file_name]


@pytest.mark.usefixtures("small_versions")
def test_until_another_process_has_made_it_there_is_no_answer(tmp_path: Path) -> None:
    reference = small_reference(tmp_path, lambda path, versions: None)
    assert reference.answer("PutMessage") is None
    copy_file(tmp_path / VERSIONS.file_name, VERSIONS)
    assert reference.answer("PutMessage")


@pytest.mark.usefixtures("small_versions")
@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + bytes(5000)])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / VERSIONS.file_name
    path.write_bytes(damage)
    assert small_reference(tmp_path).answer("PutMessage")


@pytest.mark.usefixtures("small_versions")
@pytest.mark.parametrize("kept_bytes", [200, 6000, 20000])
def test_so_is_half_a_file(tmp_path: Path, kept_bytes: int) -> None:
    path = tmp_path / VERSIONS.file_name
    copy_file(path, VERSIONS)
    os.truncate(path, kept_bytes)
    assert small_reference(tmp_path).answer("PutMessage")


@pytest.mark.usefixtures("small_versions")
def test_so_is_one_that_is_damaged_while_it_is_open(tmp_path: Path) -> None:
    reference = small_reference(tmp_path)
    assert reference.answer("PutMessage")
    path = tmp_path / VERSIONS.file_name
    with path.open("r+b") as file:
        file.truncate(100)
    assert reference.answer("SendLetter")


@pytest.mark.usefixtures("small_versions")
def test_so_is_one_with_a_damaged_value(tmp_path: Path) -> None:
    path = tmp_path / VERSIONS.file_name
    copy_file(path, VERSIONS)
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE resource_types SET body = x'00'")
        database.commit()
    assert small_reference(tmp_path).answer("AWS::Acme::Queue")


@pytest.mark.usefixtures("small_versions")
def test_where_it_can_not_be_written_there_is_no_answer_and_no_second_attempt(
    tmp_path: Path,
) -> None:
    attempts: list[Path] = []

    def prepare(path: Path, versions: Versions) -> None:
        attempts.append(path)
        raise PermissionError(path)

    reference = small_reference(tmp_path, prepare)
    assert reference.answer("PutMessage") is None and reference.answer("PutMessage") is None
    assert len(attempts) == 1


def test_a_folder_that_is_a_file_can_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "names").write_text("")
    with pytest.raises(OSError):
        build(tmp_path / "names" / "file", VERSIONS)


def test_without_the_packages_nothing_is_answered_or_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.reference.versions.PACKAGES", ("no_such_package",))
    assert small_reference(tmp_path).answer("PutMessage") is None
    assert list(tmp_path.iterdir()) == []


def test_an_upgrade_has_a_file_of_its_own_and_old_ones_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.reference.building.builder._rows", lambda versions: iter(()))
    names = []
    for minor in range(MAX_FILES + 2):
        versions = Versions(f"1.{minor}", "1.0")
        names.append(versions.file_name)
        build(tmp_path / versions.file_name, versions)
        os.utime(tmp_path / versions.file_name, (minor, minor))
    assert len(set(names)) == len(names)
    kept = {path.name for path in tmp_path.glob(f"*{SUFFIX}")}
    assert names[-1] in kept and len(kept) == MAX_FILES


def test_a_build_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows(versions: Versions) -> None:
        raise KeyError("shapes")

    monkeypatch.setattr("knowledge.reference.building.builder._rows", rows)
    with pytest.raises(KeyError):
        build(tmp_path / "file", VERSIONS)
    assert list(tmp_path.iterdir()) == []
