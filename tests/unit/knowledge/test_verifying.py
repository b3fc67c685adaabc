"""Every form of check holds for what is right, and fails for a wrong value and a missing name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from knowledge import Fact, FactValue
from knowledge.files.verification import Claim, Program, check_fault, parse_check
from knowledge.model import Milestone
from knowledge.values import Unit
from knowledge.verifying import judging
from knowledge.verifying.botocore_models import ServiceModel, service_model
from knowledge.verifying.cfn_lint_data import (
    ResourceSchema,
    resource_type,
    runtime_dates,
    template_limit,
)
from knowledge.verifying.member import Measure, Member
from knowledge.verifying.stated import Stated, names, numbers_in
from knowledge.verifying.verify import verify

MODEL: dict[str, Any] = {
    "operations": {
        "Run": {
            "input": {"shape": "RunRequest"},
            "output": {"shape": "RunResponse"},
            "documentation": "<p>Runs for at most <code>15 minutes</code> &amp; no longer.</p>",
        }
    },
    "shapes": {
        "RunRequest": {
            "type": "structure",
            "required": ["Name"],
            "members": {
                "Name": {"shape": "Name", "documentation": "<p>Up to 64 characters.</p>"},
                "Timeout": {"shape": "Seconds", "documentation": "<p>How long, in seconds.</p>"},
                "DelaySeconds": {"shape": "Seconds"},
                "RetentionDays": {"shape": "Days"},
                "SizeInKiB": {"shape": "Size"},
                "Mode": {"shape": "Mode"},
                "Rules": {"shape": "Rules"},
                "Data": {"shape": "Data"},
            },
        },
        "RunResponse": {"type": "structure", "members": {"Id": {"shape": "Name"}}},
        "Name": {"type": "string", "max": 64, "min": 2},
        "Seconds": {"type": "integer", "max": 900, "min": 1},
        "Size": {"type": "integer", "max": 1024},
        "Days": {"type": "integer", "max": 14},
        "Mode": {"type": "string", "enum": ["DRY_RUN", "Event"]},
        "Rules": {"type": "list", "max": 100, "member": {"shape": "Rule"}},
        "Rule": {"type": "structure", "members": {"Kinds": {"shape": "Kinds"}}},
        "Kinds": {"type": "list", "member": {"shape": "Mode"}},
        "Data": {"type": "blob", "max": 4096},
        "TooMany": {"type": "structure", "exception": True, "error": {"code": "TooManyRuns"}},
    },
}
TYPE = {
    "properties": {
        "Timeout": {"type": "integer", "maximum": 900, "minimum": 1, "description": "In seconds."},
        "Name": {"type": "string", "maxLength": 64},
        "Rules": {"type": "array", "maxItems": 100, "items": {"$ref": "#/definitions/Rule"}},
    },
    "definitions": {
        "Rule": {
            "properties": {"Mode": {"type": "string", "enum": ["On", "Off"]}},
            "required": ["Mode"],
        }
    },
    "required": ["Name"],
    "createOnlyProperties": ["/properties/Name"],
}
LIFE = {
    "python3.9": {"deprecated": "2025-12-15", "create-block": "2027-02-01"},
    "python3.10": {"deprecated": "2026-10-31"},
}
RATE = FactValue("calls", Unit.TRANSACTIONS_PER_SECOND, max=5)
MINUTES = FactValue("runs", Unit.MINUTES, max=15)


@pytest.fixture(autouse=True)
def small_models(monkeypatch: pytest.MonkeyPatch) -> None:
    models = {"runner": ServiceModel(MODEL)}
    types = {"AWS::Run::Run": ResourceSchema(TYPE)}
    monkeypatch.setattr(judging, "service_model", models.get)
    monkeypatch.setattr(judging, "resource_type", types.get)
    monkeypatch.setattr(judging, "runtime_dates", lambda: LIFE)
    monkeypatch.setattr(judging, "template_limit", {"Resources.number": 500}.get)


def fact(check: str, answer: str = "", value: FactValue | None = None) -> Fact:
    assert check_fault(check) is None
    return Fact(
        id="runner-one", service="runner", title="Runs", answer=answer, detail=None, was=None,
        keywords=(), phrasings=(), related=(), source="", checked="", quiz=(),
        check=check, value=value,
    )  # fmt: skip


def verdict(check: str, answer: str = "", value: FactValue | None = None) -> str | None:
    """What the check says about a fact; None if it holds."""
    report = verify([fact(check, answer, value)])
    assert report.checks == {parse_check(check).program: 1}
    return str(report.mismatches[0]) if report.mismatches else None


@pytest.mark.parametrize(
    ("check", "answer", "value"),
    [
        ("botocore runner Run.Timeout max", "", MINUTES),
        ("botocore runner Run.DelaySeconds max", "", MINUTES),
        ("botocore runner Run.DelaySeconds max", "Runs end after 15 minutes.", None),
        ("botocore runner Run.DelaySeconds max", "Up to 900 in all.", None),
        ("botocore runner Run.RetentionDays max", "Two weeks.", None),
        ("botocore runner Run.Rules max", "Five a second, 100 rules.", RATE),
        ("botocore runner Run.SizeInKiB max", "", FactValue("size", Unit.MIB, max=1)),
        ("botocore runner Run.DelaySeconds min", "One second at least.", None),
        ("botocore runner Run.Name max", "", FactValue("name", Unit.CHARACTERS, max=64)),
        ("botocore runner Run.Rules max", "", FactValue("rules", Unit.COUNT, max=100)),
        ("botocore runner Run.Data max", "", FactValue("data", Unit.KIB, max=4)),
        ("botocore runner Run.Data max", "4 KB of data.", None),
        ("botocore runner Run.Mode enum", "Modes are dry-run and event.", None),
        ("botocore runner Run.Rules.Kinds enum Event", "Take Event.", None),
        ("botocore runner Run.Rules.Kinds exists", "", None),
        ("botocore runner Run.Id exists", "", None),
        ("botocore runner Run exists", "", None),
        ("botocore runner Rule.Kinds exists", "", None),
        ("botocore runner error TooMany", "TooMany means slow down.", None),
        ("botocore runner error TooManyRuns", "TooManyRuns means slow down.", None),
        ('botocore-doc runner Run "at most 15 minutes & no longer"', "900 seconds.", None),
        ('botocore-doc runner Run.Name "Up to 64 characters"', "64 characters.", None),
        ("cfn-lint property AWS::Run::Run Timeout max", "", MINUTES),
        ("cfn-lint property AWS::Run::Run Rules max", "Up to 100.", None),
        ("cfn-lint property AWS::Run::Run Name max", "64 characters.", None),
        ("cfn-lint property AWS::Run::Run Rules.Mode enum", "On or off.", None),
        ("cfn-lint property AWS::Run::Run Rules.Mode exists", "", None),
        ("cfn-lint property AWS::Run::Run Rules.Mode required", "", None),
        ("cfn-lint property AWS::Run::Run Name create-only", "", None),
        ("cfn-lint limits Resources.number", "500 resources.", None),
        ("cfn-lint limits Resources.number", "", FactValue("a", Unit.COUNT, max=500)),
    ],
)
def test_what_is_right_holds(check: str, answer: str, value: FactValue | None) -> None:
    assert verdict(check, answer, value) is None


@pytest.mark.parametrize(
    ("check", "answer", "value", "expected"),
    [
        ("botocore runner Run.Timeout max", "", FactValue("r", Unit.MINUTES, max=30), "30 minutes"),
        ("botocore runner Run.DelaySeconds max", "", FactValue("r", Unit.HOURS, max=900), "900"),
        ("botocore runner Run.Timeout max", "15 hours.", None, "no such number"),
        ("botocore runner Run.RetentionDays max", "14 seconds.", None, "no such number"),
        ("botocore runner Run.Timeout max", "900 hours.", None, "no such number"),
        # A value wins over what else the text says.
        (
            "botocore runner Run.Timeout max",
            "15 minutes",
            FactValue("r", Unit.DAYS, max=1),
            "1 day",
        ),
        ("botocore runner Run.Timeout min", "", FactValue("r", Unit.SECONDS, min=3), "says 1"),
        ("botocore runner Run.Data max", "", FactValue("d", Unit.KIB, max=5), "says 4,096"),
        ("botocore runner Run.Data max", "5 KB.", None, "says 4,096"),
        ("botocore runner Run.Name max", "65 characters.", None, "says 64"),
        ("botocore runner Run.Rules max", "100 KB.", None, "says 100"),
        ("botocore runner Run.Mode max", "5.", None, "has none"),
        ("botocore runner Run.Mode enum", "Only the event.", None, "nothing of DRY_RUN"),
        ("botocore runner Run.Mode enum Event", "Only dry-run.", None, "nothing of Event"),
        ("botocore runner Run.Mode enum GONE", "GONE is one.", None, "there is GONE"),
        ("botocore runner Run.Name enum", "Any.", None, "lists none"),
        ("botocore runner error TooMany", "Slow down.", None, "nothing of TooMany"),
        ('botocore-doc runner Run "at most 20 minutes"', "20 minutes.", None, "no longer has"),
        ('botocore-doc runner Run "15 minutes"', "20 minutes.", None, "nothing of 15"),
        ('botocore-doc runner Run "15 minutes"', "15 hours.", None, "nothing of 15"),
        ("cfn-lint property AWS::Run::Run Timeout max", "16 minutes.", None, "says 900"),
        ("cfn-lint property AWS::Run::Run Timeout min", "2 seconds.", None, "says 1"),
        ("cfn-lint property AWS::Run::Run Rules.Mode enum", "On.", None, "nothing of Off"),
        ("cfn-lint property AWS::Run::Run Timeout required", "", None, "says it isn't"),
        ("cfn-lint property AWS::Run::Run Timeout create-only", "", None, "says it doesn't"),
        ("cfn-lint property AWS::Run::Run Rules.Mode create-only", "", None, "says it doesn't"),
        ("cfn-lint limits Resources.number", "200 resources.", None, "says 500"),
        ("botocore runner Run.Rules max", "5 a second.", RATE, "no such number"),
        ("botocore runner Run.SizeInKiB max", "", FactValue("s", Unit.MB, max=2), "says 1,024"),
    ],
)
def test_what_is_wrong_fails(
    check: str, answer: str, value: FactValue | None, expected: str
) -> None:
    found = verdict(check, answer, value)
    assert found is not None and expected in found
    assert found.startswith(f"runner-one: {check}: the fact says ")


@pytest.mark.parametrize(
    "check",
    [
        *(f"botocore runner Run.Gone {claim}" for claim in ("min", "max", "enum", "exists")),
        "botocore runner Gone exists",
        "botocore runner Run.Name.Gone exists",
        "botocore runner error Gone",
        "botocore runner error Rule",
        "botocore gone Run exists",
        'botocore-doc runner Run.Gone "text"',
        'botocore-doc gone Run "text"',
        *(
            f"cfn-lint property AWS::Run::Run Gone {claim}"
            for claim in ("min", "max", "enum", "exists", "required", "create-only")
        ),
        "cfn-lint property AWS::Run::Run Rules.Gone exists",
        "cfn-lint property AWS::Run::Gone Name exists",
        "cfn-lint limits Gone.number",
        "cfn-lint runtimes gone1.x",
    ],
)
def test_what_is_gone_fails(check: str) -> None:
    assert verdict(check, "Gone, Rule, 1, text.") is not None


@pytest.mark.parametrize(
    ("milestones", "expected"),
    [
        ([("deprecated", "python3.9", "2025-12-15")], None),
        ([("blocked for new functions", "python3.9", "2027-02-01")], None),
        ([("deprecated", "python3.9", "2025-12-14")], "on 2025-12-14, the model says 2025-12-15"),
        ([("blocked for updates", "python3.9", "2027-03-03")], "the model says nothing of it"),
        ([("retired", "python3.9", "2025-12-15")], "the model says nothing of it"),
        ([("deprecated", "python3.10", "2026-10-31")], "no day for python3.9"),
        ([], "no day for python3.9"),
        (
            [("deprecated", "python3.9", "2025-12-15"), ("deprecated", "python3.10", "2026-10-30")],
            "python3.10 is deprecated on 2026-10-30, the model says 2026-10-31",
        ),
        (
            [("deprecated", "python3.9", "2025-12-15"), ("deprecated", "python4", "2026-10-30")],
            "the model says nothing of it",
        ),
    ],
)
def test_the_days_of_runtimes_are_those_of_cfn_lint(
    milestones: list[tuple[str, str, str]], expected: str | None
) -> None:
    dated = replace(
        fact("cfn-lint runtimes python3.9"),
        milestones=tuple(Milestone(*item) for item in milestones),
    )
    found = verify([dated]).mismatches
    assert (expected is None and not found) or (expected is not None and expected in str(found[0]))


def test_the_report_counts_and_lists() -> None:
    right, wrong = "botocore runner Run exists", "cfn-lint limits Resources.number"
    facts = [fact(right), fact(wrong), fact(right)]
    report = verify(facts)
    assert report.summary() == "3 checks (2 botocore, 1 cfn-lint), 1 fact no longer matches"
    assert report.as_dict() == {
        "checks": {"botocore": 2, "cfn-lint": 1},
        "mismatches": [
            {"fact": "runner-one", "check": wrong, "says": "no such number", "found": "says 500"}
        ],
    }
    assert verify([]).summary() == "0 checks (none), 0 facts no longer match"


def test_a_check_is_taken_apart() -> None:
    check = parse_check('botocore-doc sqs CreateQueue.Attributes "a  text of "')
    assert (check.program, check.claim) == (Program.BOTOCORE_DOC, Claim.TEXT)
    assert (check.source, check.path, check.values) == (
        "sqs", "CreateQueue.Attributes", ("a  text of ",),
    )  # fmt: skip
    with pytest.raises(ValueError, match="must begin with"):
        parse_check("sam-translator resource AWS::Serverless::Function")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("up to 10,240 MB, then", [Stated(10_240, Unit.MB)]),
        ("345,600 is it", [Stated(345_600)]),
        ("a 15-minute limit", [Stated(15, Unit.MINUTES)]),
        ("two hours", [Stated(2, Unit.HOURS)]),
        ("10,000 requests per second", [Stated(10_000, Unit.REQUESTS_PER_SECOND)]),
        ("nodejs24.x, HTTP2 and 1.5 GB.", [Stated(1.5, Unit.GB)]),
    ],
)
def test_numbers_are_read_from_text(text: str, found: list[Stated]) -> None:
    assert list(numbers_in(text)) == found


def test_a_value_is_named_in_any_spelling() -> None:
    shown = fact("botocore runner Run exists", "Take Standard-IA on arm64, published versions.")
    assert all(names(shown, value) for value in ("STANDARD_IA", "arm64", "PublishedVersions"))
    assert not any(names(shown, value) for value in ("IA_STANDARD", "arm", "ublished"))


def test_the_real_models_are_read() -> None:
    sts, s3 = service_model("sts"), service_model("s3")
    assert sts and s3 and service_model("nothing") is None
    name = sts.member("AssumeRole.RoleSessionName")
    assert name is not None and name.required
    assert (name.measure, name.min, name.max) == (Measure.CHARACTERS, 2, 64)
    assert s3.has_error("NoSuchKey") and not s3.has_error("NoSuchThing")
    age = s3.member("CORSConfiguration.CORSRules.MaxAgeSeconds")
    assert age is not None and "preflight" in age.documentation


@pytest.mark.slow
def test_cfn_lints_data_are_read() -> None:
    function, sam = (
        resource_type("AWS::Lambda::Function"),
        resource_type("AWS::Serverless::Function"),
    )
    assert function and sam and resource_type("AWS::Lambda::Nothing") is None
    name, code, timeout = (
        function.member("FunctionName"),
        function.member("Code"),
        sam.member("Timeout"),
    )
    assert name and code and timeout
    assert (name.create_only, name.required, code.required) == (True, False, True)
    assert (timeout.measure, timeout.min) == (Measure.NUMBER, 1)
    assert template_limit("Resources.number") == 500 and template_limit("Resources") is None
    assert runtime_dates()["python3.8"]["deprecated"] == "2024-10-14"


def test_a_name_without_a_word_has_no_unit() -> None:
    assert Member("_", Measure.NUMBER, max=5).max == 5
    assert Stated(5, Unit.SECONDS).means(5, Member("_", Measure.NUMBER, max=5))
