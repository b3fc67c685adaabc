"""Sentences about Regions, and which APIs have endpoints in them."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.counting import counted
from knowledge.reference.records import Api, Region
from knowledge.reference.wording import Found, Source, in_words, well_known_first

MAX_APIS = 120
MAX_REGIONS = 40
_ENDPOINTS = Source.ENDPOINTS


def about_region(region: Region, asks_for_services: bool) -> Found:
    """What a Region is called, and which APIs have endpoints there if that is asked."""
    count = counted(len(region.apis), "API")
    text = f"{region.code} is {region.name}. The list has endpoints of {count} there"
    if asks_for_services:
        return Found(
            region.code, f"{text}: {in_words(region.apis, MAX_APIS)}.", _ENDPOINTS, region.apis
        )
    return Found(f"{region.code}: {region.name}", f"{text}.", _ENDPOINTS, (region.name,))


def is_there(apis: Sequence[Api], region: Region) -> Found | None:
    """Whether one of the APIs has an endpoint in a Region; None if that isn't listed."""
    listed = [api for api in well_known_first(apis) if api.regions or api.is_global]
    if not listed:
        return None
    api = next((api for api in listed if region.code in api.regions), listed[0])
    where, title = f"{region.code}, {region.name}", f"{api.name} in {region.code}"
    keys = (region.code,)
    if region.code in api.regions:
        return Found(title, f"Yes: {api.name} has an endpoint in {where}.", _ENDPOINTS, keys)
    if api.is_global:
        return Found(title, _global(api), _ENDPOINTS, keys)
    text = (
        f"No: the list has no endpoint of {api.name} in {where}. It has endpoints in "
        f"{in_words(api.regions, MAX_REGIONS)}. The list may be behind what AWS offers."
    )
    return Found(title, text, _ENDPOINTS, keys)


def regions_of(apis: Sequence[Api]) -> Found | None:
    """The Regions with an endpoint of an API; None if they aren't listed."""
    listed = [api for api in well_known_first(apis) if api.regions or api.is_global]
    if not listed:
        return None
    api = listed[0]
    if not api.regions:
        return Found(api.name, _global(api), _ENDPOINTS, ("global",))
    count = counted(len(api.regions), "Region")
    text = f"{api.name} has endpoints in {count}: {in_words(api.regions)}."
    return Found(f"Regions of {api.name}", text, _ENDPOINTS, api.regions)


def _global(api: Api) -> str:
    return f"{api.name} is a global service: it has one endpoint, whatever the Region."
