"""What can be chosen from when a seminar is founded, in words."""

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

from app.founding import template
from app.founding.faults import BrokenTemplate, Fault
from app.i18n import _
from app.models.seminars import Anonymity

# The policies that the platform keeps to today; one that it does not must not be promised.
ANONYMITY: tuple[tuple[Anonymity, str, str], ...] = (
    (
        Anonymity.PSEUDONYMOUS,
        _("Pseudonymous"),
        _("The panel and the facilitators see pseudonyms. Who is behind them is kept apart, encrypted."),
    ),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A template of the catalogue: what it brings, or why it cannot be used."""

    name: str
    title: str
    language: str
    elements: int
    stakeholders: int
    frameworks: int
    threats: int
    gaps: int
    opportunities: int
    options: int
    criteria: int
    rounds: int
    terms: int
    example_start: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A template of the catalogue that cannot be used, and why."""

    name: str
    faults: list[Fault]


def templates() -> list[Offer | Broken]:
    """The catalogue, each template read anew."""
    return [_offer(name, folder) for name, folder in template.catalogue().items()]


def zones() -> list[str]:
    """The names of time zones that people use: those of places, and UTC."""
    places = {
        name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix"))
    }
    return ["UTC", *sorted(places)]


def _offer(name: str, folder: Path) -> Offer | Broken:
    try:
        found = template.load(folder)
    except BrokenTemplate as broken:
        return Broken(name, broken.faults)
    kinds = [finding.kind for finding in found.findings.findings]
    return Offer(
        name=name,
        title=found.mandate.meta.title,
        language=found.mandate.meta.language,
        elements=len(found.mandate.elements),
        stakeholders=len(found.stakeholders.stakeholders),
        frameworks=len(found.frameworks.frameworks),
        threats=len(found.threats.threats),
        gaps=kinds.count("gap"),
        opportunities=kinds.count("opportunity"),
        options=len(found.options.options),
        criteria=len(found.criteria.criteria) + 1,
        rounds=len(found.rounds.rounds),
        terms=len(found.glossary.terms),
        example_start=found.rounds.plan.example_start,
    )
