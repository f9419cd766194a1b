"""A plane of two medians: where the panel sees each item, how far its views spread, and where they divide."""

from collections.abc import Sequence

from app.figures import key as keys
from app.figures import labels, plane_drawing, stacks
from app.figures.key import Entry, Key, Section
from app.figures.labels import Box, Name, Place
from app.figures.look import Caption, Figure, Look, text_width, wrap
from app.figures.plane_points import (
    LEADING,
    LEFT,
    LEGEND,
    LEGEND_LINE,
    MARK,
    NAME,
    PITCH,
    Axis,
    Plot,
    Point,
    Words,
    letters,
    tile_of,
)
from app.figures.sheet import MARGIN, Sheet, draw, lines
from app.figures.stacks import Spot, Stack

NAMED = 300  # beyond that names find no room, and looking for it takes long
BROKEN = (400.0, 150.0, 105.0)
CELL = {"wide": 66.0, "narrow": 54.0}
CELLS = 9  # on a scale of five points; finer scales have smaller cells


def figure(
    points: Sequence[Point],
    *,
    x: Axis,
    y: Axis,
    words: Words,
    caption: Caption,
    look: Look,
    crosses: bool,
    key_of_all: bool,
) -> Figure:
    """The plane with a key of the names that have no room in it, or of all.

    `crosses` draws the middle half of the ratings through each mark: for so few that they can be
    told apart. On a narrow picture all names stand in the key.
    """
    plot = _plot(x, y, look)
    stacked = _stacked(points, plot)
    spots = {m: spot for s in stacked for m, spot in zip(s.members, s.spots, strict=False)}
    halves = _halves(points, spots, plot) if crosses else []
    placed = _names(points, spots, stacked, halves, plot)
    key = _key(points, placed, look, of_all=key_of_all)
    crowds = _crowds(points, stacked, look)
    more = LEADING * (len(y.lines(plane_drawing.UP, look)) - 1)
    legend, above = plane_drawing.legend(points, words, look, crosses=crosses, stacked=stacked, room=more)
    below = plot.foot - plot.bottom + LEGEND_LINE * len(crowds) + key.height
    plot = _plot(x, y, look, below=below, above=above)
    layers = [
        *plane_drawing.ground(plot, stacked),
        lines(halves, colour=look.palette.accent, **plane_drawing.HALF),
        *plane_drawing.leaders(placed, spots, look),
        *plane_drawing.marks(points, spots, look),
        *plane_drawing.names_written(placed, look),
        *legend,
        *plane_drawing.key_written(points, key, crowds, plot),
    ]
    return draw(plot.sheet, caption, layers)


def _stacked(points: Sequence[Point], plot: Plot) -> list[Stack]:
    return stacks.arrange(
        [
            (plot.across(plot.x.place(point.x.median)), plot.down(plot.y.place(point.y.median)))
            for point in points
        ],
        cell=(plot.cell[0] - 3, plot.cell[1] - 3),
        pitch=PITCH[plot.sheet.look.width],
    )


def _plot(x: Axis, y: Axis, look: Look, *, below: float = 0, above: float = 0) -> Plot:
    down = CELL[look.width] * CELLS / max(y.cells(), CELLS)
    left = LEFT[look.width]
    height = round(down * y.cells() + below)
    sheet = Sheet(look=look, left=left, right=MARGIN + 2, height=height, axis=round(above))
    return Plot(sheet, x, y, (sheet.plot / x.cells(), down))


def _names(
    points: Sequence[Point],
    spots: dict[int, Spot],
    stacked: list[Stack],
    crosses: list[dict[str, float]],
    plot: Plot,
) -> dict[int, tuple[Place, list[str]]]:
    """The names that find room in the plane, each with its lines."""
    if plot.sheet.look.width == "narrow" or len(points) > NAMED:
        return {}
    chosen = sorted(spots)
    broken = {member: _broken(points[member].name) for member in chosen}
    wanted = [
        Name(_box(spots[member]), tuple(_size(lines_) for lines_ in broken[member])) for member in chosen
    ]
    found = labels.place(
        wanted,
        taken=[tile_of(stack, plot.sheet.look) for stack in stacked if len(stack.members) > 1],
        within=Box(2, 2, plot.sheet.plot - 2, plot.bottom - 2),
        avoided=[_line_box(line) for line in crosses],
    )
    return {
        member: (place, broken[member][place.size])
        for member, place in zip(chosen, found, strict=True)
        if place
    }


def _broken(name: str) -> list[list[str]]:
    """The name in one line, in few and in more, without repetition."""
    found: list[list[str]] = []
    for width in BROKEN:
        broken = wrap(name, width, NAME)
        if broken not in found:
            found.append(broken)
    return found


def _size(broken: list[str]) -> tuple[float, float]:
    return max(text_width(line, NAME) for line in broken), float(LEADING * len(broken))


def _box(spot: Spot, reach: float = MARK["wide"] / 2 + 1.5) -> Box:
    return Box(spot[0] - reach, spot[1] - reach, spot[0] + reach, spot[1] + reach)


def _line_box(line: dict[str, float]) -> Box:
    return Box(line["x"] - 1, line["y"] - 1, line["x2"] + 1, line["y2"] + 1)


def _key(
    points: Sequence[Point], placed: dict[int, tuple[Place, list[str]]], look: Look, *, of_all: bool
) -> Key:
    wide = look.width == "wide"
    sections: dict[str, list[Entry]] = {}
    for member, point in enumerate(points):
        if of_all or member not in placed:
            sections.setdefault(point.section, []).append(Entry(member, point.name))
    return keys.lay_out(
        [Section(heading, entries) for heading, entries in sections.items()],
        width=look.total - 2 * MARGIN,
        most=4 if wide else 2,
        gap=18 if wide else 10,
    )


def _crowds(points: Sequence[Point], stacked: list[Stack], look: Look) -> list[str]:
    """Who stands where so many share a position that one letter stands for them."""
    crowds = [stack for stack in stacked if not stack.spots]
    said = [
        f"{letter} = {', '.join(points[member].sign for member in crowd.members)}"
        for letter, crowd in zip(letters(), crowds, strict=False)
    ]
    room = look.total - 2 * MARGIN
    return [line for text in said for line in wrap(text, room, LEGEND)]


def _halves(points: Sequence[Point], spots: dict[int, Spot], plot: Plot) -> list[dict[str, float]]:
    """The middle half of the ratings on both scales, as lines through each mark."""
    rows = []
    for member, (x, y) in sorted(spots.items()):
        point = points[member]
        rows.append({"x": plot.across(point.x.q1), "x2": plot.across(point.x.q3), "y": y, "y2": y})
        rows.append({"x": x, "x2": x, "y": plot.down(point.y.q3), "y2": plot.down(point.y.q1)})
    return rows
