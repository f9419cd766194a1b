"""How a plane is drawn: its ground and its signs, the names beside them, the legend and the key."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.figures import key as keys
from app.figures.key import Key
from app.figures.labels import Place
from app.figures.look import Look, Palette, text_width
from app.figures.plane_points import (
    LEADING,
    LEFT,
    LEGEND,
    LEGEND_LINE,
    MARK,
    NAME,
    SHAPES,
    Plot,
    Point,
    Words,
    letters,
    tile_of,
)
from app.figures.sheet import MARGIN, Layer, flow, lines, rectangles, shapes, texts
from app.figures.stacks import Spot, Stack

NUMBER = {"wide": 9, "narrow": 8}
SIGN = 20
UP, RIGHT = "↑", "→"
# overlapping halves add up to a darker line
HALF: dict[str, Any] = {"strokeWidth": 3, "strokeCap": "round", "strokeOpacity": 0.35}


def ground(plot: Plot, stacked: list[Stack]) -> list[Layer]:
    """The scales, the lines at their points, and a tile under every position that several share."""
    palette, wide, bottom = plot.sheet.look.palette, plot.sheet.plot, plot.bottom
    upright = [(plot.across(value), value) for value in plot.x.ticks]
    level = [(plot.down(value), value) for value in plot.y.ticks]
    grid = [
        *({"x": x, "x2": x, "y": 0, "y2": bottom} for x, _ in upright),
        *({"x": 0, "x2": wide, "y": y, "y2": y} for y, _ in level),
    ]
    start, soft = MARGIN - plot.sheet.left, {"colour": palette.soft}
    numbers = [
        *({"x": x, "y": bottom + 12, "text": str(value)} | soft for x, value in upright),
        *({"x": start + 5, "y": y, "text": str(value)} | soft for y, value in level),
    ]
    up, right = (axis.lines(mark, plot.sheet.look) for axis, mark in ((plot.y, UP), (plot.x, RIGHT)))
    titles = [
        *({"x": start, "y": -10 - LEADING * n, "text": line} | soft for n, line in enumerate(reversed(up))),
        *({"x": start, "y": bottom + 30 + LEADING * n, "text": line} | soft for n, line in enumerate(right)),
    ]
    shared = [
        {"x": box.left, "x2": box.right, "top": box.top, "bottom": box.bottom, "colour": palette.tile}
        for stack in stacked
        if len(stack.members) > 1
        for box in [tile_of(stack, plot.sheet.look)]
    ]
    return [
        lines(grid, colour=palette.line),
        rectangles(shared, cornerRadius=4, stroke=palette.line),
        texts(numbers, align="center", fontSize=LEGEND),
        texts(titles, fontSize=LEGEND, fontWeight="bold"),
        *_crowds_signed(stacked, palette),
    ]


def _crowds_signed(stacked: list[Stack], palette: Palette) -> list[Layer]:
    crowds = [stack for stack in stacked if not stack.spots]
    names = [
        {"x": crowd.x, "y": crowd.y - 6, "text": letter, "colour": palette.ink}
        for letter, crowd in zip(letters(), crowds, strict=False)
    ]
    counts = [
        {"x": crowd.x, "y": crowd.y + 8, "text": f"({len(crowd.members)})", "colour": palette.soft}
        for crowd in crowds
    ]
    return [
        texts(names, align="center", fontSize=12, fontWeight="bold"),
        texts(counts, align="center", fontSize=10),
    ]


def leaders(placed: dict[int, tuple[Place, list[str]]], spots: dict[int, Spot], look: Look) -> list[Layer]:
    """From a mark to its name, where that stands farther off."""
    rows = []
    for member, (place, _) in sorted(placed.items()):
        if place.far:
            across, down = place.side
            box, (x, y) = place.box, spots[member]
            end_x = {1: box.left - 1, -1: box.right + 1, 0: x}[across]
            end_y = {1: box.top, -1: box.bottom, 0: y}[down]
            rows.append({"x": x, "y": y, "x2": end_x, "y2": end_y})
    return [lines(rows, colour=look.palette.soft, strokeWidth=0.75)]


def marks(points: Sequence[Point], spots: Mapping[int, Spot], look: Look) -> list[Layer]:
    """Each point's sign with its number: filled where views are together, open where they divide."""
    palette, signs, numbers = look.palette, [], []
    for member, (x, y) in sorted(spots.items()):
        point = points[member]
        colour = palette.groups[point.group]
        fill = palette.ground if point.divided else colour
        ink = colour if point.divided else palette.on_group
        signs.append({"x": x, "y": y, "shape": SHAPES[point.group], "fill": fill, "stroke": colour})
        numbers.append({"x": x, "y": y + 0.5, "text": point.sign, "colour": ink})
    return [
        shapes(signs, size=MARK[look.width]),
        texts(numbers, align="center", fontSize=NUMBER[look.width], fontWeight="bold"),
    ]


def names_written(placed: dict[int, tuple[Place, list[str]]], look: Look) -> list[Layer]:
    """The names, aligned towards their marks, on a rim of the ground's colour."""
    rows: dict[str, list[dict[str, Any]]] = {"left": [], "center": [], "right": []}
    for _, (place, broken) in sorted(placed.items()):
        align = {1: "left", 0: "center", -1: "right"}[place.side[0]]
        box = place.box
        x = {"left": box.left, "center": (box.left + box.right) / 2, "right": box.right}[align]
        rows[align] += [
            {"x": x, "y": box.top + LEADING * (number + 0.5), "text": line, "colour": look.palette.ink}
            for number, line in enumerate(broken)
        ]
    rim: dict[str, Any] = {"stroke": look.palette.ground, "strokeWidth": 3, "strokeJoin": "round"}
    return [
        texts(values, align=align, fontSize=NAME, **over)
        for align, values in rows.items()
        if values
        for over in (rim, {})
    ]


def legend(
    points: Sequence[Point],
    words: Words,
    look: Look,
    *,
    crosses: bool,
    stacked: list[Stack],
    room: float,
) -> tuple[list[Layer], float]:
    """What the signs mean, in lines above the plane, and how much room they take.

    `room` is what the title of the upright scale takes beyond its first line.
    """
    palette, used = look.palette, sorted({point.group for point in points})
    said: list[tuple[str, str]] = [(f"group{g}", words.groups[g]) for g in used if words.groups]
    divided = any(point.divided for point in points)
    said += [("agreed", words.agreed), ("divided", words.divided)] if divided else []
    said += [("cross", words.spread)] if crosses else []
    said += [("tile", words.together)] if any(len(stack.members) > 1 for stack in stacked) else []
    places = flow(
        [SIGN + text_width(text, LEGEND) for _, text in said],
        room=look.total - 2 * MARGIN,
        gap=14,
    )
    last = max((line for _, line in places), default=0)
    above, left = last * LEGEND_LINE + 44.0 + room, MARGIN - LEFT[look.width]
    spots = {
        name: (left + at + SIGN / 2 - 3, line * LEGEND_LINE - above + 12)
        for (name, _), (at, line) in zip(said, places, strict=True)
    }
    named = [
        {"x": spots[name][0] + SIGN / 2 + 1, "y": spots[name][1], "text": text, "colour": palette.soft}
        for name, text in said
    ]
    return [*_legend_signs(spots, look), texts(named, fontSize=LEGEND)], above


def _legend_signs(spots: dict[str, Spot], look: Look) -> list[Layer]:
    palette, layers = look.palette, []
    signs = [
        {"x": x, "y": y, "shape": SHAPES[group], "fill": colour, "stroke": colour}
        for name, (x, y) in spots.items()
        if name.startswith("group")
        for group in [int(name.removeprefix("group"))]
        for colour in [palette.groups[group]]
    ]
    for name, fill in (("agreed", palette.soft), ("divided", palette.ground)):
        if name in spots:
            x, y = spots[name]
            signs.append({"x": x, "y": y, "shape": "circle", "fill": fill, "stroke": palette.soft})
    if "cross" in spots:
        x, y = spots["cross"]
        both = [{"x": x - 7, "x2": x + 7, "y": y, "y2": y}, {"x": x, "x2": x, "y": y - 7, "y2": y + 7}]
        layers.append(lines(both, colour=palette.accent, **HALF))
    if "tile" in spots:
        x, y = spots["tile"]
        tile = {"x": x - 7, "x2": x + 7, "top": y - 7, "bottom": y + 7, "colour": palette.tile}
        layers.append(rectangles([tile], cornerRadius=3, stroke=palette.line))
    return [*layers, shapes(signs, size=11)]


def key_written(points: Sequence[Point], key: Key, crowds: list[str], plot: Plot) -> list[Layer]:
    """Who stands behind each letter, and each number's name."""
    look, start, top = plot.sheet.look, MARGIN - plot.sheet.left, plot.foot
    first = [
        {"x": start, "y": top + LEGEND_LINE * (number + 0.5), "text": line, "colour": look.palette.soft}
        for number, line in enumerate(crowds)
    ]
    top += LEGEND_LINE * len(crowds)
    heads: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    spots = {}
    for row in key.rows:
        text = {"y": top + row.y, "text": row.line.text, "colour": look.palette.ink}
        (heads if row.line.heads else names).append(
            text | {"x": start + row.x + (0 if row.line.heads else keys.SIGN)}
        )
        if row.line.point is not None:
            spots[row.line.point] = (start + row.x + 9, top + row.y)
    small = Look(theme=look.theme, width="narrow")
    return [
        texts(first, fontSize=LEGEND),
        texts(heads, fontSize=keys.SIZE, fontWeight="bold"),
        *marks(points, spots, small),
        texts(names, fontSize=keys.SIZE),
    ]
