"""Compose the aggregation core into the result of a round: same panel, same numbers, on any machine."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.aggregation import Stability, kendall_w, stability, summarise, tastle_wierman
from app.questions.agreement import settled
from app.questions.scales import FEW_POINTS
from app.results import ranking
from app.results.panel import Panel, digest, histogram
from app.results.robust import Counted, robust
from app.results.robustness import WithoutSectors
from app.results.tally import (
    CARDS,
    FIRST_METHODS,
    PLANES,
    SHORT_MOVES,
    Distribution,
    GroupTally,
    Movement,
    OptionTally,
    RateTally,
)
from app.wording import BrokenRule, Figures, Label, Rules

# The parts of an input that are texts, by which no number may be found.
OF_TEXTS = frozenset({"rationales"})
# What machines may disagree on lies beyond this decimal.
DECIMALS = 10

Floats = NDArray[np.float64]


def tally(
    panel: Panel,
    *,
    invited: int,
    enrolled: int,
    quorum_share: float,
    groups: Sequence[GroupTally] = (),
    without: WithoutSectors | None = None,
) -> RateTally:
    """The result of the question; the keywords are told, not computed, and stand beside it."""
    inputs = panel.inputs() | _told(groups)
    seed = _seed(panel, inputs)
    inputs |= {"without": digest(asdict(without))} if without else {}
    ratings = panel.ratings
    rules = Rules.read(panel.wording)
    judged = [_Judged(panel, place, ratings[:, :, place], rules) for place in range(len(panel.scales))]
    counted = _counted(panel, judged, rules, seed)
    options, hangs = robust(counted, without) if panel.method == CARDS else (counted.options, None)
    return RateTally(
        round_number=panel.round_number,
        question=panel.question,
        invited=invited,
        enrolled=enrolled,
        quorum_share=quorum_share,
        submitted=len(panel.ballots),
        scales=list(panel.scales),
        options=sorted(options, key=lambda option: (option.rank or math.inf, option.code)),
        rationales={code: list(texts) for code, texts in panel.rationales.items()},
        **_said_since(panel),
        **_concordance(panel, ratings),
        ranked_by=[panel.scales[place].code for place in ranking.basis(panel.scales)],
        replicates=0 if panel.method in PLANES else ranking.replicates(len(panel.ballots)),
        seed=seed,
        labels=rules.texts(),
        method=panel.method,
        groups=list(groups),
        robust=hangs,
        inputs=inputs,
        input_digest=digest(inputs),
    )


def seed_of(panel: Panel) -> int:
    """What chance is drawn from in the result of a rating on cards."""
    return _seed(panel, panel.inputs())


def _told(groups: Sequence[GroupTally]) -> dict[str, str]:
    return {"groups": digest([asdict(group) for group in groups])} if groups else {}


def _seed(panel: Panel, inputs: Mapping[str, str]) -> int:
    """What chance is drawn from; since the first methods no text is a part: so none is guessed by it."""
    without = set() if panel.method in FIRST_METHODS else OF_TEXTS
    return int(digest({part: one for part, one in inputs.items() if part not in without})[:8], 16)


def _said_since(panel: Panel) -> dict[str, Any]:
    """What the first methods did not say."""
    if panel.method in FIRST_METHODS:
        return {}
    sides = {code: list(sides) for code, sides in panel.sides.items() if any(sides)}
    return {"sides": sides, "agreement": dict(panel.agreement) if panel.agreement else None}


def _with_agreement(panel: Panel, options: list[OptionTally]) -> list[OptionTally]:
    """The options with what the rule of agreement says of them.

    It speaks of the overall criterion; where none is asked for, of every one that is.
    """
    places = [place for place, scale in enumerate(panel.scales) if scale.overall]
    places = places[:1] or list(range(len(panel.scales)))
    if panel.method in FIRST_METHODS or not (panel.agreement and places and options):
        return options
    rated = [
        (panel.scales[place].low, panel.scales[place].high, panel.ratings[:, :, place]) for place in places
    ]
    try:
        verdicts = settled(panel.agreement, rated)
    except ValueError as fault:
        raise BrokenRule("agreement", str(fault)) from None
    return [replace(option, settled=one) for option, one in zip(options, verdicts, strict=True)]


def plain(number: float) -> float | None:
    """A number that JSON knows and that is the same on any machine."""
    return None if math.isnan(number) else round(float(number), DECIMALS) + 0.0


def _counted(panel: Panel, judged: list["_Judged"], rules: Rules, seed: int) -> Counted:
    """The panel with its options in its own order: where each stands, and what is said of it."""
    means = _centres(panel, [one.summary.mean for one in judged])
    medians = _centres(panel, [one.summary.median for one in judged])
    options = _options(panel, judged, ranking.standing(panel.ratings, means, panel.scales, seed=seed), rules)
    options = _with_agreement(panel, options)
    return Counted(panel=panel, options=options, means=means, medians=medians, seed=seed)


def _centres(panel: Panel, by_criterion: list[Floats]) -> Floats:
    """Values by option and criterion, from those of each criterion."""
    return np.stack(by_criterion, axis=1) if by_criterion else np.empty((len(panel.options), 0))


def _concordance(panel: Panel, ratings: Floats) -> dict[str, Any]:
    overall = _overall(panel)
    if overall is None:
        return {"kendall_w": None, "kendall_raters": 0}
    found = kendall_w(ratings[:, :, overall])
    return {"kendall_w": plain(found.w), "kendall_raters": found.raters}


def _overall(panel: Panel) -> int | None:
    return next((place for place, scale in enumerate(panel.scales) if scale.overall), None)


def _options(
    panel: Panel, judged: list["_Judged"], standing: ranking.Standing, rules: Rules
) -> list[OptionTally]:
    movements, words = _movements(panel, rules), _Words(rules)
    overall = _overall(panel)
    options = []
    for place, option in enumerate(panel.options):
        said: dict[str, Any] = dict.fromkeys(("label", "label_if_stricter", "label_if_looser"), "")
        if overall is not None:
            said = words.of(judged[overall].figures(place), f"{option.title} ({option.code})")
        options.append(
            OptionTally(
                code=option.code,
                title=option.title,
                version=option.version,
                by_criterion={one.scale.code: one.distribution(place) for one in judged},
                movement=movements.get(place),
                **_places(standing.of(place)),
                **said,
            )
        )
    return options


def _places(standing: Mapping[str, float]) -> dict[str, Any]:
    """Ranks as whole numbers, all else as it is."""
    whole = {"rank", "rank_low", "rank_high", "rank_equal_weights", "rank_overall"}
    numbers = {name: plain(number) for name, number in standing.items()}
    return {
        name: int(number) if name in whole and number is not None else number
        for name, number in numbers.items()
    }


class _Judged:
    """What the panel made of the options on one criterion."""

    def __init__(self, panel: Panel, place: int, ratings: Floats, rules: Rules) -> None:
        self.panel, self.place, self.scale = panel, place, panel.scales[place]
        self.summary = summarise(ratings, self.scale.low, self.scale.high)
        self.low_end, self.high_start = rules.bands(self.scale.low, self.scale.high)
        self.counts = [histogram(column, self.scale) for column in ratings.T]

    def _in_bands(self, option: int) -> tuple[int, int]:
        """How many rated in the unfavourable and in the favourable band."""
        counts, low = self.counts[option], self.scale.low
        return sum(counts[: self.low_end - low + 1]), sum(counts[self.high_start - low :])

    def distribution(self, option: int) -> Distribution:
        counts, summary = self.counts[option], self.summary
        n, (unfavourable, favourable) = sum(counts), self._in_bands(option)
        return Distribution(
            n=n,
            counts=counts,
            median=plain(summary.median[option]),
            q1=plain(summary.q1[option]),
            q3=plain(summary.q3[option]),
            mean=plain(summary.mean[option]),
            share_low=plain(unfavourable / n) if n else None,
            share_high=plain(favourable / n) if n else None,
            agreement=plain(float(tastle_wierman(counts))),
            abstained=self.panel.abstained(option, self.place),
        )

    def figures(self, option: int) -> Figures:
        n, (unfavourable, favourable) = sum(self.counts[option]), self._in_bands(option)
        return Figures(
            n=n,
            submitted=len(self.panel.ballots),
            p_hi=Fraction(favourable, n) if n else None,
            p_lo=Fraction(unfavourable, n) if n else None,
            iqr=_exact(self.summary.iqr[option]),
            median=_exact(self.summary.median[option]),
        )


def _exact(quantile: float) -> Fraction | None:
    # quantiles of whole numbers are whole quarters, which floats hold exactly
    return None if math.isnan(quantile) else Fraction(float(quantile))


class _Words:
    """The label of an option, under the rules and under both their variants."""

    def __init__(self, rules: Rules) -> None:
        self.rules, self.stricter, self.looser = rules, rules.stricter(), rules.looser()

    def of(self, figures: Figures, option: str) -> dict[str, str]:
        label = self.rules.label(figures)
        return {
            "label": _id(label),
            "label_if_stricter": _id(self.stricter.label(figures)),
            "label_if_looser": _id(self.looser.label(figures)),
            "sentence": label.say(figures, option=option) if label else "",
        }


def _id(label: Label | None) -> str:
    return label.id if label else ""


def _movements(panel: Panel, rules: Rules) -> dict[int, Movement]:
    """How the experts of both rounds moved, by the place of the option; none where nobody is paired."""
    rounds = panel.before_and_now
    if rounds is None:
        return {}
    scale = next(scale for scale in panel.scales if scale.overall)
    moves = stability(*rounds, points=FEW_POINTS if panel.method in SHORT_MOVES else scale.leap)
    median_before = summarise(rounds[0], scale.low, scale.high).median
    return {
        place: _movement(moves, place, float(median_before[place]), rules)
        for place in range(len(panel.options))
        if moves.n[place]
    }


def _movement(moves: Stability, place: int, median_before: float, rules: Rules) -> Movement:
    paired = int(moves.n[place])
    moved = round(float(moves.moved_share[place]) * paired)
    return Movement(
        paired=paired,
        changed_share=round(float(moves.changed_share[place]), DECIMALS),
        moved_share=round(float(moves.moved_share[place]), DECIMALS),
        toward_median_share=plain(float(moves.toward_median_share[place])),
        median_before=plain(median_before),
        stable=rules.stable(moved, paired),
    )
