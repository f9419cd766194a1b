"""The kinds of items: the fields of each, and which may bear on which."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.i18n import _
from app.models.registers import Kind, LinkKind

Name = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Line = Annotated[str, StringConstraints(max_length=300)]
Passage = Annotated[str, StringConstraints(max_length=2000)]
Year = Annotated[int, Field(ge=1000, le=2999)]


class Fields(BaseModel):
    """The fields of an item beside its title and text; a kind may have none."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Element(Fields):
    """A part of the mandate, and the words of the paragraph on which it rests."""

    part: Literal["actor", "action", "object", "qualifier"]
    words: Line


class Threat(Fields):
    """A threat or risk, and what it has to do with."""

    scope: Name


class Stakeholder(Fields):
    """Someone who matters: an institution, a profession, an association."""

    short: Line = ""
    sector: Name
    level: Literal["international", "regional", "national", "industry", "civil_society"]
    core: bool = True


class Framework(Fields):
    """An instrument or initiative that exists already."""

    year: Year
    in_force: Year | None = None
    legal_nature: Name
    scope: Name
    note: Passage = ""


class Practice(Fields):
    """Something that has worked somewhere, and where to read of it."""

    source: Line = ""


class Gap(Fields):
    """Something that is missing."""


class Opportunity(Fields):
    """Something that could be built on."""


class Option(Fields):
    """A way forward: how soon, at what cost, and at the price of what."""

    time_horizon: Name
    cost_class: Name
    trade_off: Passage = ""


FIELDS: dict[Kind, type[Fields]] = {
    Kind.ELEMENT: Element,
    Kind.THREAT: Threat,
    Kind.STAKEHOLDER: Stakeholder,
    Kind.FRAMEWORK: Framework,
    Kind.PRACTICE: Practice,
    Kind.GAP: Gap,
    Kind.OPPORTUNITY: Opportunity,
    Kind.OPTION: Option,
}

# One item of the kind, by its name.
TITLES: dict[Kind, str] = {
    Kind.ELEMENT: _("Element of the mandate"),
    Kind.THREAT: _("Threat or risk"),
    Kind.STAKEHOLDER: _("Stakeholder"),
    Kind.FRAMEWORK: _("Framework or initiative"),
    Kind.PRACTICE: _("Good practice"),
    Kind.GAP: _("Gap"),
    Kind.OPPORTUNITY: _("Opportunity"),
    Kind.OPTION: _("Way forward"),
}

FINDINGS = (Kind.GAP, Kind.OPPORTUNITY)

# What each kind of link may lead from and to.
LINKS: dict[LinkKind, frozenset[tuple[Kind, Kind]]] = {
    LinkKind.ADDRESSES: frozenset({(Kind.OPTION, Kind.GAP)}),
    LinkKind.BUILDS_ON: frozenset({(Kind.OPTION, Kind.OPPORTUNITY), (Kind.OPTION, Kind.PRACTICE)}),
    LinkKind.LED_BY: frozenset({(Kind.OPTION, Kind.STAKEHOLDER)}),
    LinkKind.SUPPORTED_BY: frozenset({(Kind.OPTION, Kind.STAKEHOLDER)}),
    LinkKind.SERVES: frozenset({(Kind.OPTION, Kind.ELEMENT), (Kind.PRACTICE, Kind.ELEMENT)}),
    LinkKind.COVERS: frozenset({(Kind.FRAMEWORK, Kind.ELEMENT)}),
    LinkKind.TOUCHES: frozenset({(Kind.THREAT, Kind.ELEMENT)}),
    LinkKind.CONCERNS: frozenset(
        (finding, other)
        for finding in FINDINGS
        for other in (Kind.ELEMENT, Kind.FRAMEWORK, Kind.STAKEHOLDER, Kind.THREAT)
    ),
}


def fields_of(kind: Kind, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as the kind has them; raises pydantic's ValidationError where they do not fit."""
    return FIELDS[kind].model_validate(fields).model_dump()


def may_link(source: Kind, kind: LinkKind, target: Kind) -> bool:
    """Whether a link of this kind can lead from the one kind of item to the other."""
    return (source, target) in LINKS[kind]


def link_choices(kind: Kind) -> list[tuple[LinkKind, tuple[Kind, ...]]]:
    """The kinds of links that lead from items of this kind, each with the kinds to which it may lead."""
    found = [(word, tuple(other for other in Kind if (kind, other) in LINKS[word])) for word in LinkKind]
    return [(word, others) for word, others in found if others]


GRADES = ("none", "partial", "full")


def graded(kind: LinkKind) -> bool:
    """Whether links of this kind say how far they hold."""
    return kind is LinkKind.COVERS
