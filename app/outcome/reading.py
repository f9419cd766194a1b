"""What a tally says to a reader: verdicts in order, the finding, and why an option ranks where it does."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.figures.rank_intervals import Mark
from app.i18n import enumerate_words, fixed, gettext, ngettext, percent
from app.models import Question
from app.results.tally import Distribution, Movement, OptionTally, RateTally, Scale
from app.wording import Rules

# From agreement to doubt. The rules of a seminar may name others: these stand last, in the rules' order.
MARKS: dict[str, Mark] = {
    "broad_agreement": "circle",
    "general_support": "square",
    "qualified_support": "triangle",
    "mixed_views": "ring",
    "divergent_views": "diamond",
    "limited_support": "wedge",
    "not_enough": "cross",
}
OTHER: Mark = "ring"
NAMED = 8
# a difference that the second decimal shows clearly
TELLING = 0.05
HARDLY = 0.005
# what floats leave behind lies beyond this decimal
DECIMALS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One label, and the options to which it belongs in the order of their rank."""

    id: str
    label: str
    mark: Mark
    options: list[OptionTally]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one criterion adds to an option's value.

    `share` is weight times mean; `ahead` is how far that lies above the usual way forward's.
    """

    scale: Scale
    weight: float
    mean: float
    share: float
    ahead: float


def ranked(tally: RateTally) -> int:
    """How many options have a rank."""
    return sum(option.rank is not None for option in tally.options)


def verdicts(tally: RateTally) -> list[Verdict]:
    """Every label that was given, from agreement to doubt."""
    order = [*(id_ for id_ in MARKS if id_ in tally.labels), *(x for x in tally.labels if x not in MARKS)]
    given = [
        Verdict(
            id=id_,
            label=tally.labels[id_],
            mark=MARKS.get(id_, OTHER),
            options=[option for option in tally.options if option.label == id_],
        )
        for id_ in order
    ]
    return [verdict for verdict in given if verdict.options]


def band_names(rules: Rules, low: int, high: int) -> tuple[str, str, str]:
    """The favourable, the undecided and the unfavourable band by their ends, as `7-9`."""
    low_end, high_start = rules.bands(low, high)
    middle = _range(low_end + 1, high_start - 1)
    return _range(high_start, high), middle, _range(low, low_end)


def _range(low: int, high: int) -> str:
    return f"{low}–{high}" if low < high else f"{high}" if low == high else "–"  # noqa: RUF001


def band_shares(d: Distribution) -> tuple[float, float, float]:
    """The shares of favourable, undecided and unfavourable ratings; nothing of nothing is 0."""
    low, high = d.share_low or 0.0, d.share_high or 0.0
    return high, max(0.0, round(1.0 - low - high, DECIMALS)) if d.n else 0.0, low


def headline(tally: RateTally) -> str:
    """The finding in one sentence."""
    count = {verdict.id: len(verdict.options) for verdict in verdicts(tally)}
    fields = {
        "broad": count.get("broad_agreement", 0),
        "general": count.get("general_support", 0),
        "divergent": count.get("divergent_views", 0),
        "all": len(tally.options),
    }
    return _headline(fields, known=bool(count.keys() & MARKS.keys())) % fields


def _headline(n: Mapping[str, int], *, known: bool) -> str:
    many = n["all"]
    if not known:
        return ngettext(
            "%(all)s way forward, as the panel rates it",
            "%(all)s ways forward, as the panel ranks them",
            many,
        )
    if n["broad"] and n["divergent"]:
        return gettext("Broad agreement on %(broad)s of %(all)s ways forward; views diverge on %(divergent)s")
    if n["broad"]:
        return gettext("Broad agreement on %(broad)s of %(all)s ways forward")
    if n["general"] and n["divergent"]:
        return gettext(
            "General support for %(general)s of %(all)s ways forward; views diverge on %(divergent)s"
        )
    if n["general"]:
        return gettext("General support for %(general)s of %(all)s ways forward, broad agreement on none yet")
    if n["divergent"]:
        return gettext(
            "Views diverge on %(divergent)s of %(all)s ways forward; there is broad agreement on none"
        )
    return ngettext(
        "No broad agreement on the one way forward", "No broad agreement on any of %(all)s ways forward", many
    )


def first_ranks(tally: RateTally) -> str:
    """How far the first rank is settled, in one sentence."""
    reaching = [option.code for option in tally.options if option.rank_low == 1]
    if not reaching:
        return gettext("The rank of every way forward, with its interval")
    codes = {"codes": enumerate_codes(reaching), "n": len(reaching)}
    return (
        ngettext(
            "The interval of one way forward alone reaches the first rank: %(codes)s",
            "The intervals of %(n)s ways forward reach the first rank: %(codes)s",
            len(reaching),
        )
        % codes
    )


def enumerate_codes(codes: list[str]) -> str:
    """The codes as a list in words; of many only the first are named."""
    if len(codes) <= NAMED:
        return enumerate_words(codes)
    more = len(codes) - NAMED + 1
    return enumerate_words(
        [*codes[: NAMED - 1], ngettext("%(more)s other", "%(more)s others", more) % {"more": more}]
    )


def is_sure(tally: RateTally) -> bool:
    """Whether the ranking comes with its uncertainty; without, it is not printed."""
    return tally.replicates > 0


def brief(option: OptionTally) -> str:
    """The label's sentence where the title stands beside it already: the code alone names the option."""
    return option.sentence.replace(f"{option.title} ({option.code})", option.code)


def shares(tally: RateTally, option: OptionTally) -> list[Share]:
    """What each criterion adds to the option's value, in the order of the criteria; they sum to it."""
    scales = [scale for scale in tally.scales if scale.code in tally.ranked_by]
    found = []
    for scale in scales:
        mean = option.by_criterion[scale.code].mean
        if mean is None:
            return []
        part = weight(tally, scale)
        factor = part if scale.benefit else -part
        value = _on_common_scale(mean, scale, scales)
        usual = _usual(tally, scale)
        ahead = factor * (value - _on_common_scale(usual, scale, scales))
        found.append(Share(scale=scale, weight=part, mean=mean, share=factor * value, ahead=ahead))
    return found


def _on_common_scale(mean: float, scale: Scale, scales: list[Scale]) -> float:
    """The mean itself where all criteria share a scale, else in per cent of its own."""
    if len({(one.low, one.high) for one in scales}) == 1:
        return mean
    return 100 * (mean - scale.low) / (scale.high - scale.low)


def _usual(tally: RateTally, scale: Scale) -> float:
    """The mean of all ranked options on a criterion."""
    means = [
        mean
        for option in tally.options
        if option.rank is not None and (mean := option.by_criterion[scale.code].mean) is not None
    ]
    return sum(means) / len(means)


def reservations(tally: RateTally, option: OptionTally) -> list[tuple[Scale, float]]:
    """The one or two criteria that the panel rates lowest, if lower than its overall support."""
    support = option.by_criterion[tally.overall.code].mean if tally.overall else None
    rated = [
        (mean, place)
        for place, scale in enumerate(tally.scales)
        if scale.benefit and not scale.overall and (mean := option.by_criterion[scale.code].mean) is not None
    ]
    return [
        (tally.scales[place], mean)
        for mean, place in sorted(rated)[:2]
        if support is not None and mean < support
    ]


def direction(movement: Movement, now: Distribution) -> int:
    """1 if the median has risen, -1 if it has fallen, 0 if it stands or cannot be compared."""
    if movement.median_before is None or now.median is None:
        return 0
    return (now.median > movement.median_before) - (now.median < movement.median_before)


def weight(tally: RateTally, scale: Scale) -> float:
    """What share of the ranking rests on a criterion."""
    scales = [one for one in tally.scales if one.code in tally.ranked_by]
    total = sum(one.weight for one in scales)
    return scale.weight / total if total else 1 / len(scales)


def signed(number: float) -> str:
    """A difference with its sign, also where it is above."""
    rounded = round(number, 2)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else "±"  # noqa: RUF001 - a true minus
    return f"{sign}{fixed(abs(rounded), 2)}"


def chance(share: float) -> str:
    """A share of the panels drawn anew, never as a certainty that it is not."""
    if 0 < share < HARDLY:
        return gettext("under %(share)s") % {"share": percent(0.01)}
    if 1 - HARDLY < share < 1:
        return gettext("over %(share)s") % {"share": percent(0.99)}
    return percent(share)


def reasons(parts: list[Share]) -> str:
    """In one sentence, what lifts the option over the usual one and what holds it back."""
    lifts = [one.scale.label for one in sorted(parts, key=lambda one: -one.ahead) if one.ahead >= TELLING][:2]
    holds = [one.scale.label for one in sorted(parts, key=lambda one: one.ahead) if one.ahead <= -TELLING][:2]
    said = {"lifts": _quoted(lifts), "holds": _quoted(holds)}
    if lifts and holds:
        text = gettext("It is lifted most by %(lifts)s and held back most by %(holds)s.")
    elif lifts:
        text = gettext("It is lifted most by %(lifts)s; no criterion holds it back.")
    elif holds:
        text = gettext("It is held back most by %(holds)s; no criterion lifts it.")
    else:
        text = gettext("On every criterion it lies close to the usual way forward.")
    return text % said


def _quoted(labels: list[str]) -> str:
    return enumerate_words([gettext("“%(label)s”") % {"label": label} for label in labels])


def reserved(lowest: list[tuple[Scale, float]]) -> str:
    """The criteria rated lowest, each with its mean, as a list in words."""
    return enumerate_words([f"{scale.label} ({fixed(mean, 1)})" for scale, mean in lowest])


def abstentions(question: Question) -> dict[str, str]:
    """What the reasons to abstain are called in the question, by their words."""
    return {one["value"]: one["label"] for one in question.settings.get("abstentions", [])}
