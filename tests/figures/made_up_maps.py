"""Maps as large as they get: real stakeholders, frameworks and threats, as a made-up panel sees them."""

from typing import Any

import numpy as np
import yaml

from app.figures import coverage, network, plane, spreads
from app.figures.look import Figure, Look
from app.figures.plane_points import Axis, Point, Spread, Words
from app.founding import template
from tests.figures.made_up import caption

FOLDER = template.catalogue()["unscr-2370-op12"]
LEVELS = ("international", "regional", "national", "industry", "civil_society")
NAMES = ("International", "Regional", "National", "Industry", "Civil society")
X = Axis(title="Influence, from 1 (Hardly any influence) to 5 (Decisive influence)", low=1, high=5)
Y = Axis(title="Interest, from 1 (Hardly any interest) to 5 (Among its main concerns)", low=1, high=5)


def content(name: str, key: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text())[key]
    return entries


def rated(rng: np.random.Generator, middle: float) -> Spread:
    median, q1, q3 = np.quantile(np.clip(np.rint(rng.normal(middle, 1, 36)), 1, 5), (0.5, 0.25, 0.75))
    return Spread(float(median), float(q1), float(q3))


def stakeholder_points(*, crowded: bool = False) -> list[Point]:
    """All 85; or all at two positions, so that no cell holds them."""
    rng = np.random.default_rng(85)
    sectors = {sector["id"]: sector["label"] for sector in content("sectors", "sectors")}
    ordered = sorted(
        content("stakeholders", "stakeholders"), key=lambda one: list(sectors).index(one["sector"])
    )
    return [
        Point(
            sign=str(place),
            name=one.get("short") or one["name"],
            group=LEVELS.index(one["level"]),
            x=Spread(3 + place % 2, 2, 5) if crowded else rated(rng, rng.uniform(1, 5)),
            y=Spread(4, 3, 5) if crowded else rated(rng, rng.uniform(2, 5)),
            divided=place % 7 == 0,
            section=sectors[one["sector"]],
        )
        for place, one in enumerate(ordered, 1)
    ]


def threat_points() -> list[Point]:
    """All 16."""
    rng = np.random.default_rng(16)
    return [
        Point(
            sign=one["id"][1:],
            name=one["label"],
            group=0,
            x=rated(rng, rng.uniform(2, 5)),
            y=rated(rng, rng.uniform(2, 5)),
            divided=one["id"] == "T04",
        )
        for one in content("threats", "threats")
    ]


def on_a_plane(points: list[Point], look: Look, *, x: Axis = X, y: Axis = Y) -> Figure:
    few = len(points) <= 30
    signs = Words(
        groups=[] if few else NAMES,
        agreed="Views not divided",
        divided="Views divided",
        spread="Middle half of the ratings",
        together="Same position",
    )
    return plane.figure(
        points, x=x, y=y, words=signs, caption=caption(), look=look, crosses=few, key_of_all=not few
    )


def stakeholders(look: Look) -> Figure:
    return on_a_plane(stakeholder_points(), look)


def crowd(look: Look) -> Figure:
    return on_a_plane(stakeholder_points(crowded=True), look)


def threats(look: Look) -> Figure:
    return on_a_plane(threat_points(), look)


def spread(look: Look) -> Figure:
    rows = [
        spreads.SpreadRow(
            title=one.name, group=one.group, x=one.x, y=one.y, x_divided=one.divided, y_divided=False
        )
        for one in stakeholder_points()
    ]
    signs = spreads.Words(
        median="Median", divided="Median, views divided", spread="Middle half of the ratings", groups=NAMES
    )
    groups = [spreads.Group("Views divided (12)", rows[:12]), spreads.Group("Not divided (73)", rows[12:])]
    short = Axis(title="Influence", low=1, high=5), Axis(title="Interest", low=1, high=5)
    return spreads.figure(groups, x=short[0], y=short[1], words=signs, caption=caption(), look=look)


def covered(look: Look) -> Figure:
    """All 39 frameworks and 12 elements."""
    rng = np.random.default_rng(39)
    elements = content("mandate", "elements")
    rows = [
        coverage.Framework(
            title=one["title"],
            cells=[
                coverage.Cell(
                    grade=one["coverage"].get(element["id"]),
                    sure=int(rng.integers(0, 3)),
                    dont_know=float(rng.choice((0.0, 0.1, 0.6, 1.0))),
                    divided=bool(rng.random() < 0.1),
                )
                for element in elements
            ],
        )
        for one in content("frameworks", "frameworks")
    ]
    columns = [
        coverage.Element(code=one["id"], title=one["label"], gap=place % 5 == 0, extent=f"{7 * place}%")
        for place, one in enumerate(elements)
    ]
    signs = coverage.Words(
        full="Covered directly and substantially",
        partial="Covered in part or indirectly",
        none="Not covered",
        divided="Views divided",
        unsure="Smaller: less sure",
        dont_know="Share who do not know",
        gap="Gap: no framework covers the element in full",
        extent="Share not covered",
    )
    return coverage.figure(rows, columns, words=signs, caption=caption(), look=look)


def net(look: Look) -> Figure:
    """All 26 ways forward with whom they name and what they serve."""
    bonds: dict[str, network.Bond] = {
        "elements": "serves",
        "lead_actors": "leads",
        "supporting_actors": "supports",
    }
    edges = [
        network.Edge(option["id"], other, bond)
        for option in content("options", "options")
        for name, bond in bonds.items()
        for other in option[name]
    ]
    named = {edge.other for edge in edges}
    sectors = {sector["id"]: sector["label"] for sector in content("sectors", "sectors")}
    ordered = sorted(
        content("stakeholders", "stakeholders"), key=lambda one: list(sectors).index(one["sector"])
    )
    signs = network.Words(
        elements="Elements of the mandate",
        options="Ways forward",
        stakeholders="Stakeholders",
        serves="serves",
        leads="would lead",
        supports="would support",
        groups=NAMES,
    )
    return network.figure(
        [network.Node(code=one["id"], title=one["label"]) for one in content("mandate", "elements")],
        [network.Node(code=one["id"], title=one["title"]) for one in content("options", "options")],
        [
            network.Node(
                code=one["id"],
                title=one.get("short") or one["name"],
                group=LEVELS.index(one["level"]),
                section=sectors[one["sector"]],
            )
            for one in ordered
            if one["id"] in named
        ],
        edges,
        words=signs,
        caption=caption(),
        look=look,
    )
