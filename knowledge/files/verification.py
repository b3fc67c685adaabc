"""The `check` of a fact: one line that says which program can verify the fact, and how.

Only its form is checked here. These are the forms:

    botocore SERVICE OPERATION-OR-SHAPE[.MEMBER...] min|max|enum|exists
    botocore SERVICE error SHAPE
    botocore-doc SERVICE OPERATION-OR-SHAPE[.MEMBER...] "text"
    cfn-lint runtimes RUNTIME
    cfn-lint limits NAME
    cfn-lint property RESOURCE-TYPE PROPERTY min|max|enum|exists|required|create-only
    sam-translator resource|policy NAME
"""

from __future__ import annotations

import re

from knowledge.files.suggesting import did_you_mean

_SERVICE = r"[a-z0-9-]+"
_PATH = r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*"
_TYPE = r"[A-Za-z0-9]+(?:::[A-Za-z0-9]+){2}"
_FORMS = {
    "botocore": (
        rf"{_SERVICE} (?:error [A-Za-z0-9_.]+|{_PATH} (?:min|max|enum|exists))",
        "botocore SERVICE OPERATION.MEMBER min|max|enum|exists, or botocore SERVICE error SHAPE",
    ),
    "botocore-doc": (
        rf'{_SERVICE} {_PATH} "[^"]+"',
        'botocore-doc SERVICE OPERATION.MEMBER "text"',
    ),
    "cfn-lint": (
        r"runtimes [a-z0-9.]+|limits [A-Za-z0-9_.]+"
        rf"|property {_TYPE} {_PATH} (?:min|max|enum|exists|required|create-only)",
        "cfn-lint runtimes RUNTIME, cfn-lint limits NAME, or "
        "cfn-lint property TYPE PROPERTY min|max|enum|exists|required|create-only",
    ),
    "sam-translator": (
        r"(?:resource|policy) [A-Za-z0-9:]+",
        "sam-translator resource NAME, or sam-translator policy NAME",
    ),
}
PATTERN = "|".join(rf"^{name} (?:{form})$" for name, (form, _) in _FORMS.items())
"""What a well-formed check matches, for the JSON Schema too."""


def check_fault(check: str) -> str | None:
    """Say what is wrong with the form of a check; None if nothing is."""
    if re.search(PATTERN, check):
        return None
    program = check.split(maxsplit=1)[0]
    if program not in _FORMS:
        return (
            f"check must begin with {', '.join(_FORMS)}, not {program}."
            f"{did_you_mean(program, _FORMS)}"
        )
    return f"check cannot be read; write {_FORMS[program][1]}."
