"""What the pages of the registers show, put together from the queries and said in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from sqlmodel import Session

from app import i18n
from app.models import GlossaryTerm, Sector, Seminar
from app.models.registers import Kind, LinkKind
from app.registers import filters, queries, saying, words
from app.registers.drafts import Vocabularies
from app.registers.filters import Filters, Portion
from app.registers.queries import ItemView
from app.registers.saying import FieldLine

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
    statuses: list[tuple[str, str]]
    sorts: list[tuple[str, str]]
    sections: list[Section]
    part: Portion
    shown: int
    total: int
    holds_any: bool
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

    def address(self, path: str, **other: str | int) -> str:
        """Where the same choice is shown in another way, or another page of it."""
        wanted: dict[str, str | int] = {
            "view": self.filters.view,
            "q": self.filters.q,
            "status": self.filters.status,
            "sort": self.filters.sort,
            **self.filters.chosen,
            **other,
        }
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
    vocabularies = queries.vocabularies(session, seminar=seminar)
    choices = _choices(vocabularies, kind, elements)
    counts = queries.statuses(session, seminar=seminar, kind=kind)
    chosen = filters.read(kind, wanted, choices)
    # of a long register only the links of those shown are read, unless links decide which these are
    read = queries.items if chosen.by_links else queries.titles
    everything = read(session, seminar=seminar, kind=kind, statuses=chosen.statuses)
    items = filters.apply(everything, chosen, choices)
    if kind is Kind.STAKEHOLDER and not chosen.sort:
        items = _by_sector(items, sectors)
    part = filters.portion(items, chosen.page)
    shown = part.items if chosen.by_links else queries.linked(session, part.items)
    rows = [_row(item, vocabularies) for item in shown]
    return RegisterPage(
        kind=kind,
        words=words.KINDS[kind],
        filters=chosen,
        choices=choices,
        statuses=[(name, i18n.gettext(label)) for name, label in words.STATUSES.items()],
        sorts=[(sort, i18n.gettext(words.SORTS[sort])) for sort in filters.SORTS[kind]],
        sections=_sections(kind, rows, sectors, chosen.sort),
        part=part,
        shown=len(items),
        total=len(everything),
        holds_any=any(counts.values()),
        elements=elements,
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
    vocabularies: Vocabularies, kind: Kind, elements: Sequence[ItemView]
) -> dict[str, list[tuple[str, str]]]:
    everything = {"element": [(element.code, f"{element.code} {element.title}") for element in elements]}
    for name, values in words.WORDS.items():
        everything[name] = [(value, i18n.gettext(label)) for value, label in values.items()]
    for name, labels in vocabularies.items():
        everything[name] = list(labels.items())
    return {name: everything.get(name, []) for name in filters.FILTERS[kind]}


def _sections(kind: Kind, rows: list[Row], sectors: Sequence[Sector], sort: str) -> list[Section]:
    """The rows under the sectors' names, where the register is divided and nobody wants another order."""
    if kind is not Kind.STAKEHOLDER or sort:
        return [Section("", "", rows)] if rows else []
    divided = {sector.code: Section(sector.label, sector.description, []) for sector in sectors}
    rest = Section("", "", [])
    for row in rows:
        divided.get(row.item.fields.get("sector", ""), rest).rows.append(row)
    return [section for section in [*divided.values(), rest] if section.rows]


def _by_sector(items: list[ItemView], sectors: Sequence[Sector]) -> list[ItemView]:
    places = {sector.code: place for place, sector in enumerate(sectors)}
    return sorted(items, key=lambda item: places.get(item.fields.get("sector", ""), len(places)))


def _row(item: ItemView, vocabularies: Vocabularies) -> Row:
    fields = {line.name: line for line in saying.lines(item, vocabularies)}
    return Row(item, fields, filters.answered_by(item))
