"""Write the file in one step, so that nobody ever reads half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from knowledge.reference.building.api_models import api_rows, load_models
from knowledge.reference.building.cfn_lint_files import data_folder, resource_rows, runtime_rows
from knowledge.reference.building.regions import load_endpoints, region_rows, regions_by_prefix
from knowledge.reference.building.service_names import display_name
from knowledge.reference.building.tables import Row, write
from knowledge.reference.versions import SUFFIX, Versions

MAX_FILES = 2
"""Files to keep: two versions of factbot may take turns."""
ABANDONED_SECONDS = 3600.0
"""After this long, an unfinished file is removed: its process must have died."""


def build(path: Path, versions: Versions) -> None:
    """Write the file, and remove older ones beside it. Several processes may do so at once.

    Raises OSError if the folder can't be written, and ImportError if a package is missing.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(".tmp", dir=path.parent)
    os.close(descriptor)
    try:
        write(unfinished, _rows(versions))
        os.replace(unfinished, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(unfinished)
        raise
    with suppress(OSError):
        _tidy(path)


def _rows(versions: Versions) -> Iterator[Row]:
    """All rows, one model after the other, because together they take half a gigabyte."""
    yield Row("meta", ("botocore", versions.botocore))
    yield Row("meta", ("cfn-lint", versions.cfn_lint))
    endpoints, names = load_endpoints(), dict[str, str]()
    regions = regions_by_prefix(endpoints)
    for service, (api, model) in enumerate(load_models(), 1):
        prefix = str(model["metadata"]["endpointPrefix"])
        names.setdefault(prefix, display_name(api, model["metadata"]))
        yield from api_rows(service, api, model, *regions.get(prefix, ("", False)))
    yield from region_rows(endpoints, names)
    folder = data_folder()
    yield from resource_rows(folder)
    yield from runtime_rows(folder)


def _tidy(newest: Path) -> None:
    now = newest.stat().st_mtime
    files = sorted(newest.parent.glob(f"*{SUFFIX}"), key=lambda path: -path.stat().st_mtime)
    unfinished = newest.parent.glob("*.tmp")
    old = [path for path in unfinished if path.stat().st_mtime < now - ABANDONED_SECONDS]
    for path in (*(path for path in files[MAX_FILES:] if path != newest), *old):
        path.unlink(missing_ok=True)
