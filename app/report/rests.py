"""On what a sentence rests: the figures behind it, as a footnote that is bound to the data."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from app.i18n import gettext
from app.outcome import reading
from app.report.blocks import Bound, Inline, Text
from app.report.markup import Place
from app.report.material import Asked, Material
from app.report.numbers import Number
from app.results.tally import RateTally

Numbers = Mapping[str, Number]
Runs = tuple[Inline, ...]
Build = Callable[[], Runs]


def all_of(material: Material, numbers: Numbers) -> dict[str, Build]:
    """Every footnote by its name."""
    found: dict[str, Build] = {}
    for asked in material.turnouts.values():
        found[f"R{asked.round_.number}"] = partial(_turnout, material, asked, numbers)
    outcome = material.outcome
    if outcome is not None:
        found |= _of_outcome(material, outcome.tally, numbers)
    for page in (material.threats, material.stakeholders):
        if page.released is not None:
            found |= {
                one.code: partial(_placed, one.code, page.released.round_.number, numbers)
                for one in page.placed
            }
    if material.cover.released is not None:
        found["coverage"] = partial(_coverage, material.cover.released.round_.number, numbers)
    if material.allotted is not None:
        number = material.allotted.round_.number
        given = [one for one in material.allotted.tally.options if one.mean is not None]
        found |= {f"{one.code}.points": partial(_points, one.code, number, numbers) for one in given}
    return found


def _of_outcome(material: Material, tally: RateTally, numbers: Numbers) -> dict[str, Build]:
    found: dict[str, Build] = {}
    if tally.overall is not None:
        found |= {one.code: partial(_support, material, one.code, numbers) for one in tally.options}
    if reading.verdicts(tally):
        found["labels"] = partial(_labels, material, numbers)
    if reading.is_sure(tally):
        ranked = [one for one in tally.options if one.rank is not None]
        found |= {f"{one.code}.rank": partial(_rank, material, one.code, numbers) for one in ranked}
    return found


def filled(sentence: str, numbers: Numbers, names: Mapping[str, str], **words: object) -> Runs:
    """The sentence as runs: each `%(field)s` of `names` becomes the number of that name, the others words.

    A number that the data do not have is left as a dash.
    """
    marks = {field: f"\0{field}\0" for field in names}
    runs: list[Inline] = []
    for place, piece in enumerate((sentence % (marks | words)).split("\0")):
        if place % 2 == 0:
            runs += [Text(piece)] if piece else []
        elif names[piece] in numbers:
            number = numbers[names[piece]]
            runs.append(Bound(Place("number", number.name).key, number.text))
        else:
            runs.append(Text("–"))  # noqa: RUF001 - a dash for nothing
    return tuple(runs)


def _turnout(material: Material, asked: Asked, numbers: Numbers) -> Runs:
    number = asked.round_.number
    sentence = gettext(
        "Round R%(number)s, closed on %(day)s: %(submitted)s experts submitted, of %(enrolled)s who had "
        "joined and %(invited)s invited."
    )
    names = {name: f"R{number}.{name}" for name in ("submitted", "enrolled", "invited")}
    return filled(sentence, numbers, names, number=number, day=material.day(asked.round_))


def _support(material: Material, code: str, numbers: Numbers) -> Runs:
    assert material.outcome is not None, "only what was rated has such a footnote"
    sentence = gettext(
        "%(code)s, overall support in R%(number)s: %(n)s ratings, median %(median)s, middle half from "
        "%(q1)s to %(q3)s, %(favourable)s per cent favourable, %(unfavourable)s per cent unfavourable; "
        "%(abstained)s abstained."
    )
    fields = ("n", "median", "q1", "q3", "favourable", "unfavourable", "abstained")
    names = {field: f"{code}.{field}" for field in fields}
    runs = filled(sentence, numbers, names, code=code, number=material.outcome.round_.number)
    return (*runs, *_lowest(material, code, numbers))


def _lowest(material: Material, code: str, numbers: Numbers) -> Iterator[Inline]:
    """The criteria on which it is rated lowest, if lower than its overall support."""
    tally = material.outcome.tally if material.outcome else None
    option = tally.option(code) if tally else None
    if tally is None or option is None or not _names_themes(material, option.label):
        return
    for scale, _mean in reading.reservations(tally, option):
        sentence = gettext("Lower on “%(criterion)s”: mean %(mean)s.")
        yield Text(" ")
        yield from filled(sentence, numbers, {"mean": f"{code}.{scale.code}"}, criterion=scale.label)


def _names_themes(material: Material, label: str) -> bool:
    """Whether the label's sentence says what the reservations are about."""
    rules = material.outcome.rules if material.outcome else None
    return any(one.id == label and "{themes}" in one.sentence for one in rules.labels) if rules else False


def _labels(material: Material, numbers: Numbers) -> Runs:
    outcome = material.outcome
    assert outcome is not None, "asked for where there is one"
    runs = list(
        filled(
            gettext("R%(number)s, %(submitted)s experts; labels by the wording rules: "),
            numbers,
            {"submitted": f"R{outcome.round_.number}.submitted"},
            number=outcome.round_.number,
        )
    )
    given = [verdict.id for verdict in reading.verdicts(outcome.tally)]
    for place, label in enumerate(given):
        end = "." if place == len(given) - 1 else "; "
        runs += [Text(f"{outcome.tally.labels[label]} "), *_bound(numbers, f"label.{label}"), Text(end)]
    return tuple(runs)


def _bound(numbers: Numbers, name: str) -> Iterator[Inline]:
    if name in numbers:
        yield Bound(Place("number", name).key, numbers[name].text)


def _rank(material: Material, code: str, numbers: Numbers) -> Runs:
    assert material.outcome is not None, "only what was ranked has such a footnote"
    sentence = gettext(
        "%(code)s, weighted criteria in R%(number)s: rank %(rank)s, 95 per cent rank interval from %(low)s "
        "to %(high)s; with equal weights rank %(equal)s."
    )
    names = {
        "rank": f"{code}.rank",
        "low": f"{code}.rank_low",
        "high": f"{code}.rank_high",
        "equal": f"{code}.rank_equal_weights",
    }
    return filled(sentence, numbers, names, code=code, number=material.outcome.round_.number)


def _placed(code: str, round_number: int, numbers: Numbers) -> Runs:
    criteria = [name for name in numbers if name.startswith(f"{code}.")]
    runs: list[Inline] = [Text(gettext("%(code)s in R%(number)s: ") % {"code": code, "number": round_number})]
    for place, name in enumerate(criteria):
        label = numbers[name].label.removeprefix(f"{code}: ")
        end = "." if place == len(criteria) - 1 else "; "
        runs += [Text(f"{label} "), *_bound(numbers, name), Text(end)]
    return tuple(runs)


def _coverage(round_number: int, numbers: Numbers) -> Runs:
    sentence = gettext(
        "Coverage as graded in R%(number)s: %(frameworks)s frameworks; %(gaps)s elements that none of them "
        "covers in full by the median grade."
    )
    names = {"frameworks": "coverage.frameworks", "gaps": "coverage.gaps"}
    return filled(sentence, numbers, names, number=round_number)


def _points(code: str, round_number: int, numbers: Numbers) -> Runs:
    sentence = gettext(
        "%(code)s, points in R%(number)s: mean %(mean)s, given by %(given)s of %(n)s experts; 95 per cent "
        "rank interval from %(low)s to %(high)s."
    )
    names = {
        "mean": f"{code}.points",
        "given": f"{code}.given",
        "n": "points.n",
        "low": f"{code}.points_rank_low",
        "high": f"{code}.points_rank_high",
    }
    return filled(sentence, numbers, names, code=code, number=round_number)
