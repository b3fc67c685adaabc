"""Carry out the checks of facts and list the facts that no longer match.

https://github.com/boto/botocore, https://github.com/aws-cloudformation/cfn-lint
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from knowledge.counting import counted
from knowledge.files.verification import parse_check
from knowledge.model import Fact
from knowledge.verifying.judging import contradiction


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A fact that no longer matches: what it says, and what the program's data say."""

    fact: str
    check: str
    says: str
    found: str

    def __str__(self) -> str:
        return f"{self.fact}: {self.check}: the fact says {self.says}, the model {self.found}"


@dataclass(slots=True)
class VerificationReport:
    """How many checks were carried out by each program, and what didn't match."""

    checks: Counter[str] = field(default_factory=Counter)
    mismatches: list[FailedCheck] = field(default_factory=list)

    def summary(self) -> str:
        """How many checks each program made, and how many facts no longer match."""
        by_program = ", ".join(f"{number} {program}" for program, number in self.checks.items())
        failed = len(self.mismatches)
        outcome = counted(failed, "fact no longer matches", "facts no longer match")
        return f"{counted(self.checks.total(), 'check')} ({by_program or 'none'}), {outcome}"

    def as_dict(self) -> dict[str, object]:
        """Plain JSON values."""
        found = [asdict(mismatch) for mismatch in self.mismatches]
        return {"checks": dict(self.checks), "mismatches": found}


def verify(facts: Iterable[Fact]) -> VerificationReport:
    """Compare every fact that has a check with the data of the program that it names.

    Raises ImportError if that program is not installed.
    """
    report = VerificationReport()
    for fact in facts:
        if fact.check is None:
            continue
        check = parse_check(fact.check)
        report.checks[check.program] += 1
        if found := contradiction(fact, check):
            report.mismatches.append(FailedCheck(fact.id, fact.check, found.fact, found.model))
    return report
