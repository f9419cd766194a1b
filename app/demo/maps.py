"""Draw invented answers to what a mapping asks, the same for the same seed: planes, coverage, arguments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from app.demo.invented import read
from app.demo.opinions import ABSTENTIONS, Sheet
from app.models.registers import LinkKind
from app.questions.answers import Answer, Judgement
from app.questions.comment import SIDES
from app.questions.cover import DONT_KNOW, GRADES, SOURCE, SURE, SURENESS
from app.registers.queries import ItemView
from app.rounds import planes

LOW, HIGH = 1, 5
NONE, FULL = 0, len(GRADES) - 1

# How often an expert places a threat, or one of her own sector's stakeholders; how often others, by her
# patience; and how often she says instead that it is not her field, or leaves out one of the two judgements.
PLACES, OTHERS = 0.88, (0.15, 0.35, 0.7)
ABSTAINS, HALVES = 0.05, 0.03
# how often she says how sure she is, and where it can be read
SAYS_SURE, NAMES_SOURCE = 0.5, 0.04
SURE_WEIGHTS = (2, 5, 3)


@dataclass(frozen=True, slots=True)
class Place:
    """Around what the panel puts one thing on each axis, and how widely.

    Where it is in two camps, `camps` has around what each gathers; `leans` is what a sector adds.
    """

    middle: dict[str, float]
    spread: float
    camps: dict[str, list[float]] = field(default_factory=dict)
    leans: dict[str, float] = field(default_factory=dict)


def threats(draw: Random, sectors: Sequence[str]) -> list[Sheet]:
    """Where each expert puts the threats; some say why."""
    places = {
        code: Place(
            {axis: one[axis] for axis in planes.THREATS},
            one["spread"],
            one.get("camps", {}),
            one.get("leans", {}),
        )
        for code, one in read("mapping.yaml")["threats"].items()
    }
    halves = {code: _half(draw, len(sectors)) for code in places}
    sheets = [
        {
            code: _placed(draw, place, sector, first=number in halves[code])
            for code, place in places.items()
            if draw.random() < PLACES
        }
        for number, sector in enumerate(sectors)
    ]
    likelihood, _ = planes.THREATS
    for code, reasons in read("comments.yaml")["threats"].items():
        placing = [
            sheet for sheet in sheets if code in sheet and isinstance(sheet[code].score(likelihood), int)
        ]
        for sheet, reason in zip(draw.sample(placing, len(reasons)), reasons, strict=True):
            sheet[code] = Answer(sheet[code].judgements, reason)
    return sheets


def stakeholders(draw: Random, sectors: Sequence[str], items: Iterable[ItemView]) -> list[Sheet]:
    """Where each expert puts the stakeholders: nearly all of her own sector, and of the others some."""
    shapes = read("mapping.yaml")["stakeholders"]
    places = {item.code: (_place(draw, item, shapes), item.fields["sector"]) for item in items}
    halves = {code: _half(draw, len(sectors)) for code in places}
    sheets = []
    for number, sector in enumerate(sectors):
        patience = draw.choice(OTHERS)
        sheets.append(
            {
                code: _placed(draw, place, sector, first=number in halves[code])
                for code, (place, home) in places.items()
                if draw.random() < (PLACES if home == sector else patience)
            }
        )
    return sheets


def _place(draw: Random, item: ItemView, shapes: Mapping[str, Any]) -> Place:
    level = shapes["levels"][item.fields["level"]]["core" if item.fields["core"] else "other"]
    middle = {axis: value + draw.gauss(0, shapes["apart"]) for axis, value in level.items()}
    return Place(middle, shapes["spread"], shapes["camps"].get(item.code, {}))


def _half(draw: Random, experts: int) -> set[int]:
    """The experts of the first camp, wherever there are two."""
    return set(draw.sample(range(experts), experts // 2))


def _placed(draw: Random, place: Place, sector: str, *, first: bool) -> Answer:
    if draw.random() < ABSTAINS:
        return Answer(dict.fromkeys(place.middle, draw.choices(ABSTENTIONS, (6, 3, 1))[0]))
    judgements: dict[str, Judgement] = {}
    for axis, middle in place.middle.items():
        high, low = place.camps.get(axis, (middle, middle))
        point = draw.gauss((high if first else low) + place.leans.get(sector, 0.0), place.spread)
        if draw.random() >= HALVES:
            judgements[axis] = min(HIGH, max(LOW, round(point)))
    return Answer(judgements)


def coverage(draw: Random, sectors: Sequence[str], items: Iterable[ItemView]) -> list[Sheet]:
    """How far each expert sees the frameworks that she knows cover each element."""
    registered = {
        item.code: {link.code: link.value or "" for link in item.linked(LinkKind.COVERS)} for item in items
    }
    known = _known(draw, sectors, list(registered))
    sheets: list[Sheet] = [{} for _ in sectors]
    for code, grades in registered.items():
        for expert in known[code]:
            sheets[expert][code] = Answer(*_graded(draw, code, grades))
    _agree(draw, sheets, known)
    return sheets


def _known(draw: Random, sectors: Sequence[str], codes: Sequence[str]) -> dict[str, list[int]]:
    """By whom each framework is known, as places on the panel."""
    shapes = read("mapping.yaml")
    how, agreed = shapes["knowledge"], shapes["coverage"]["agreed"]
    known: dict[str, list[int]] = {code: [] for code in codes}
    for expert, sector in enumerate(sectors):
        own = shapes["frameworks"].get(sector, [])
        for code in (
            *draw.sample(shapes["frameworks"]["all"], how["some"]),
            *draw.sample(own, round(how["share"] * len(own))),
        ):
            known[code].append(expert)
    for code, experts in known.items():
        wanted = agreed["of"] if code == agreed["framework"] else how["fewest"]
        others = [expert for expert in range(len(sectors)) if expert not in experts]
        experts.extend(draw.sample(others, max(0, wanted - len(experts))))
    return known


def _graded(
    draw: Random, framework: str, grades: Mapping[str, str]
) -> tuple[dict[str, Judgement], str, dict[str, str]]:
    shapes = read("mapping.yaml")["coverage"]
    otherwise, divided = shapes["otherwise"].get(framework, {}), shapes["divided"].get(framework, [])
    judgements: dict[str, Judgement] = {}
    texts: dict[str, str] = {}
    for element, registered in grades.items():
        middle = GRADES.index(otherwise.get(element, registered))
        grade = draw.choice((NONE, FULL)) if element in divided else _grade(draw, middle, shapes)
        judgements[element] = DONT_KNOW if grade is None else grade
        if grade is None:
            continue
        if draw.random() < SAYS_SURE:
            judgements[f"{element}{SURE}"] = draw.choices(SURENESS, SURE_WEIGHTS)[0]
        if draw.random() < NAMES_SOURCE:
            texts[f"{element}{SOURCE}"] = draw.choice(shapes["sources"])
    return judgements, "", texts


def _grade(draw: Random, middle: int, shapes: Mapping[str, Any]) -> int | None:
    """The grade, nearly always, or one next to it; or she does not know."""
    steps = (0, -1, 1, None)
    weights = [shapes["as_expected"], shapes["less"], shapes["more"]]
    step = draw.choices(steps, (*weights, 1 - sum(weights)))[0]
    return None if step is None else min(FULL, max(NONE, middle + step))


def _agree(draw: Random, sheets: Sequence[Sheet], known: Mapping[str, Sequence[int]]) -> None:
    """Of those who know one programme nearly all say the same of one element, and where it can be read."""
    shapes = read("mapping.yaml")["coverage"]
    agreed, references = shapes["agreed"], shapes["references"]
    code, element = agreed["framework"], agreed["element"]
    for place, expert in enumerate(known[code]):
        before = sheets[expert][code]
        judgements, texts = dict(before.judgements), dict(before.texts)
        agrees = place < agreed["by"]
        judgements[element] = GRADES.index(agreed["grade"]) if agrees else NONE
        judgements[f"{element}{SURE}"] = draw.choices(SURENESS, SURE_WEIGHTS)[0]
        if agrees:
            texts[f"{element}{SOURCE}"] = references[place]
        sheets[expert][code] = Answer(judgements, before.rationale, texts)


def comments(draw: Random, experts: int, items: Iterable[ItemView]) -> list[Sheet]:
    """What speaks for and against the items, each remark by one expert, and some by each of them."""
    texts = read("comments.yaml")["items"]
    remarks = [
        (item.code, side, text)
        for item in items
        for side in SIDES
        for text in texts.get(item.code, {}).get(side, [])
    ]
    sheets: list[Sheet] = [{} for _ in range(experts)]
    for place, (code, side, text) in enumerate(draw.sample(remarks, len(remarks))):
        sheet = sheets[place % experts]
        said = sheet.get(code, Answer()).texts
        if side in said:  # one remark of a side by one expert; the next one makes this one
            sheet = next(other for other in sheets if side not in other.get(code, Answer()).texts)
            said = sheet.get(code, Answer()).texts
        sheet[code] = Answer(texts=said | {side: text})
    return sheets
