"""Find contradictions between a fact and a model: what each says, or None if they agree."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.files.verification import Check, Claim, Program
from knowledge.model import Fact
from knowledge.values import Quantity
from knowledge.verifying.botocore_models import service_model
from knowledge.verifying.cfn_lint_data import resource_type, runtime_dates, template_limit
from knowledge.verifying.member import Member
from knowledge.verifying.stated import Stated, fact_text, names, numbers_in, numbers_of

_CHANGES = {
    "deprecated": "deprecated",
    "blocked for new functions": "create-block",
    "blocked for updates": "update-block",
}
"""cfn-lint's words for what happens to a runtime."""


class Contradiction(NamedTuple):
    """What the fact says, and what the model says."""

    fact: str
    model: str


def contradiction(fact: Fact, check: Check) -> Contradiction | None:
    """Carry out one check. Raises ImportError if the program it names is not installed."""
    if check.claim is Claim.RUNTIME:
        return _runtime(fact, check)
    if check.claim is Claim.LIMIT:
        limit = template_limit(check.path)
        if limit is None:
            return _missing(check.path, "cfn-lint's limits")
        return _number(fact, limit, Member(check.path), None)
    if check.program is Program.CFN_LINT:
        known = resource_type(check.source)
        return _claimed(fact, check, known.member(check.path)) if known else _unknown(check)
    model = service_model(check.source)
    if model is None:
        return _unknown(check)
    if check.claim is Claim.ERROR:
        return _error(fact, check.path, model.has_error(check.path))
    return _claimed(fact, check, model.member(check.path))


def _claimed(fact: Fact, check: Check, member: Member | None) -> Contradiction | None:
    """What contradicts a claim about a member."""
    if member is None:
        return _missing(check.path, check.source)
    if check.claim is Claim.MIN or check.claim is Claim.MAX:
        return _bound(fact, check.claim, member)
    if check.claim is Claim.ENUM:
        return _enum(fact, check.values, member)
    if check.claim is Claim.TEXT:
        return _text(fact, check.values[0], member)
    if check.claim is Claim.REQUIRED and not member.required:
        return Contradiction(f"{check.path} is required", "says it isn't")
    if check.claim is Claim.CREATE_ONLY and not member.create_only:
        return Contradiction(f"changing {check.path} replaces the resource", "says it doesn't")
    return None


def _bound(fact: Fact, claim: Claim, member: Member) -> Contradiction | None:
    number = member.min if claim is Claim.MIN else member.max
    if number is None:
        return Contradiction(f"there is a {claim}", "has none")
    value = fact.value
    typed = (value.minimum if claim is Claim.MIN else value.maximum) if value else None
    return _number(fact, number, member, Stated(typed.number, typed.unit) if typed else None)


def _number(
    fact: Fact, number: int | float, member: Member, typed: Stated | None
) -> Contradiction | None:
    """The typed value, or where that is about something else any number, must be the model's."""
    if typed and typed.unit and member.can_count(typed.unit):
        agreed = typed.means(number, member)
        said = str(Quantity(typed.number, typed.unit))
    else:
        agreed = any(stated.means(number, member) for stated in numbers_of(fact))
        said = "no such number"
    return None if agreed else Contradiction(said, f"says {number:,}")


def _enum(fact: Fact, wanted: tuple[str, ...], member: Member) -> Contradiction | None:
    if not member.enum:
        return Contradiction(f"{member.name} has fixed values", "lists none")
    gone = [value for value in wanted if value not in member.enum]
    if gone:
        return Contradiction(f"there is {', '.join(gone)}", f"lists {', '.join(member.enum)}")
    unnamed = [value for value in wanted or member.enum if not names(fact, value)]
    if unnamed:
        return Contradiction(f"nothing of {', '.join(unnamed)}", f"lists {', '.join(member.enum)}")
    return None


def _error(fact: Fact, name: str, is_known: bool) -> Contradiction | None:
    if not is_known:
        return _missing(f"the error {name}", "its errors")
    if any(name in text for text in (*fact.errors, *fact.keywords, fact_text(fact))):
        return None
    return Contradiction(f"nothing of {name}", "has that error")


def _text(fact: Fact, quoted: str, member: Member) -> Contradiction | None:
    """The documentation must hold the text, and the fact the numbers in it."""
    if " ".join(quoted.split()) not in member.documentation:
        return Contradiction(
            f"“{quoted}”", f"no longer has that text in the documentation of {member.name}"
        )
    stated = numbers_of(fact)
    for number in numbers_in(quoted):
        if not any(number.agrees(other) for other in stated):
            return Contradiction(f"nothing of {number.number:,}", f"says “{quoted}”")
    return None


def _runtime(fact: Fact, check: Check) -> Contradiction | None:
    """Every day that the fact gives for a runtime must be the one that cfn-lint has."""
    known = runtime_dates()
    if check.path not in known:
        return _missing(check.path, "cfn-lint's runtimes")
    if not any(milestone.of == check.path for milestone in fact.milestones):
        return Contradiction(f"no day for {check.path}", f"has {known[check.path]}")
    for milestone in fact.milestones:
        day = known.get(milestone.of, {}).get(_CHANGES.get(milestone.event, ""))
        if day != milestone.on:
            return Contradiction(
                f"{milestone.of} is {milestone.event} on {milestone.on}",
                f"says {day or 'nothing of it'}",
            )
    return None


def _missing(name: str, where: str) -> Contradiction:
    return Contradiction(f"there is {name}", f"has no such name in {where}")


def _unknown(check: Check) -> Contradiction:
    return Contradiction(f"there is {check.source}", "knows nothing of that name")
