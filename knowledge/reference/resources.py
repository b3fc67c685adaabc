"""Sentences about CloudFormation's resource types and their properties."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.reference.questions import Intent
from knowledge.reference.records import Change, Property, ResourceType
from knowledge.reference.wording import Found, Source, in_words

MAX_TYPES = 5
_WELL_KNOWN = ("S3", "Lambda", "EC2", "DynamoDB", "SQS", "SNS", "IAM", "RDS", "ECS", "KMS", "Logs")
"""The services whose resource types come first."""
_SCHEMA = Source.RESOURCE_SCHEMA
_EFFECTS = {
    Change.UPDATES: "No: by the schema, changing {} doesn't replace the resource.",
    Change.REPLACES: "Yes: changing {} replaces the resource.",
    Change.DEPENDS: "It depends: some changes of {} replace the resource, others don't.",
}


def about_type(type_: ResourceType, names: Sequence[str], intents: Intent) -> Found | None:
    """About a resource type, or its properties of these names; None if a name leads nowhere."""
    if not names:
        return Found(type_.name, _overview(type_, intents), _SCHEMA, _keys(type_, intents))
    if len(names) > 1:
        return None
    name = names[0]
    paths = [path for path in type_.properties if name in (path, path.rsplit(".", 1)[-1])]
    if not paths:
        return _unknown(type_, name)
    path = min(paths, key=lambda path: path.count("."))
    text = _property(type_, path, intents)
    keys = type_.properties[path].values if intents & Intent.VALUES else ()
    asked = "requir" if intents & Intent.REQUIRED else "replac"
    return Found(f"{path} of {type_.name}", text, _SCHEMA, keys or (name, asked))


def about_property(name: str, found: Sequence[tuple[str, str, Change]]) -> Found:
    """What a change of a property does, in every resource type that has it."""
    changes = {change for _, _, change in found}
    found = sorted(found, key=lambda one: _rank(one[0]))
    types = [type_ for type_, _, _ in found]
    if len(changes) == 1:
        effect = _EFFECTS[changes.pop()].format(name)
        whose = f"That holds for {in_words(types, MAX_TYPES)}."
        return Found(name, f"{effect} {whose}", _SCHEMA, (name, "replac"))
    parts = [
        f"{verb} {in_words([type_ for type_, _, own in found if own is change], MAX_TYPES)}."
        for change, verb in (
            (Change.REPLACES, f"Changing {name} replaces the resource if it is of"),
            (Change.DEPENDS, "It depends on the change for"),
            (Change.UPDATES, "It doesn't for"),
        )
        if change in changes
    ]
    return Found(name, " ".join(parts), _SCHEMA, (name, "replac"))


def _overview(type_: ResourceType, intents: Intent) -> str:
    parts = []
    if intents & Intent.REQUIRED:
        parts.append(_required(type_))
    if intents & Intent.CHANGE:
        parts.append(_replacing(type_))
    if intents & Intent.ATTRIBUTES:
        parts.append(_attributes(type_))
    if intents & Intent.PARAMETERS and not parts:
        parts.append(_properties(type_))
    if parts:
        return " ".join(parts)
    intro = f"{type_.name} is a resource type of CloudFormation."
    return " ".join((intro, _required(type_), _replacing(type_)))


def _keys(type_: ResourceType, intents: Intent) -> tuple[str, ...]:
    if intents & Intent.REQUIRED and type_.required:
        return type_.required
    if intents & Intent.CHANGE:
        replacing = (path for path, own in type_.properties.items() if own.change)
        return tuple(replacing) or ("replac",)
    return type_.attributes if intents & Intent.ATTRIBUTES else (type_.name,)


def _required(type_: ResourceType) -> str:
    either = f" It also needs {' or '.join(type_.either)}." if type_.either else ""
    if not type_.required:
        return f"{type_.name} has no required properties.{either}"
    noun = "property" if len(type_.required) == 1 else "properties"
    text = f"{type_.name} always needs the {noun} {in_words(type_.required)}.{either}"
    return f"{text} Others may be needed depending on what you set."


def _replacing(type_: ResourceType) -> str:
    if type_.never_updates:
        return f"Changing any property of {type_.name} replaces the resource."
    changes = {path: content.change for path, content in type_.properties.items()}
    replacing = [path for path, change in changes.items() if change is Change.REPLACES]
    depending = [path for path, change in changes.items() if change is Change.DEPENDS]
    if not replacing and not depending:
        return f"No change of a property replaces {type_.name}."
    parts = []
    if replacing:
        parts.append(f"Changing {in_words(replacing, joint='or')} replaces the resource.")
    if depending:
        parts.append(f"Some changes of {in_words(depending)} replace it, others don't.")
    return " ".join(parts)


def _attributes(type_: ResourceType) -> str:
    if not type_.attributes:
        return f"{type_.name} has no read-only attributes."
    return f"The read-only attributes of {type_.name} are {in_words(type_.attributes)}."


def _property(type_: ResourceType, path: str, intents: Intent) -> str:
    property_, parts = type_.properties[path], []
    if intents & Intent.CHANGE:
        effect = _effect(type_, path, property_)
        parts.append(_capitalized(effect) if intents & Intent.NEGATED else effect)
    if intents & Intent.REQUIRED and not intents & Intent.CHANGE:
        parts.append(_is_required(type_, path))
    if intents & Intent.VALUES:
        parts.append(_allowed(path, property_))
    if parts:
        return " ".join(parts)
    parts = [f"Yes: {path} is a property of {type_.name}."]
    parts.append(_capitalized(_effect(type_, path, property_)))
    if property_.values:
        parts.append(_allowed(path, property_))
    return " ".join(parts)


def _capitalized(answer: str) -> str:
    """A sentence without the yes or no in front of it."""
    sentence = answer.partition(": ")[2]
    return f"{sentence[:1].upper()}{sentence[1:]}"


def _effect(type_: ResourceType, path: str, property_: Property) -> str:
    if type_.never_updates:
        return f"Yes: changing any property of {type_.name} replaces the resource."
    change = property_.change
    parent = path
    while change is Change.UPDATES and "." in parent:  # what holds for a property holds below it
        parent = parent.rpartition(".")[0]
        change = type_.properties.get(parent, Property()).change
    return _EFFECTS[change].format(path)


def _is_required(type_: ResourceType, path: str) -> str:
    if "." in path:
        return f"{path} is only needed where {path.rpartition('.')[0]} is."
    if path in type_.required:
        return f"Yes: {type_.name} always needs {path}."
    if path in type_.either:
        return f"It depends: {type_.name} needs {' or '.join(type_.either)}."
    return f"No: {type_.name} doesn't always need {path}. {_required(type_)}"


def _allowed(path: str, property_: Property) -> str:
    if not property_.values:
        return f"The schema names no allowed values for {path}."
    return f"{path} can be {in_words(property_.values, joint='or')}."


def _unknown(type_: ResourceType, name: str) -> Found:
    if name in type_.attributes:
        text = f"{name} is a read-only attribute of {type_.name}, not a property to set."
        return Found(f"{name} of {type_.name}", text, _SCHEMA, (name,))
    text = f"No: {type_.name} has no property {name}. {_properties(type_)}"
    return Found(type_.name, text, _SCHEMA, (name,))


def _properties(type_: ResourceType) -> str:
    names = [path for path in type_.properties if "." not in path]
    if not names:
        return f"{type_.name} has no properties to set."
    return f"The properties of {type_.name} are {in_words(names)}."


def _rank(type_: str) -> int:
    service = type_.split("::")[1]
    return _WELL_KNOWN.index(service) if service in _WELL_KNOWN else len(_WELL_KNOWN)
