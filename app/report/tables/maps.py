"""What the panel mapped: threats, stakeholders, the elements and how far they are covered, gaps."""

from app.i18n import gettext, number, percent
from app.maps.planes import PlaneMap, Seen
from app.models.registers import Kind, LinkKind
from app.registers.queries import ItemView
from app.report.blocks import Column, TableBlock
from app.report.material import Material
from app.results.cover_tally import CoverCell

NONE = "–"  # noqa: RUF001 - a dash for nothing
DIVIDED = "*"


def threats(material: Material) -> TableBlock | None:
    """Every threat with its medians, those first that are rated highest."""
    return _plane(material.threats, "threats", gettext("Threats and risks as the panel rates them"))


def stakeholders(material: Material) -> TableBlock | None:
    """Every stakeholder with its medians."""
    return _plane(material.stakeholders, "stakeholders", gettext("Stakeholders as the panel rates them"))


def _plane(page: PlaneMap, name: str, caption: str) -> TableBlock | None:
    if page.axes is None:
        return None
    x, y = page.axes

    def place(one: Seen) -> tuple[float, str]:
        return -((one.x.median or 0.0) + (one.y.median or 0.0)), one.code

    sector = name == "stakeholders"
    return TableBlock(
        name=name,
        caption=caption,
        columns=(
            Column(gettext("Code"), 1.6 if sector else 0.7),
            Column(gettext("Title"), 3.6, own=True),
            *([Column(gettext("Sector"), 2.2, own=True)] if sector else []),
            Column(gettext("Ratings"), 0.9, numeric=True),
            Column(gettext("%(criterion)s, median") % {"criterion": x.scale.label}, numeric=True),
            Column(gettext("%(criterion)s, median") % {"criterion": y.scale.label}, numeric=True),
            Column(gettext("Views divided"), 0.9),
        ),
        rows=tuple(
            (
                one.code,
                one.title,
                *([one.sector] if sector else []),
                number(min(one.x.n, one.y.n)),
                _median(one.x.median),
                _median(one.y.median),
                gettext("yes") if one.divided else gettext("no"),
            )
            for one in sorted(page.seen, key=place)
        ),
        note=gettext(
            "Both scales run from %(low)s to %(high)s. Views divide where a third or more rate low "
            "and a third or more rate high."
        )
        % {"low": x.scale.low, "high": x.scale.high},
    )


def _median(median: float | None) -> str:
    return NONE if median is None else number(median, 1)


def elements(material: Material) -> TableBlock:
    """Every element with how much of it is covered, its gaps, and the ways forward that serve it."""
    rows = {row.entry.code: row for row in material.cover.rows}
    found = []
    for one in material.items(Kind.ELEMENT):
        row = rows.get(one.code)
        score = row.score if row else None
        options = [link.code for link in one.linking(LinkKind.SERVES, Kind.OPTION)]
        gaps = [link.code for link in one.linking(LinkKind.CONCERNS, Kind.GAP)]
        found.append(
            (
                one.code,
                one.title,
                NONE if score is None else percent(score),
                ", ".join(gaps) or NONE,
                ", ".join(options) or NONE,
                ", ".join(code for code in options if code in material.supported) or NONE,
            )
        )
    return TableBlock(
        name="elements",
        caption=gettext("Elements of the mandate, their gaps, and the ways forward that serve them"),
        columns=(
            Column(gettext("Code"), 0.6),
            Column(gettext("Element"), 2.2, own=True),
            Column(gettext("Share not covered"), 0.9, numeric=True),
            Column(gettext("Gaps"), 1.8),
            Column(gettext("Ways forward"), 2.4),
            Column(gettext("Of these, with broad agreement or general support"), 1.8),
        ),
        rows=tuple(found),
    )


def frameworks(material: Material) -> TableBlock | None:
    """How far each framework covers each element, in letters."""
    page = material.cover
    if page.is_empty:
        return None
    letters = {
        "full": gettext("F"),
        "partial": gettext("P"),
        "none": NONE,
    }

    def cell(one: CoverCell) -> str:
        return (letters[one.grade] if one.grade else "?") + (DIVIDED if one.divided else "")

    note = gettext(
        "F: covered directly and substantially; P: in part or indirectly; –: not covered; "  # noqa: RUF001
        "?: nobody has graded it; *: the panel is divided."
    )
    if page.released is None:
        note += " " + gettext(
            "This is the starting hypothesis of the organizers and no finding of the panel."
        )
    return TableBlock(
        name="frameworks-elements",
        caption=gettext("Frameworks and initiatives by element of the mandate"),
        columns=(
            Column(gettext("Framework"), 5.0, own=True),
            *(Column(one.code, 0.75) for one in page.tally.elements),
        ),
        rows=tuple(
            (one.title, *(cell(page.tally.cell(one.code, element.code)) for element in page.tally.elements))
            for one in page.frameworks
        ),
        note=note,
    )


def stakeholders_elements(material: Material) -> TableBlock | None:
    """Which stakeholders would lead or support ways forward that serve each element."""
    marks = _marks(material)
    elements_ = material.items(Kind.ELEMENT)
    rows = [
        (
            one.fields.get("short") or one.title,
            *(marks[one.code].get(element.code, "") for element in elements_),
        )
        for one in material.items(Kind.STAKEHOLDER)
        if one.code in marks
    ]
    return TableBlock(
        name="stakeholders-elements",
        caption=gettext("Stakeholders by element of the mandate, through the ways forward that name them"),
        columns=(
            Column(gettext("Stakeholder"), 4.0, own=True),
            *(Column(one.code, 0.75) for one in elements_),
        ),
        rows=tuple(rows),
        note=gettext(
            "L: would lead a way forward that serves the element; S: would support one. Stakeholders are "
            "named because they exist: this implies neither that they agree nor that they took part."
        ),
    )


def _marks(material: Material) -> dict[str, dict[str, str]]:
    letters = {LinkKind.SUPPORTED_BY: gettext("S"), LinkKind.LED_BY: gettext("L")}
    found: dict[str, dict[str, str]] = {}
    for kind, letter in letters.items():  # whoever leads one is not told as a supporter of another
        for option in material.items(Kind.OPTION):
            served = [link.code for link in option.linked(LinkKind.SERVES, Kind.ELEMENT)]
            for link in option.linked(kind):
                found.setdefault(link.code, {}).update(dict.fromkeys(served, letter))
    return found


def gaps(material: Material) -> TableBlock:
    """Every gap with the ways forward that answer it."""
    return _findings(
        material.items(Kind.GAP),
        "gaps",
        gettext("Gaps, and the ways forward that answer them"),
        LinkKind.ADDRESSES,
        gettext("Answered by"),
    )


def opportunities(material: Material) -> TableBlock:
    """Every opportunity with the ways forward that build on it."""
    return _findings(
        material.items(Kind.OPPORTUNITY),
        "opportunities",
        gettext("Opportunities, and the ways forward that build on them"),
        LinkKind.BUILDS_ON,
        gettext("Built on by"),
    )


def _findings(items: list[ItemView], name: str, caption: str, link: LinkKind, head: str) -> TableBlock:
    return TableBlock(
        name=name,
        caption=caption,
        columns=(
            Column(gettext("Code"), 0.6),
            Column(gettext("Title"), 2.0, own=True),
            Column(gettext("Description"), 4.0, own=True),
            Column(gettext("Elements"), 1.0),
            Column(head, 1.1),
        ),
        rows=tuple(
            (
                one.code,
                one.title,
                one.text,
                ", ".join(end.code for end in one.linked(LinkKind.CONCERNS, Kind.ELEMENT)) or NONE,
                ", ".join(end.code for end in one.linking(link, Kind.OPTION)) or NONE,
            )
            for one in items
        ),
    )


TABLES = {
    "threats": threats,
    "stakeholders": stakeholders,
    "elements": elements,
    "frameworks-elements": frameworks,
    "stakeholders-elements": stakeholders_elements,
    "gaps": gaps,
    "opportunities": opportunities,
}
