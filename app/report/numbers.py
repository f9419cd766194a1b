"""The numbers that a sentence can name: each by its name, as it is written, and where the data set has it."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.i18n import fixed, gettext, number
from app.maps.planes import PlaneMap
from app.models.registers import Kind
from app.outcome import reading
from app.report.material import Asked, Material
from app.results.allocate_tally import AllocateTally
from app.results.tally import Distribution, OptionTally, RateTally, Scale
from app.wording import Rules

Value = int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of the published data; `origin` is its place in the data set, as `tracing` reads it."""

    name: str
    label: str
    text: str
    value: Value
    origin: str


def all_of(material: Material) -> dict[str, Number]:
    """Every number that can be placed, by its name."""
    return {one.name: one for one in _numbers(material)}


def per_cent(share: float) -> str:
    """A share as the number before `per cent`, half a point rounded up, as the wording rules round."""
    return number(int(share * 100 + 0.5 + 1e-9))


def _numbers(material: Material) -> Iterator[Number]:
    for asked in material.turnouts.values():
        yield from _turnout(asked)
    yield from _registers(material)
    outcome = material.outcome
    if outcome is not None:
        base = f"rounds/{outcome.round_.number}/result"
        yield from _labels(outcome.tally, base)
        for option in outcome.tally.options:
            yield from _option(option, outcome.tally, outcome.rules, base)
    yield from _plane(material.threats)
    yield from _plane(material.stakeholders)
    if material.cover.released is not None:
        yield from _coverage(material)
    if material.allotted is not None:
        where = material.allotted
        base = f"questions/{where.round_.number}.{where.question.code}/result"
        yield from _points(where.tally, base)


def _turnout(asked: Asked) -> Iterator[Number]:
    number_, tally = asked.round_.number, asked.tally
    at = f"rounds/{number_}" if _on_cards(tally) else f"questions/{number_}.{asked.question.code}"
    labels = {
        "invited": gettext("experts invited"),
        "enrolled": gettext("experts who had joined"),
        "submitted": gettext("experts who submitted"),
    }
    for name, label in labels.items():
        value = getattr(tally, name)
        yield Number(
            name=f"R{number_}.{name}",
            label=f"R{number_}: {label}",
            text=number(value),
            value=value,
            origin=f"{at}/result/{name}",
        )


def _on_cards(tally: object) -> bool:
    return isinstance(tally, RateTally) and not tally.is_plane


def _registers(material: Material) -> Iterator[Number]:
    labels = {
        Kind.ELEMENT: gettext("elements of the mandate"),
        Kind.THREAT: gettext("threats and risks"),
        Kind.STAKEHOLDER: gettext("stakeholders"),
        Kind.FRAMEWORK: gettext("frameworks and initiatives"),
        Kind.PRACTICE: gettext("good practices"),
        Kind.GAP: gettext("gaps"),
        Kind.OPPORTUNITY: gettext("opportunities"),
        Kind.OPTION: gettext("ways forward"),
    }
    for kind, label in labels.items():
        count = len(material.items(kind))
        yield Number(
            name=f"count.{kind.value}",
            label=label,
            text=number(count),
            value=count,
            origin=f"items#kind={kind.value}",
        )


def _labels(tally: RateTally, base: str) -> Iterator[Number]:
    for label, text in tally.labels.items():
        count = sum(option.label == label for option in tally.options)
        yield _counted(f"label.{label}", text, count, f"{base}/options#label={label}")
    sensitive = sum(option.label_may_change for option in tally.options)
    said = gettext("ways forward whose label changes if thresholds move by five points")
    yield _counted("label.sensitive", said, sensitive, f"{base}/options#sensitive")
    rated = gettext("ways forward rated")
    yield _counted("options", rated, len(tally.options), f"{base}/options#")


def _counted(name: str, label: str, count: int, origin: str) -> Number:
    return Number(name=name, label=label, text=number(count), value=count, origin=origin)


def _option(option: OptionTally, tally: RateTally, rules: Rules, base: str) -> Iterator[Number]:
    code, at = option.code, f"{base}/options/{option.code}"
    scale = tally.overall
    if scale is not None:
        yield from _support(code, option.by_criterion[scale.code], scale, rules, f"{at}/by_criterion")
    yield from _means(option, tally, f"{at}/by_criterion")
    ranks = {
        "rank": gettext("rank"),
        "rank_low": gettext("rank interval, from"),
        "rank_high": gettext("rank interval, to"),
        "rank_equal_weights": gettext("rank with equal weights"),
        "rank_overall": gettext("rank by overall support alone"),
    }
    for name, label in ranks.items():
        value = getattr(option, name)
        if value is not None and reading.is_sure(tally):
            yield _counted(f"{code}.{name}", f"{code}: {label}", value, f"{at}/{name}")
    if option.movement is not None:
        moved = gettext("per cent who moved by two points or more")
        yield Number(
            name=f"{code}.moved",
            label=f"{code}: {moved}",
            text=per_cent(option.movement.moved_share),
            value=option.movement.moved_share,
            origin=f"{at}/movement/moved_share",
        )


def _means(option: OptionTally, tally: RateTally, at: str) -> Iterator[Number]:
    for one in tally.scales:
        mean = option.by_criterion[one.code].mean
        if not one.overall and mean is not None:
            label = gettext("%(criterion)s, mean") % {"criterion": one.label}
            yield Number(
                name=f"{option.code}.{one.code}",
                label=f"{option.code}: {label}",
                text=fixed(mean, 1),
                value=mean,
                origin=f"{at}/{one.code}/mean",
            )


def _support(code: str, d: Distribution, scale: Scale, rules: Rules, at: str) -> Iterator[Number]:
    at = f"{at}/{scale.code}"
    ratings, abstentions = gettext("ratings of overall support"), gettext("abstentions")
    yield _counted(f"{code}.n", f"{code}: {ratings}", d.n, f"{at}/n")
    abstained = sum(d.abstained.values())
    yield _counted(f"{code}.abstained", f"{code}: {abstentions}", abstained, f"{at}/abstained#sum")
    if d.n:
        yield from _quantiles(code, d, at)
        yield from _bands(code, d, scale, rules, at)


def _quantiles(code: str, d: Distribution, at: str) -> Iterator[Number]:
    found: dict[str, tuple[str, Value, str]] = {
        "median": (gettext("median"), d.median, f"{at}/median"),
        "q1": (gettext("lower quartile"), d.q1, f"{at}/q1"),
        "q3": (gettext("upper quartile"), d.q3, f"{at}/q3"),
        "iqr": (gettext("interquartile range"), d.iqr, f"{at}#iqr"),
    }
    for name, (label, value, origin) in found.items():
        if value is not None:
            text = number(value, 2)
            yield Number(
                name=f"{code}.{name}", label=f"{code}: {label}", text=text, value=value, origin=origin
            )


def _bands(code: str, d: Distribution, scale: Scale, rules: Rules, at: str) -> Iterator[Number]:
    """The shares of the favourable and the unfavourable band, and how many experts they are."""
    low_end, high_start = rules.bands(scale.low, scale.high)
    bands = {
        "favourable": (gettext("favourable"), d.share_high, "high", high_start, scale.high),
        "unfavourable": (gettext("unfavourable"), d.share_low, "low", scale.low, low_end),
    }
    for name, (label, share, end, low, high) in bands.items():
        said = gettext("per cent %(band)s") % {"band": label}
        yield Number(
            name=f"{code}.{name}",
            label=f"{code}: {said}",
            text=per_cent(share or 0.0),
            value=share,
            origin=f"{at}/share_{end}",
        )
        count = sum(d.counts[low - scale.low : high - scale.low + 1])
        counted = gettext("experts who were %(band)s") % {"band": label}
        points = f"{low - scale.low}-{high - scale.low}"
        yield _counted(f"{code}.{name}_n", f"{code}: {counted}", count, f"{at}/counts#{points}")


def _plane(page: PlaneMap) -> Iterator[Number]:
    if page.released is None or page.axes is None:
        return
    base = f"questions/{page.released.round_.number}.{page.released.question.code}/result/options"
    median = gettext("median")
    for one in page.placed:
        for axis, d in zip(page.axes, (one.x, one.y), strict=True):
            at = f"{base}/{one.code}/by_criterion/{axis.scale.code}"
            yield Number(
                name=f"{one.code}.{axis.scale.code}",
                label=f"{one.code}: {axis.scale.label}, {median}",
                text=number(d.median or 0.0, 2),
                value=d.median,
                origin=f"{at}/median",
            )
    name = f"{page.kind.value}.n"
    yield _counted(name, gettext("rated on both scales"), len(page.seen), f"{base}#")


def _coverage(material: Material) -> Iterator[Number]:
    released = material.cover.released
    assert released is not None, "asked for where there is one"
    base = f"questions/{released.round_.number}.{released.question.code}/result"
    gaps = len(material.cover.gaps)
    yield _counted(
        "coverage.gaps", gettext("elements that no framework covers in full"), gaps, f"{base}#uncovered"
    )
    frameworks = len(released.tally.frameworks)
    yield _counted("coverage.frameworks", gettext("frameworks graded"), frameworks, f"{base}/frameworks#")


def _points(tally: AllocateTally, base: str) -> Iterator[Number]:
    yield _counted("points.n", gettext("experts who spent points"), tally.allocations, f"{base}/allocations")
    mean, given = gettext("mean points"), gettext("experts who gave it points")
    for option in tally.options:
        if option.mean is None:
            continue
        at, code = f"{base}/options/{option.code}", option.code
        yield Number(
            name=f"{code}.points",
            label=f"{code}: {mean}",
            text=number(option.mean, 1),
            value=option.mean,
            origin=f"{at}/mean",
        )
        yield _counted(f"{code}.given", f"{code}: {given}", option.given, f"{at}/given")
        for end in ("rank_low", "rank_high"):
            value = getattr(option, end)
            if value is not None:
                label = gettext("rank by points, interval")
                yield _counted(f"{code}.points_{end}", f"{code}: {label}", value, f"{at}/{end}")
