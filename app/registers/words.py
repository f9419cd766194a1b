"""How registers, fields and links read on a page: message ids, translated when they are shown."""

from dataclasses import dataclass
from typing import Literal

from app.i18n import _
from app.models.registers import Kind, LinkKind
from app.registers.kinds import TITLES


@dataclass(frozen=True, slots=True)
class KindWords:
    """A register by its names, and what it is for in one sentence."""

    one: str
    many: str
    purpose: str


KINDS: dict[Kind, KindWords] = {
    Kind.ELEMENT: KindWords(
        TITLES[Kind.ELEMENT],
        _("Elements of the mandate"),
        _("The parts of the paragraph to which everything in this seminar is traced."),
    ),
    Kind.THREAT: KindWords(
        TITLES[Kind.THREAT],
        _("Threats and risks"),
        _("What the paragraph is meant to answer, at the level of policy. Nothing operational belongs here."),
    ),
    Kind.STAKEHOLDER: KindWords(
        TITLES[Kind.STAKEHOLDER],
        _("Stakeholders"),
        _(
            "Who matters for the paragraph. They are named because they exist: "
            "this implies neither that they agree nor that they take part."
        ),
    ),
    Kind.FRAMEWORK: KindWords(
        TITLES[Kind.FRAMEWORK],
        _("Frameworks and initiatives"),
        _("What exists already, and how far it covers each element of the mandate."),
    ),
    Kind.PRACTICE: KindWords(
        TITLES[Kind.PRACTICE],
        _("Good practices"),
        _("What has worked somewhere and could be used elsewhere."),
    ),
    Kind.GAP: KindWords(
        TITLES[Kind.GAP],
        _("Gaps"),
        _("What is missing, within and beyond the existing frameworks."),
    ),
    Kind.OPPORTUNITY: KindWords(
        TITLES[Kind.OPPORTUNITY],
        _("Opportunities"),
        _("What can be built on, within and beyond the existing frameworks."),
    ),
    Kind.OPTION: KindWords(
        TITLES[Kind.OPTION],
        _("Ways forward"),
        _("Concrete steps for the panel to assess. They are starting points and nobody's position."),
    ),
}

# A register's name where there is little room.
TABS: dict[Kind, str] = {kind: names.many for kind, names in KINDS.items()} | {
    Kind.THREAT: _("Threats"),
    Kind.FRAMEWORK: _("Frameworks"),
}

# How a field's value becomes words: as it stands, through a vocabulary of the seminar's own,
# through the product's words below, or as the name of a sector.
How = Literal["text", "vocabulary", "word", "sector", "quotation"]


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field of a kind: its name, its label, and how its value is shown."""

    name: str
    label: str
    how: How


FIELDS: dict[Kind, tuple[FieldWords, ...]] = {
    Kind.ELEMENT: (
        FieldWords("part", _("Part of the paragraph"), "word"),
        FieldWords("words", _("Words of the paragraph"), "quotation"),
    ),
    Kind.THREAT: (FieldWords("scope", _("Scope"), "vocabulary"),),
    Kind.STAKEHOLDER: (
        FieldWords("short", _("Known as"), "text"),
        FieldWords("sector", _("Sector"), "sector"),
        FieldWords("level", _("Level"), "word"),
    ),
    Kind.FRAMEWORK: (
        FieldWords("year", _("Adopted"), "text"),
        FieldWords("in_force", _("In force or applied since"), "text"),
        FieldWords("legal_nature", _("Legal nature"), "vocabulary"),
        FieldWords("scope", _("Scope"), "vocabulary"),
        FieldWords("note", _("Note"), "text"),
    ),
    Kind.PRACTICE: (FieldWords("source", _("Source"), "text"),),
    Kind.GAP: (),
    Kind.OPPORTUNITY: (),
    Kind.OPTION: (
        FieldWords("time_horizon", _("Time horizon"), "vocabulary"),
        FieldWords("cost_class", _("Cost"), "vocabulary"),
        FieldWords("trade_off", _("Trade-off"), "text"),
    ),
}

# Values that mean the same in every seminar.
WORDS: dict[str, dict[str, str]] = {
    "part": {
        "actor": _("Actor"),
        "action": _("Action"),
        "object": _("Object"),
        "qualifier": _("Qualifier"),
    },
    "level": {
        "international": _("International"),
        "regional": _("Regional"),
        "national": _("National"),
        "industry": _("Industry"),
        "civil_society": _("Civil society"),
    },
}

PARTS: dict[str, str] = {
    "actor": _("With whom"),
    "action": _("What is to be done"),
    "object": _("Against what"),
    "qualifier": _("In what manner"),
}

TERMS: dict[str, str] = {
    "ui": _("Words of the platform"),
    "result": _("Words for results"),
    "stat": _("Words of statistics"),
    "scale": _("Words of the scales"),
    "domain": _("Words of the subject"),
}

Direction = Literal["to", "from"]


@dataclass(frozen=True, slots=True)
class LinkWords:
    """A heading over links of one meaning: which way, of which kind, with what at the other end."""

    direction: Direction
    kind: LinkKind
    other: Kind
    heading: str
    value: str | None = None


# In the order in which they stand on an item's page.
LINKS: tuple[LinkWords, ...] = (
    LinkWords("to", LinkKind.ADDRESSES, Kind.GAP, _("Addresses these gaps")),
    LinkWords("to", LinkKind.BUILDS_ON, Kind.OPPORTUNITY, _("Builds on these opportunities")),
    LinkWords("to", LinkKind.BUILDS_ON, Kind.PRACTICE, _("Builds on these good practices")),
    LinkWords("to", LinkKind.LED_BY, Kind.STAKEHOLDER, _("Would be led by")),
    LinkWords("to", LinkKind.SUPPORTED_BY, Kind.STAKEHOLDER, _("Would be supported by")),
    LinkWords("to", LinkKind.SERVES, Kind.ELEMENT, _("Serves these elements of the mandate")),
    LinkWords("from", LinkKind.ADDRESSES, Kind.OPTION, _("Addressed by these ways forward")),
    LinkWords("from", LinkKind.BUILDS_ON, Kind.OPTION, _("Built on by these ways forward")),
    LinkWords("from", LinkKind.LED_BY, Kind.OPTION, _("Would lead these ways forward")),
    LinkWords("from", LinkKind.SUPPORTED_BY, Kind.OPTION, _("Would support these ways forward")),
    LinkWords("from", LinkKind.SERVES, Kind.OPTION, _("Served by these ways forward")),
    LinkWords("from", LinkKind.SERVES, Kind.PRACTICE, _("Served by these good practices")),
    LinkWords("to", LinkKind.TOUCHES, Kind.ELEMENT, _("Touches these elements of the mandate")),
    LinkWords("to", LinkKind.CONCERNS, Kind.ELEMENT, _("Concerns these elements of the mandate")),
    LinkWords("to", LinkKind.CONCERNS, Kind.FRAMEWORK, _("Concerns these frameworks")),
    LinkWords("to", LinkKind.CONCERNS, Kind.STAKEHOLDER, _("Concerns these stakeholders")),
    LinkWords("to", LinkKind.CONCERNS, Kind.THREAT, _("Bears on these threats and risks")),
    LinkWords("from", LinkKind.CONCERNS, Kind.GAP, _("Named in these gaps")),
    LinkWords("from", LinkKind.CONCERNS, Kind.OPPORTUNITY, _("Named in these opportunities")),
    LinkWords("from", LinkKind.TOUCHES, Kind.THREAT, _("Touched by these threats and risks")),
    LinkWords(
        "to", LinkKind.COVERS, Kind.ELEMENT, _("Covers these elements directly and substantially"), "full"
    ),
    LinkWords(
        "to", LinkKind.COVERS, Kind.ELEMENT, _("Covers these elements in part or indirectly"), "partial"
    ),
    LinkWords("to", LinkKind.COVERS, Kind.ELEMENT, _("Does not cover these elements"), "none"),
    LinkWords("from", LinkKind.COVERS, Kind.FRAMEWORK, _("Covered directly and substantially by"), "full"),
    LinkWords("from", LinkKind.COVERS, Kind.FRAMEWORK, _("Covered in part or indirectly by"), "partial"),
    LinkWords("from", LinkKind.COVERS, Kind.FRAMEWORK, _("Not covered by"), "none"),
)

COVERAGE: dict[str, str] = {
    "full": _("Covered directly and substantially"),
    "partial": _("Covered in part or indirectly"),
    "none": _("Not covered"),
}

SORTS: dict[str, str] = {
    "": _("As listed"),
    "title": _("Title"),
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
    "soonest": _("Soonest first"),
    "cheapest": _("Least cost first"),
    "links": _("Most ways forward first"),
}

FILTERS: dict[str, str] = {
    "sector": _("Sector"),
    "level": _("Level"),
    "scope": _("Scope"),
    "legal_nature": _("Legal nature"),
    "element": _("Element of the mandate"),
    "time_horizon": _("Time horizon"),
    "cost_class": _("Cost"),
    "part": _("Part of the paragraph"),
}

VIEWS: dict[str, str] = {"map": _("Coverage map"), "list": _("List")}

STATUSES: dict[str, str] = {
    "": _("Those that stand"),
    "merged": _("Merged into another"),
    "withdrawn": _("Withdrawn from the register"),
    "all": _("All there ever were"),
}

# How an item stands that is not, or no longer, in its register.
STANDINGS: dict[str, str] = {"merged": _("Merged"), "withdrawn": _("Withdrawn from the register")}
