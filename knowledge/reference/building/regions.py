"""What botocore's list of endpoints says: Regions, and which APIs have endpoints in them.

Botocore's rules for endpoints compute an address for any Region, whether or not a service is
there, so they can't tell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.reference.building.service_names import joined
from knowledge.reference.building.tables import Row

_PLACE = re.compile(r"\(([^)]+)\)")
Endpoints = Mapping[str, Any]


def load_endpoints() -> Endpoints:
    """The content of botocore's endpoints.json."""
    from botocore.loaders import Loader

    loader = Loader([Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)
    endpoints: Endpoints = loader.load_data("endpoints")
    return endpoints


def regions_by_prefix(endpoints: Endpoints) -> dict[str, tuple[str, bool]]:
    """For each endpoint prefix, its Regions, separated by spaces, and whether it is global."""
    codes: defaultdict[str, list[str]] = defaultdict(list)
    global_ones: set[str] = set()
    for partition in endpoints["partitions"]:
        for prefix, service in partition["services"].items():
            codes[prefix] += [code for code in service["endpoints"] if code in partition["regions"]]
            if service.get("isRegionalized") is False:
                global_ones.add(prefix)
    return {
        prefix: (" ".join(sorted(found)), prefix in global_ones) for prefix, found in codes.items()
    }


def region_rows(endpoints: Endpoints, names: Mapping[str, str]) -> Iterator[Row]:
    """A row for each Region. `names` has an API's name by its endpoint prefix."""
    for partition in endpoints["partitions"]:
        for code, region in partition["regions"].items():
            name = region["description"]
            place = _PLACE.search(name)
            prefixes = [
                prefix
                for prefix, service in partition["services"].items()
                if code in service["endpoints"]
            ]
            apis = sorted({names[prefix] for prefix in prefixes if prefix in names}, key=str.lower)
            yield Row("regions", (code, name, joined(place[1] if place else name), "\n".join(apis)))
