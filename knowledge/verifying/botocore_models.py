"""The models of AWS's APIs that come with botocore, each read once."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

from knowledge.verifying.member import Measure, Member

_TAG = re.compile(r"<[^>]+>")
_MEASURES = {
    "string": Measure.CHARACTERS,
    "blob": Measure.BYTES,
    "list": Measure.THINGS,
    "map": Measure.THINGS,
    "integer": Measure.NUMBER,
    "long": Measure.NUMBER,
    "float": Measure.NUMBER,
    "double": Measure.NUMBER,
}


class ServiceModel:
    """One service's API."""

    def __init__(self, model: dict[str, Any]) -> None:
        self._operations: dict[str, Any] = model["operations"]
        self._shapes: dict[str, Any] = model["shapes"]

    def member(self, path: str) -> Member | None:
        """An operation, a shape, or a member below one; None if there is no such thing.

        Lists and maps are stepped through: CORSConfiguration.CORSRules.MaxAgeSeconds.
        """
        first, *names = path.split(".")
        operation = self._operations.get(first)
        if operation is None:
            return self._below({"shape": first}, names, first) if first in self._shapes else None
        if not names:
            return Member(first, documentation=_plain(operation.get("documentation", "")))
        sides = (operation[side] for side in ("input", "output") if side in operation)
        return next((found for side in sides if (found := self._below(side, names, first))), None)

    def has_error(self, name: str) -> bool:
        """Whether an error goes by this name, or by this code on the wire."""
        for shape_name, shape in self._shapes.items():
            if shape.get("exception") and name in (shape_name, shape.get("error", {}).get("code")):
                return True
        return False

    def _below(self, reference: dict[str, Any], names: list[str], name: str) -> Member | None:
        required = None
        for name in names:
            shape = self._structure(reference)
            if name not in shape.get("members", {}):
                return None
            required = name in shape.get("required", ())
            reference = shape["members"][name]
        return self._member(reference, name, required)

    def _structure(self, reference: dict[str, Any]) -> dict[str, Any]:
        """The shape that a reference leads to, past lists and maps."""
        shape: dict[str, Any] = self._shapes[reference["shape"]]
        while inner := shape.get("member") or shape.get("value"):
            shape = self._shapes[inner["shape"]]
        return shape

    def _member(self, reference: dict[str, Any], name: str, required: bool | None) -> Member:
        shape = self._shapes[reference["shape"]]
        texts = (part.get("documentation", "") for part in (reference, shape))
        return Member(
            name,
            _MEASURES.get(shape["type"]),
            shape.get("min"),
            shape.get("max"),
            tuple(self._structure(reference).get("enum", ())),
            _plain(" ".join(texts)),
            required,
        )


@cache
def service_model(service: str) -> ServiceModel | None:
    """The model of a service by botocore's name for it, such as cognito-idp; None if unknown.

    Raises ImportError if botocore is not installed.
    """
    from botocore.exceptions import UnknownServiceError
    from botocore.loaders import Loader

    try:
        return ServiceModel(Loader().load_service_model(service, "service-2"))
    except UnknownServiceError:
        return None


def _plain(documentation: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", documentation)).split())
