"""What the pages of the registers show, put together from the queries and said in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from sqlmodel import Session

from app import i18n
from app.models import GlossaryTerm, Sector, Seminar
from app.models.registers import ItemStatus, Kind, LinkKind
from app.registers import filters, queries, words
from app.registers.filters import Filters
from app.registers.queries import ItemView, LinkView

# Kinds with a tab of their own; elements are shown on the mandate's page.
TABS = (
    Kind.THREAT,
    Kind.STAKEHOLDER,
    Kind.FRAMEWORK,
    Kind.GAP,
    Kind.OPPORTUNITY,
    Kind.PRACTICE,
    Kind.OPTION,
)
# What has not been accepted is not shown to the panel.
SHOWN = frozenset({ItemStatus.ACCEPTED, ItemStatus.MERGED, ItemStatus.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field in words; `own` says that they are the seminar's and not the platform's."""

    name: str
    label: str
    text: str
    own: bool
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links of one meaning under a heading."""

    heading: str
    links: list[LinkView]
    value: str | None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An item, its fields in words, and its links grouped by meaning."""

    item: ItemView
    fields: list[FieldLine]
    groups: list[LinkGroup]
    coverage: list[LinkGroup]


@dataclass(frozen=True, slots=True)
class Row:
    """An item of a register with its fields in words."""

    item: ItemView
    fields: dict[str, FieldLine]
    answered_by: int


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading; a register that is not divided has one section without."""

    heading: str
    description: str
    rows: list[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    """A register as it was asked for."""

    kind: Kind
    words: words.KindWords
    filters: Filters
    choices: dict[str, list[tuple[str, str]]]
    sorts: list[tuple[str, str]]
    sections: list[Section]
    shown: int
    total: int
    elements: list[ItemView]

    @property
    def rows(self) -> list[Row]:
        """All rows in their order."""
        return [row for section in self.sections for row in section.rows]

    def grades(self, framework: ItemView) -> list[str]:
        """How far a framework covers each element, in their order; empty where nothing is said."""
        covers = {link.code: link.value or "" for link in framework.linked(LinkKind.COVERS)}
        return [covers.get(element.code, "") for element in self.elements]

    def totals(self, grade: str) -> list[int]:
        """How many of the frameworks shown cover each element so far."""
        columns = zip(*(self.grades(row.item) for row in self.rows), strict=True)
        return [column.count(grade) for column in columns]

    def address(self, path: str, view: str) -> str:
        """Where the same choice is shown in another way."""
        wanted = {"view": view, "q": self.filters.q, "sort": self.filters.sort, **self.filters.chosen}
        return f"{path}?{urlencode({name: value for name, value in wanted.items() if value})}"


@dataclass(frozen=True, slots=True)
class ElementCard:
    """An element of the mandate, and how much of the seminar is tied to it."""

    item: ItemView
    options: int
    gaps: int
    opportunities: int
    threats: int
    full: int
    partial: int


@dataclass(frozen=True, slots=True)
class MandatePage:
    """The paragraph taken apart."""

    parts: list[tuple[str, list[ElementCard]]]
    adopted: datetime | None


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """Terms by their kind, in the languages of the glossary."""

    languages: list[dict[str, str]]
    sections: list[tuple[str, list[GlossaryTerm]]]
    q: str
    shown: int
    total: int


def tabs(session: Session, *, seminar: Seminar) -> dict[Kind, int]:
    """The registers to choose from with their counts; good practices only once there are any."""
    counts = queries.counts(session, seminar=seminar)
    return {kind: counts[kind] for kind in TABS if counts[kind] or kind is not Kind.PRACTICE}


def register(session: Session, *, seminar: Seminar, kind: Kind, wanted: Mapping[str, str]) -> RegisterPage:
    """The register of a kind, narrowed and ordered as the address wants it."""
    sectors = queries.sectors(session, seminar=seminar)
    elements = queries.items(session, seminar=seminar, kind=Kind.ELEMENT)
    choices = _choices(seminar, kind, sectors, elements)
    chosen = filters.read(kind, wanted, choices)
    everything = queries.items(session, seminar=seminar, kind=kind)
    items = filters.apply(everything, chosen, choices)
    rows = [_row(item, seminar, sectors) for item in items]
    return RegisterPage(
        kind=kind,
        words=words.KINDS[kind],
        filters=chosen,
        choices=choices,
        sorts=[(sort, i18n.gettext(words.SORTS[sort])) for sort in filters.SORTS[kind]],
        sections=_sections(kind, rows, sectors, chosen.sort),
        shown=len(rows),
        total=len(everything),
        elements=elements,
    )


def item(session: Session, *, seminar: Seminar, code: str) -> ItemPage | None:
    """The page of the item of that code, or None."""
    found = queries.item(session, seminar=seminar, code=code)
    if found is None or found.status not in SHOWN:
        return None
    groups = _groups(found)
    return ItemPage(
        item=found,
        fields=_fields(found, seminar, queries.sectors(session, seminar=seminar)),
        groups=[group for group in groups if group.value is None],
        coverage=[group for group in groups if group.value],
    )


def mandate(session: Session, *, seminar: Seminar) -> MandatePage:
    """The elements by their part in the paragraph, with what is tied to each."""
    cards = [_card(element) for element in queries.items(session, seminar=seminar, kind=Kind.ELEMENT)]
    by_part = {part: [card for card in cards if card.item.fields["part"] == part] for part in words.PARTS}
    adopted = seminar.mandate.get("resolution", {}).get("adopted")
    return MandatePage(
        parts=[(words.PARTS[part], found) for part, found in by_part.items() if found],
        adopted=datetime.fromisoformat(adopted).replace(tzinfo=UTC) if adopted else None,
    )


def glossary(session: Session, *, seminar: Seminar, wanted: Mapping[str, str]) -> GlossaryPage:
    """The terms that speak of what is asked for, in any language."""
    terms = queries.glossary(session, seminar=seminar)
    q = wanted.get("q", "").strip()[: filters.SEARCH_LENGTH]
    fitting = [term for term in terms if filters.plain(q) in filters.plain(" ".join(term.words.values()))]
    kinds = [*words.TERMS, *sorted({term.kind for term in fitting} - set(words.TERMS))]
    sections = [(kind, [term for term in fitting if term.kind == kind]) for kind in kinds]
    languages = seminar.mandate.get("glossary", {}).get("languages", [])
    return GlossaryPage(
        # the reader's language first, as the head of each row
        languages=sorted(languages, key=lambda column: column["code"] != i18n.language()),
        sections=[(words.TERMS.get(kind, kind), found) for kind, found in sections if found],
        q=q,
        shown=len(fitting),
        total=len(terms),
    )


def _card(element: ItemView) -> ElementCard:
    covers = [link.value for link in element.linking(LinkKind.COVERS)]
    return ElementCard(
        item=element,
        options=len(element.linking(LinkKind.SERVES, Kind.OPTION)),
        gaps=len(element.linking(LinkKind.CONCERNS, Kind.GAP)),
        opportunities=len(element.linking(LinkKind.CONCERNS, Kind.OPPORTUNITY)),
        threats=len(element.linking(LinkKind.TOUCHES)),
        full=covers.count("full"),
        partial=covers.count("partial"),
    )


def _choices(
    seminar: Seminar, kind: Kind, sectors: Sequence[Sector], elements: Sequence[ItemView]
) -> dict[str, list[tuple[str, str]]]:
    everything = {
        "sector": [(sector.code, sector.label) for sector in sectors],
        "element": [(element.code, f"{element.code} {element.title}") for element in elements],
    }
    for name, values in words.WORDS.items():
        everything[name] = [(value, i18n.gettext(label)) for value, label in values.items()]
    for name, entries in seminar.mandate.get("vocabularies", {}).items():
        everything[name] = [(entry["value"], entry["label"]) for entry in entries]
    return {name: everything.get(name, []) for name in filters.FILTERS[kind]}


def _sections(kind: Kind, rows: list[Row], sectors: Sequence[Sector], sort: str) -> list[Section]:
    if kind is not Kind.STAKEHOLDER or sort:
        return [Section("", "", rows)] if rows else []
    divided = [
        Section(
            sector.label,
            sector.description,
            [row for row in rows if row.item.fields["sector"] == sector.code],
        )
        for sector in sectors
    ]
    return [section for section in divided if section.rows]


def _row(item: ItemView, seminar: Seminar, sectors: Sequence[Sector]) -> Row:
    fields = {line.name: line for line in _fields(item, seminar, sectors)}
    return Row(item, fields, filters.answered_by(item))


def _fields(item: ItemView, seminar: Seminar, sectors: Sequence[Sector]) -> list[FieldLine]:
    return [
        FieldLine(
            name=field.name,
            label=i18n.gettext(field.label),
            text=_in_words(field, item.fields[field.name], seminar, sectors),
            own=field.how != "word",
            quoted=field.how == "quotation",
        )
        for field in words.FIELDS[item.kind]
        if item.fields.get(field.name) not in {None, ""}
    ]


def _in_words(field: words.FieldWords, value: Any, seminar: Seminar, sectors: Sequence[Sector]) -> str:
    text = str(value)
    match field.how:
        case "word":
            return i18n.gettext(words.WORDS[field.name].get(text, text))
        case "sector":
            return next((sector.label for sector in sectors if sector.code == text), text)
        case "vocabulary":
            entries: list[dict[str, str]] = seminar.mandate.get("vocabularies", {}).get(field.name, [])
            return next((entry["label"] for entry in entries if entry["value"] == text), text)
        case _:
            return text


def _groups(item: ItemView) -> list[LinkGroup]:
    groups = []
    for meaning in words.LINKS:
        ends = item.links if meaning.direction == "to" else item.backlinks
        links = [
            link
            for link in ends
            if (link.kind, link.item_kind) == (meaning.kind, meaning.other)
            and meaning.value in {None, link.value}
        ]
        if links:
            groups.append(LinkGroup(i18n.gettext(meaning.heading), links, meaning.value))
    return groups
