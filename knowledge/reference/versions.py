"""Which versions of the packages the file is made of, and what it is called for that reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("botocore", "cfnlint")
"""The modules of the packages that the extra `reference` installs."""
SUFFIX = ".names.sqlite3"


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of the installed packages."""

    botocore: str
    cfn_lint: str

    @property
    def file_name(self) -> str:
        """Another one after each upgrade, of the packages and of what builds the file."""
        digest = hashlib.sha256(f"{self.botocore} {self.cfn_lint}".encode())
        for path in sorted((Path(__file__).parent / "building").glob("*.py")):
            digest.update(path.read_bytes())
        made_of = f"botocore-{self.botocore}-cfn-lint-{self.cfn_lint}"
        return f"{made_of}-{digest.hexdigest()[:8]}{SUFFIX}"


def installed_versions() -> Versions | None:
    """What is installed; None unless both packages are."""
    if not all(find_spec(name) for name in PACKAGES):
        return None
    from importlib import metadata

    return Versions(metadata.version("botocore"), metadata.version("cfn-lint"))
