"""The figures of a plane: where the panel puts each item, and how far its views spread."""

from collections.abc import Sequence
from functools import partial

from app.figures import plane as planes
from app.figures import spreads
from app.figures.look import Caption, Figure, Look
from app.figures.plane_points import Axis, Point, Spread, Words
from app.i18n import gettext
from app.maps import reading
from app.maps.planes import LEVELS, PlaneMap, Seen
from app.models.registers import Kind
from app.registers import words
from app.results.pictures import Picture, Table, note
from app.results.tally import Distribution
from app.spreadsheet.tabular import Cell

# of so many the middle halves can still be told apart when they are all drawn on the plane
FEW = 30
MOST = 250


def of(page: PlaneMap) -> list[Picture]:
    """The figures of the plane; none before there is anything to draw."""
    if page.released is None or not page.placed:
        return []
    said = note(page.seminar, page.released)
    threats = page.kind is Kind.THREAT
    name = "threats" if threats else "stakeholders"
    return [
        Picture(
            name=name,
            heading=gettext("Threat plane") if threats else gettext("Stakeholder plane"),
            note=said,
            round_number=page.released.round_.number,
            draw=partial(_plane, page, said),
            is_drawn=len(page.placed) <= MOST,
            table=partial(_table, page),
        ),
        Picture(
            name=f"{name}-spread",
            heading=gettext("Spread of views"),
            note=said,
            round_number=page.released.round_.number,
            draw=partial(_spreads, page, said),
            is_drawn=len(page.placed) <= MOST,
            table=partial(_table, page),
        ),
    ]


def levels(page: PlaneMap) -> list[str]:
    """What the signs of the groups stand for; threats have none."""
    if page.kind is not Kind.STAKEHOLDER:
        return []
    return [gettext(words.WORDS["level"][level]) for level in LEVELS]


def _plane(page: PlaneMap, said: str, look: Look) -> Figure:
    x, y = _axes(page)
    few = len(page.placed) <= FEW
    points = [
        Point(
            sign=one.number,
            name=one.short,
            group=one.level,
            x=_spread(one.x),
            y=_spread(one.y),
            divided=one.divided,
            section=one.sector,
        )
        for one in page.placed
    ]
    signs = Words(
        groups=levels(page),
        agreed=gettext("Views not divided"),
        divided=gettext("Views divided"),
        spread=gettext("Middle half of the ratings"),
        together=gettext("Same position"),
    )
    caption = Caption(
        title=reading.finding(page),
        subtitle=gettext("Medians of the panel's ratings on two scales; marks on one tile share a position"),
        note=said,
        description=gettext(
            "A plane with a numbered mark at the medians of each entry; marks are open where views divide. "
            "The same numbers stand in a table."
        ),
    )
    return planes.figure(
        points, x=x, y=y, words=signs, caption=caption, look=look, crosses=few, key_of_all=not few
    )


def _spreads(page: PlaneMap, said: str, look: Look) -> Figure:
    x, y = _axes(page, short=True)
    divided = page.divided
    others = [one for one in page.placed if not one.divided]
    groups = [
        spreads.Group(gettext("Views divided (%(n)s)") % {"n": len(divided)}, _rows(divided)),
        spreads.Group(gettext("Views not divided (%(n)s)") % {"n": len(others)}, _rows(others)),
    ]
    signs = spreads.Words(
        median=gettext("Median"),
        divided=gettext("Median, views divided"),
        spread=gettext("Middle half of the ratings"),
        groups=levels(page),
    )
    caption = Caption(
        title=reading.disagreement(page),
        subtitle=gettext(
            "Median and middle half of the ratings on both scales; views divide where a third or more "
            "rate low and a third or more rate high"
        ),
        note=said,
        description=gettext(
            "A bar for the middle half of the ratings with a mark on the median, for each entry on both "
            "scales. The same numbers stand in a table."
        ),
    )
    return spreads.figure(groups, x=x, y=y, words=signs, caption=caption, look=look)


def _rows(seen: Sequence[Seen]) -> list[spreads.SpreadRow]:
    """The widest spread first."""

    def width(one: Seen) -> float:
        x, y = _spread(one.x), _spread(one.y)
        return -((x.q3 - x.q1) + (y.q3 - y.q1))

    return [
        spreads.SpreadRow(
            title=one.title,
            group=one.level,
            x=_spread(one.x),
            y=_spread(one.y),
            x_divided=one.x_divided,
            y_divided=one.y_divided,
        )
        for one in sorted(seen, key=width)
    ]


def _axes(page: PlaneMap, *, short: bool = False) -> tuple[Axis, Axis]:
    assert page.axes is not None
    x, y = (
        Axis(
            title=axis.scale.label if short else axis.title,
            low=axis.scale.low,
            high=axis.scale.high,
        )
        for axis in page.axes
    )
    return x, y


def _spread(d: Distribution) -> Spread:
    assert d.median is not None
    assert d.q1 is not None
    assert d.q3 is not None
    return Spread(d.median, d.q1, d.q3)


def _table(page: PlaneMap) -> Table:
    assert page.axes is not None
    columns = {"number": gettext("Number"), "code": gettext("Code"), "title": gettext("Title")}
    if page.kind is Kind.STAKEHOLDER:
        columns |= {"sector": gettext("Sector"), "level": gettext("Level")}
    for axis in page.axes:
        code, label = axis.scale.code, {"criterion": axis.scale.label}
        columns |= {
            f"n_{code}": gettext("%(criterion)s: ratings") % label,
            f"median_{code}": gettext("%(criterion)s: median") % label,
            f"q1_{code}": gettext("%(criterion)s: lower quartile") % label,
            f"q3_{code}": gettext("%(criterion)s: upper quartile") % label,
            f"divided_{code}": gettext("%(criterion)s: views divided") % label,
            f"abstained_{code}": gettext("%(criterion)s: abstentions") % label,
        }
    columns["in_words"] = gettext("In words")
    names = levels(page)
    rows = []
    for one in page.seen:
        row: list[Cell] = [one.number, one.code, one.title]
        if names:
            row += [one.sector, names[one.level]]
        for d, divided in ((one.x, one.x_divided), (one.y, one.y_divided)):
            said = gettext("yes") if divided else gettext("no")
            row += [d.n, d.median, d.q1, d.q3, said, sum(d.abstained.values())]
        row.append(" ".join(filter(None, (one.verdict.position, one.verdict.spread))))
        rows.append(row)
    return Table(columns, rows)
