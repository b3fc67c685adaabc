"""The facts as the people of one workspace get them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from knowledge import KnowledgeBase

_NO_NOTES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TeamKnowledge:
    """The built-in facts with a workspace's own, and what its people said about them.

    `own` has the IDs of facts that the workspace wrote or changed, `disputed` those that are under
    review, `notes` the workspace's remarks by the facts' IDs.
    """

    knowledge: KnowledgeBase
    own: frozenset[str] = frozenset()
    disputed: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=lambda: _NO_NOTES)
