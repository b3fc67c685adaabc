"""The `check` of a fact: one line that says which program can verify the fact, and how.

Only its form is read here; `knowledge.verifying` carries it out. These are the forms:

    botocore SERVICE OPERATION-OR-SHAPE[.MEMBER...] min|max|exists
    botocore SERVICE OPERATION-OR-SHAPE[.MEMBER...] enum [VALUE...]
    botocore SERVICE error SHAPE
    botocore-doc SERVICE OPERATION-OR-SHAPE[.MEMBER...] "text"
    cfn-lint runtimes RUNTIME
    cfn-lint limits NAME
    cfn-lint property RESOURCE-TYPE PROPERTY min|max|exists|required|create-only
    cfn-lint property RESOURCE-TYPE PROPERTY enum [VALUE...]

Without values, `enum` says that the fact names every value that there is; with values, that it
names these, and that they still exist.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.files.suggesting import did_you_mean


class Program(StrEnum):
    """Whose data a check trusts."""

    BOTOCORE = "botocore"
    BOTOCORE_DOC = "botocore-doc"
    CFN_LINT = "cfn-lint"


class Claim(StrEnum):
    """What a check says about a member, a property or a name."""

    MIN = "min"
    MAX = "max"
    ENUM = "enum"
    EXISTS = "exists"
    REQUIRED = "required"
    CREATE_ONLY = "create-only"
    ERROR = "error"
    TEXT = "text"
    RUNTIME = "runtimes"
    LIMIT = "limits"


@dataclass(frozen=True, slots=True)
class Check:
    """A check taken apart. `source` is the service or resource type; "" where there is none.

    `values` are those of an enum, or the one text that the documentation must hold.
    """

    program: Program
    claim: Claim
    source: str
    path: str
    values: tuple[str, ...] = ()


_SERVICE = r"[a-z0-9-]+"
_PATH = r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*"
_TYPE = r"[A-Za-z0-9]+(?:::[A-Za-z0-9]+){2}"
_ENUM = r'enum(?: [^\s"]+)*'
_FORMS = {
    Program.BOTOCORE: (
        rf"{_SERVICE} (?:error [A-Za-z0-9_.]+|{_PATH} (?:min|max|exists|{_ENUM}))",
        "botocore SERVICE OPERATION.MEMBER min|max|enum|exists, or botocore SERVICE error SHAPE",
    ),
    Program.BOTOCORE_DOC: (
        rf'{_SERVICE} {_PATH} "[^"]+"',
        'botocore-doc SERVICE OPERATION.MEMBER "text"',
    ),
    Program.CFN_LINT: (
        r"runtimes [a-z0-9.]+|limits [A-Za-z0-9_.]+"
        rf"|property {_TYPE} {_PATH} (?:min|max|exists|required|create-only|{_ENUM})",
        "cfn-lint runtimes RUNTIME, cfn-lint limits NAME, or "
        "cfn-lint property TYPE PROPERTY min|max|enum|exists|required|create-only",
    ),
}
PATTERN = "|".join(rf"^{name} (?:{form})$" for name, (form, _) in _FORMS.items())
"""What a well-formed check matches, for the JSON Schema too."""


def check_fault(check: str) -> str | None:
    """Say what is wrong with the form of a check; None if nothing is."""
    if re.search(PATTERN, check):
        return None
    program = check.split(maxsplit=1)[0]
    if program not in list(Program):
        return (
            f"check must begin with {', '.join(Program)}, not {program}."
            f"{did_you_mean(program, Program)}"
        )
    return f"check cannot be read; write {_FORMS[Program(program)][1]}."


def parse_check(check: str) -> Check:
    """Take a well-formed check apart. Raises ValueError for any other."""
    if fault := check_fault(check):
        raise ValueError(fault)
    program = Program(check.split(" ")[0])
    if program is Program.BOTOCORE_DOC:
        _, service, path, text = check.split(" ", 3)
        return Check(program, Claim.TEXT, service, path, (text.strip('"'),))
    _, kind, *rest = check.split(" ")
    if program is Program.BOTOCORE:
        path, claim, *values = rest
        if path == Claim.ERROR:
            return Check(program, Claim.ERROR, kind, claim)
        return Check(program, Claim(claim), kind, path, tuple(values))
    if kind != "property":
        return Check(program, Claim(kind), "", rest[0])
    source, path, claim, *values = rest
    return Check(program, Claim(claim), source, path, tuple(values))
