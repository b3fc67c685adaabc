"""Build the file of exact names as a process of its own: python -m knowledge.reference PATH."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from knowledge.reference.building.builder import build
from knowledge.reference.versions import installed_versions

NICENESS = 10
"""Whoever answers questions meanwhile goes first."""


def main() -> None:
    versions = installed_versions()
    if versions is None:
        sys.exit("botocore and cfn-lint are not both installed")
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    build(Path(sys.argv[1]), versions)


if __name__ == "__main__":
    main()
