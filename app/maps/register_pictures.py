"""The figures of coverage and of the network."""

from functools import partial

from app.figures import coverage as heat
from app.figures import network as nets
from app.figures.look import Caption, Figure, Look
from app.i18n import gettext, percent
from app.maps import reading
from app.maps.coverage import CoverMap
from app.maps.network import Network
from app.maps.planes import LEVELS
from app.models.registers import LinkKind
from app.questions.cover import GRADES
from app.registers import words
from app.registers.queries import ItemView
from app.results.cover_tally import CoverCell
from app.results.pictures import Picture, Table, note, synthetic
from app.spreadsheet.tabular import Cell

# more than so many rows and columns of the heat map, or nodes of the network, are not drawn
MOST_FRAMEWORKS, MOST_ELEMENTS, MOST_OPTIONS, MOST_STAKEHOLDERS = 120, 30, 80, 200

BONDS: dict[LinkKind, nets.Bond] = {
    LinkKind.SERVES: "serves",
    LinkKind.LED_BY: "leads",
    LinkKind.SUPPORTED_BY: "supports",
}


def of_coverage(page: CoverMap) -> list[Picture]:
    """The heat map; none where there are no frameworks or no elements."""
    if page.is_empty:
        return []
    said = note(page.seminar, page.released) if page.released else hypothetical(page)
    if any(framework.code == page.tally.own for framework in page.tally.frameworks):
        text = gettext("The instrument from which the elements are taken does not count in their coverage.")
        said = f"{said} {text}"
    return [
        Picture(
            name="coverage",
            heading=gettext("Coverage"),
            note=said,
            round_number=page.released.round_.number if page.released else None,
            draw=partial(_heat, page, said),
            is_drawn=len(page.tally.frameworks) <= MOST_FRAMEWORKS
            and len(page.tally.elements) <= MOST_ELEMENTS,
            table=partial(_cells, page),
        )
    ]


def hypothetical(page: CoverMap) -> str:
    """That nobody of the panel has said so yet."""
    text = gettext(
        "Starting hypothesis from the register, for experts to correct: it is no finding of the panel."
    )
    return " ".join([text, *synthetic(page.seminar)])


def _heat(page: CoverMap, said: str, look: Look) -> Figure:
    elements = page.tally.elements
    rows = [
        heat.Framework(
            title=framework.title,
            cells=[_drawn(page.tally.cell(framework.code, element.code)) for element in elements],
        )
        for framework in page.frameworks
    ]
    columns = [
        heat.Element(
            code=row.entry.code,
            title=row.entry.title,
            gap=row.is_gap,
            extent="–" if row.score is None else percent(row.score),  # noqa: RUF001 - a dash for nothing
        )
        for row in page.rows
    ]
    signs = heat.Words(
        full=gettext(words.COVERAGE["full"]),
        partial=gettext(words.COVERAGE["partial"]),
        none=gettext(words.COVERAGE["none"]),
        divided=gettext("Views divided"),
        unsure=gettext("Smaller: less sure"),
        dont_know=gettext("Share who do not know"),
        gap=gettext("Gap: no framework covers the element in full"),
        extent=gettext("Share not covered"),
    )
    caption = Caption(
        title=reading.coverage(page),
        subtitle=gettext("How far each framework covers each element of the mandate")
        if page.released is None
        else gettext("Median coverage of each element by each framework, as the panel grades it"),
        note=said,
        description=gettext(
            "A heat map of frameworks and elements of the mandate. The same numbers stand in a table."
        ),
    )
    return heat.figure(rows, columns, words=signs, caption=caption, look=look)


def _drawn(cell: CoverCell) -> heat.Cell:
    grade: heat.Grade | None = None
    match cell.grade:
        case "none" | "partial" | "full" as known:
            grade = known
    # from 1 to 3; between two it counts as the less sure
    sure = None if cell.sure is None else int(cell.sure) - 1
    return heat.Cell(grade=grade, sure=sure, dont_know=cell.dont_know_share or 0.0, divided=cell.divided)


def _cells(page: CoverMap) -> Table:
    columns = {
        "framework": gettext("Framework"),
        "framework_title": gettext("Title"),
        "element": gettext("Element"),
        "element_title": gettext("Title"),
        "n": gettext("Grades"),
        **{grade: gettext(words.COVERAGE[grade]) for grade in GRADES},
        "dont_know": gettext("Do not know"),
        "median": gettext("Median"),
        "grade": gettext("Grade"),
        "sure": gettext("How sure, from 1 to 3"),
        "divided": gettext("Views divided"),
        "hypothesis": gettext("Starting hypothesis"),
    }
    rows: list[list[Cell]] = []
    for framework in page.frameworks:
        for element in page.tally.elements:
            cell = page.tally.cell(framework.code, element.code)
            start: list[Cell] = [framework.code, framework.title, element.code, element.title]
            counted: list[Cell] = [cell.n, *cell.counts, cell.dont_know, cell.median, cell.grade, cell.sure]
            supposed = None if cell.hypothesis is None else GRADES[cell.hypothesis]
            rows.append([*start, *counted, gettext("yes") if cell.divided else gettext("no"), supposed])
    return Table(columns, rows)


def of_network(page: Network) -> list[Picture]:
    """The network; none before a way forward names a stakeholder."""
    if page.is_empty:
        return []
    said = " ".join(
        [
            gettext("From the registers as they stand. Stakeholders are named because they exist."),
            *synthetic(page.seminar),
        ]
    )
    return [
        Picture(
            name="network",
            heading=gettext("Network"),
            note=said,
            round_number=None,
            draw=partial(_net, page, said),
            is_drawn=len(page.named) <= MOST_STAKEHOLDERS
            and len(page.options) <= MOST_OPTIONS
            and len(page.elements) <= MOST_ELEMENTS,
            table=partial(_bonds, page),
        )
    ]


def _net(page: Network, said: str, look: Look) -> Figure:
    signs = nets.Words(
        elements=gettext("Elements of the mandate"),
        options=gettext("Ways forward"),
        stakeholders=gettext("Stakeholders"),
        serves=gettext("serves"),
        leads=gettext("would lead"),
        supports=gettext("would support"),
        groups=[gettext(words.WORDS["level"][level]) for level in LEVELS],
    )
    caption = Caption(
        title=reading.network(page),
        subtitle=gettext(
            "Which elements of the mandate each way forward serves, and who would lead or support it"
        ),
        note=said,
        description=gettext(
            "Lines join elements of the mandate, ways forward and stakeholders. "
            "The same links stand in a table."
        ),
    )
    return nets.figure(
        [nets.Node(code=one.code, title=one.title) for one in page.elements],
        [nets.Node(code=one.code, title=one.title) for one in page.options],
        [_stakeholder(page, one) for one in page.named],
        [
            nets.Edge(option.code, link.code, BONDS[link.kind])
            for option in page.options
            for link in option.links
            if link.kind in BONDS
        ],
        words=signs,
        caption=caption,
        look=look,
    )


def _stakeholder(page: Network, one: ItemView) -> nets.Node:
    level = one.fields.get("level")
    return nets.Node(
        code=one.code,
        title=one.fields.get("short") or one.title,
        group=LEVELS.index(level) if level in LEVELS else 0,
        section=page.sector(one),
    )


def _bonds(page: Network) -> Table:
    columns = {
        "option": gettext("Way forward"),
        "option_title": gettext("Title"),
        "link": gettext("Link"),
        "other": gettext("Code"),
        "other_title": gettext("Element or stakeholder"),
    }
    said = {
        LinkKind.SERVES: gettext("serves"),
        LinkKind.LED_BY: gettext("would be led by"),
        LinkKind.SUPPORTED_BY: gettext("would be supported by"),
    }
    rows: list[list[Cell]] = [
        [option.code, option.title, said[link.kind], link.code, link.title]
        for option in page.options
        for link in option.links
        if link.kind in said
    ]
    return Table(columns, rows)
