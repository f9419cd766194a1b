"""A network in three columns: elements, the ways forward that serve them, and who is named for these."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from app.figures.look import Caption, Figure, Look, text_width, wrap
from app.figures.plane_points import SHAPES
from app.figures.sheet import MARGIN, Layer, Sheet, draw, flow, rectangles, shapes, texts

Bond = Literal["serves", "leads", "supports"]
Row = dict[str, Any]

SIZE, LEADING, LINE = 11, 13, 15
HEAD = 21
# across, in pixels from the left edge: the ends of elements, of options and of stakeholders
COLUMNS: dict[str, tuple[int, int, int, int]] = {"wide": (160, 326, 560, 838), "narrow": (30, 98, 134, 240)}
BONDS: dict[Bond, dict[str, Any]] = {
    "serves": {"strokeWidth": 1, "strokeOpacity": 0.55},
    "supports": {"strokeWidth": 1, "strokeOpacity": 0.7, "strokeDash": [3, 2]},
    "leads": {"strokeWidth": 1.8, "strokeOpacity": 0.85},
}
BEND = 22  # how far a line runs level before it turns
PATCH = 28
LEGEND_LINE = 18
ROUNDS = 6  # of putting options and stakeholders next to what they are bound to


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An element, a way forward or a stakeholder: its group has a shape, its section a heading."""

    code: str
    title: str
    group: int = 0
    section: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A way forward serves an element, or a stakeholder leads or supports a way forward."""

    option: str
    other: str
    bond: Bond


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the columns and the lines are called."""

    elements: str
    options: str
    stakeholders: str
    serves: str
    leads: str
    supports: str
    groups: Sequence[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Every node's height, by its code; the headings of sections; and how high it all is."""

    elements: dict[str, float]
    options: dict[str, float]
    stakeholders: dict[str, float]
    heads: list[tuple[str, float]]
    height: float


def figure(
    elements: Sequence[Node],
    options: Sequence[Node],
    stakeholders: Sequence[Node],
    edges: Sequence[Edge],
    *,
    words: Words,
    caption: Caption,
    look: Look,
) -> Figure:
    """The three columns, each way forward near to what it is bound to."""
    layout = _layout(elements, options, stakeholders, edges, look)
    legend, above = _legend(stakeholders, words, look)
    key = [] if look.width == "wide" else _key([*elements, *options], look)
    sheet = Sheet(
        look=look,
        left=MARGIN,
        right=MARGIN,
        height=round(layout.height + (24 + LINE * len(key) if key else 8)),
        axis=round(above + 26),
    )
    layers = [
        *_edges(edges, stakeholders, layout, look),
        *_elements(elements, layout, look),
        *_options(options, layout, look),
        *_stakeholders(stakeholders, layout, look),
        *_heads(words, look),
        *legend,
        *_key_written(key, layout.height + 24, look),
    ]
    return draw(sheet, caption, layers)


def _layout(
    elements: Sequence[Node],
    options: Sequence[Node],
    stakeholders: Sequence[Node],
    edges: Sequence[Edge],
    look: Look,
) -> Layout:
    """Options and, within their sections, stakeholders stand at the mean height of what they are bound to."""
    bound: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        bound[edge.option].append(edge.other)
        bound[edge.other].append(edge.option)
    ordered, order = list(stakeholders), list(options)
    right, heads, height = _listed(ordered, look)
    height = max(height, len(options) * _slot(look), len(elements) * _slot(look))
    left = _spread(list(elements), height)
    for _ in range(ROUNDS):
        middle = _spread(order, height)
        ordered = _sorted_in_sections(ordered, bound, middle)
        right, heads, _ = _listed(ordered, look)
        order = _sorted(order, bound, left | right)
    return Layout(left, _spread(order, height), right, heads, height)


def _slot(look: Look) -> float:
    return 46.0 if look.width == "wide" else 22.0


def _spread(nodes: list[Node], height: float) -> dict[str, float]:
    step = height / max(len(nodes), 1)
    return {node.code: (place + 0.5) * step for place, node in enumerate(nodes)}


def _listed(nodes: list[Node], look: Look) -> tuple[dict[str, float], list[tuple[str, float]], float]:
    """The stakeholders one below the other, under the headings of their sections."""
    at, heads, top = {}, [], 0.0
    room = look.total - COLUMNS[look.width][3] - MARGIN - 8
    for section, members in groupby(nodes, key=lambda node: node.section):
        for line in wrap(section, room, SIZE, bold=True) if section else []:
            heads.append((line, top + HEAD / 2))
            top += LEADING
        top += HEAD - LEADING if section else 0
        for node in members:
            at[node.code] = top + LINE / 2
            top += LINE
    return at, heads, top


def _sorted(nodes: list[Node], bound: Mapping[str, list[str]], at: Mapping[str, float]) -> list[Node]:
    """By the mean height of what each is bound to; what is bound to nothing keeps to the end."""

    def middle(node: Node) -> float:
        heights = [at[code] for code in bound.get(node.code, ()) if code in at]
        return sum(heights) / len(heights) if heights else float("inf")

    return sorted(nodes, key=middle)


def _sorted_in_sections(
    nodes: list[Node], bound: Mapping[str, list[str]], at: Mapping[str, float]
) -> list[Node]:
    """Each section by itself, and the sections by the mean height of what they are bound to."""
    sections = [list(members) for _, members in groupby(nodes, key=lambda node: node.section)]

    def middle(members: list[Node]) -> float:
        heights = [at[code] for node in members for code in bound.get(node.code, ()) if code in at]
        return sum(heights) / len(heights) if heights else float("inf")

    return [node for members in sorted(sections, key=middle) for node in _sorted(members, bound, at)]


def _edges(edges: Sequence[Edge], stakeholders: Sequence[Node], layout: Layout, look: Look) -> list[Layer]:
    palette, (first, second, third, fourth) = look.palette, COLUMNS[look.width]
    colours = {node.code: palette.groups[node.group] for node in stakeholders}
    layers = []
    for bond, mark in BONDS.items():
        rows: list[Row] = []
        for number, edge in enumerate(edges):
            if edge.bond != bond:
                continue
            middle = layout.options[edge.option]
            if bond == "serves":
                ends = (first, layout.elements[edge.other]), (second, middle)
            else:
                ends = (third, middle), (fourth, layout.stakeholders[edge.other])
            colour = colours.get(edge.other, palette.soft)
            rows += [row | {"colour": colour} for row in _curve(number, *ends)]
        layers.append(
            {
                "data": {"values": rows},
                "mark": {"type": "line", "interpolate": "basis"} | mark,
                "encoding": {
                    "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
                    "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
                    "detail": {"field": "edge", "type": "nominal"},
                    "stroke": {"field": "colour", "type": "nominal", "scale": None},
                    "order": {"field": "step", "type": "quantitative"},
                },
            }
        )
    return layers


def _curve(number: int, start: tuple[float, float], end: tuple[float, float]) -> list[Row]:
    points = [start, (start[0] + BEND, start[1]), (end[0] - BEND, end[1]), end]
    return [
        {"edge": number, "step": step, "x": round(x, 1), "y": round(y, 1)}
        for step, (x, y) in enumerate(points)
    ]


def _elements(elements: Sequence[Node], layout: Layout, look: Look) -> list[Layer]:
    rows = []
    for node in elements:
        said = wrap(node.title, COLUMNS["wide"][0] - 42, SIZE) if look.width == "wide" else []
        y = layout.elements[node.code]
        rows.append({"x": 0.0, "y": y, "text": node.code, "colour": look.palette.ink, "bold": True})
        rows += [
            {"x": 32.0, "y": y + LEADING * (number - (len(said) - 1) / 2), "text": line, "bold": False}
            | {"colour": look.palette.ink}
            for number, line in enumerate(said)
        ]
    return _weighed(rows)


def _options(options: Sequence[Node], layout: Layout, look: Look) -> list[Layer]:
    """A box for each way forward: lines arrive on its left side and leave on its right."""
    palette, (_, left, right, _) = look.palette, COLUMNS[look.width]
    boxes, rows = [], []
    for node in options:
        y = layout.options[node.code]
        said = wrap(node.title, right - left - 48, SIZE)[:3] if look.width == "wide" else []
        half = LEADING * max(len(said), 1) / 2 + 3
        box = {"x": left, "x2": right, "top": y - half, "bottom": y + half, "colour": palette.tile}
        boxes.append(box)
        rows.append({"x": left + 6, "y": y, "text": node.code, "bold": True, "colour": palette.ink})
        rows += [
            {"x": left + 42, "y": y + LEADING * (number - (len(said) - 1) / 2), "text": line, "bold": False}
            | {"colour": palette.ink}
            for number, line in enumerate(said)
        ]
    return [rectangles(boxes, cornerRadius=3, stroke=palette.line), *_weighed(rows)]


def _stakeholders(stakeholders: Sequence[Node], layout: Layout, look: Look) -> list[Layer]:
    palette, left = look.palette, COLUMNS[look.width][3]
    signs, names = [], []
    for node in stakeholders:
        y, colour = layout.stakeholders[node.code], palette.groups[node.group]
        signs.append({"x": left + 6, "y": y, "shape": SHAPES[node.group], "fill": colour, "stroke": colour})
        names.append({"x": left + 17, "y": y, "text": node.title, "colour": palette.ink})
    heads = [{"x": left + 2, "y": y, "text": line, "colour": palette.soft} for line, y in layout.heads]
    room = look.total - left - 17 - 2 * MARGIN
    return [
        shapes(signs, size=8),
        texts(names, fontSize=SIZE, limit=room),
        texts(heads, fontSize=SIZE, fontWeight="bold"),
    ]


def _weighed(rows: list[Row]) -> list[Layer]:
    return [
        texts([row for row in rows if row["bold"] is bold], fontSize=SIZE, fontWeight=weight)
        for bold, weight in ((True, "bold"), (False, "normal"))
    ]


def _heads(words: Words, look: Look) -> list[Layer]:
    """What each column holds; on a narrow picture the key says it."""
    if look.width == "narrow":
        return []
    _, second, _, fourth = COLUMNS["wide"]
    rows = [
        {"x": x, "y": -13.0, "text": text, "colour": look.palette.soft}
        for x, text in ((0, words.elements), (second, words.options), (fourth, words.stakeholders))
    ]
    return [texts(rows, fontSize=12)]


def _legend(stakeholders: Sequence[Node], words: Words, look: Look) -> tuple[list[Layer], float]:
    palette, used = look.palette, sorted({node.group for node in stakeholders})
    said = [words.leads, words.supports, words.serves, *(words.groups[group] for group in used)]
    places = flow([PATCH + text_width(text, SIZE) for text in said], room=look.total - 2 * MARGIN, gap=12)
    above = LEGEND_LINE * (1 + max(line for _, line in places)) + 4.0
    spots = [(at, line * LEGEND_LINE - above - 26 + LEGEND_LINE / 2) for at, line in places]
    named = [
        {"x": x + PATCH, "y": y, "text": text, "colour": palette.soft}
        for (x, y), text in zip(spots, said, strict=True)
    ]
    signs = [
        {"x": x + 12, "y": y, "shape": SHAPES[group], "fill": palette.groups[group]}
        | {"stroke": palette.groups[group]}
        for (x, y), group in zip(spots[3:], used, strict=True)
    ]
    bonds: tuple[Bond, Bond, Bond] = ("leads", "supports", "serves")
    colours = (palette.accent, palette.accent, palette.soft)
    samples: list[Layer] = [
        {
            "data": {"values": [{"x": x, "x2": x + PATCH - 6, "y": y}]},
            "mark": {"type": "rule", "color": colour} | BONDS[bond],
            "encoding": {
                "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
                "x2": {"field": "x2"},
                "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
            },
        }
        for (x, y), bond, colour in zip(spots[:3], bonds, colours, strict=True)
    ]
    return [*samples, shapes(signs, size=10), texts(named, fontSize=SIZE)], above


def _key(nodes: Sequence[Node], look: Look) -> list[tuple[str, str]]:
    """On a narrow picture, what the codes stand for, line by line."""
    found: list[tuple[str, str]] = []
    for node in nodes:
        first, *more = wrap(node.title, look.total - 2 * MARGIN - 36, SIZE)
        found += [(node.code, first), *(("", line) for line in more)]
    return found


def _key_written(key: list[tuple[str, str]], top: float, look: Look) -> list[Layer]:
    rows: list[Row] = []
    for number, (code, title) in enumerate(key):
        y = top + LINE * (number + 0.5)
        rows.append({"x": 0.0, "y": y, "text": code, "colour": look.palette.ink, "bold": True})
        rows.append({"x": 36.0, "y": y, "text": title, "colour": look.palette.ink, "bold": False})
    return _weighed(rows)
