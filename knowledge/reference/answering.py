"""Choose what to say about the names in a question."""

from __future__ import annotations

from knowledge.reference.errors import about_errors
from knowledge.reference.file import ReferenceFile
from knowledge.reference.operations import about_operations, lists_error
from knowledge.reference.parameters import about_parameter, about_value, allows
from knowledge.reference.questions import Intent, ReadQuestion
from knowledge.reference.regions import about_region, is_there, regions_of
from knowledge.reference.resolving import ExactName, Resolved, Resolver
from knowledge.reference.resources import about_property, about_type
from knowledge.reference.runtimes import about_runtime
from knowledge.reference.wording import Found

MAX_NAMES = 3
_SERVICES = frozenset(("service", "services", "apis"))


def answer(file: ReferenceFile, question: ReadQuestion) -> Found | None:
    """What the file says about what a question names; None if that isn't clear."""
    named = Resolver(file).resolve(question)
    if named is None or len(named.names) > MAX_NAMES:
        return None
    if named.types:
        return _type(named)
    unknown = [name for name in named.names if not _is_known(name)]
    if unknown and not _may_be_value(named):
        return None
    if named.runtime:
        return _runtime(file, named)
    if named.names:
        return _names(file, named)
    return _regions(question, named)


def _type(named: Resolved) -> Found | None:
    """About one resource type, unless an operation or an error is named, too."""
    has_others = any(name.operations or name.errors for name in named.names)
    if len(named.types) > 1 or named.regions or has_others:
        return None
    return about_type(named.types[0], [name.typed for name in named.names], named.intents)


def _is_known(name: ExactName) -> bool:
    return bool(name.operations or name.errors or name.parameters or name.values or name.properties)


def _may_be_value(named: Resolved) -> bool:
    """Whether an unknown name may be a value that a parameter doesn't allow."""
    has_parameter = any(name.parameters for name in named.names)
    return has_parameter and Intent.VALUES in named.intents


def _runtime(file: ReferenceFile, named: Resolved) -> Found | None:
    """About a runtime, if a mention of Lambda or of a date makes clear that one is meant."""
    is_meant = any(api.id == "lambda" for api in named.apis) or Intent.DATES in named.intents
    runtime = file.runtime(named.runtime) if is_meant and not named.names else None
    return about_runtime(runtime) if runtime else None


def _regions(question: ReadQuestion, named: Resolved) -> Found | None:
    if len(named.regions) == 1:
        region = named.regions[0]
        if named.apis:
            return is_there(named.apis, region)
        asks = bool(_SERVICES.intersection(map(str.lower, question.words)))
        return about_region(region, asks)
    if named.regions or not named.apis or Intent.REGION not in named.intents:
        return None
    return regions_of(named.apis)


def _names(file: ReferenceFile, named: Resolved) -> Found | None:
    """About an operation, an error, a parameter, a value, or two of them together."""
    if named.regions:
        return None
    names, apis, intents = named.names, named.apis, named.intents
    operations = [name for name in names if name.operations and not name.errors]
    errors = [name for name in names if name.errors]
    if len(names) == 1:
        return _single(file, names[0], named)
    if len(names) == 2 and operations and errors:
        return lists_error(file, operations[0].operations, errors[0].errors, apis)
    others = [name for name in names if not name.operations]
    parameters = [name for name in others if name.parameters]
    asking = operations[0].operations if operations else ()
    if len(parameters) == 1 and len(others) == 1:
        name = parameters[0]
        return about_parameter(file, name.typed, name.parameters, apis, asking)
    values = [name for name in others if name not in parameters[:1]]
    if parameters and len(values) == 1 and not intents & (Intent.ERRORS | Intent.CHANGE):
        name = parameters[0]
        return allows(name.typed, values[0].typed, name.parameters, apis, asking)
    return None


def _single(file: ReferenceFile, name: ExactName, named: Resolved) -> Found | None:
    apis, intents = named.apis, named.intents
    if name.properties and intents & Intent.CHANGE:
        return about_property(name.properties[0][1], name.properties)
    if intents & Intent.CHANGE:
        return None
    if name.errors and not (name.operations and intents & Intent.OPERATIONS):
        return about_errors(file, name.errors, apis, intents)
    if name.parameters and (intents & Intent.VALUES or not name.operations):
        return about_parameter(file, name.typed, name.parameters, apis)
    if name.operations:
        return about_operations(file, name.operations, apis, intents)
    if intents & (Intent.STATUS | Intent.ERRORS | Intent.REQUIRED):
        return None
    is_vague = not apis and Intent.VALUES not in intents
    return about_value(name.typed, name.values, apis, is_vague)
