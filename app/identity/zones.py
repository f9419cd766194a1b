"""The time zones to choose from, by part of the world."""

from functools import lru_cache
from zoneinfo import available_timezones

REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@lru_cache
def zones_by_region() -> dict[str, list[tuple[str, str]]]:
    """Names of zones with the city as people write it."""
    regions: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for name in sorted(available_timezones()):
        region, _, city = name.partition("/")
        if region in regions and city:
            regions[region].append((name, city.replace("_", " ").replace("/", ", ")))
    return regions
