"""What a file of ratings comes to: the ranking and how firm it is, the answers, the panel as a whole."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.aggregation import (
    TwoBandRule,
    band_share,
    kendall_w,
    krippendorff_alpha,
    rand_ucla,
    rank_acceptability,
    rank_confidence_sets,
    summarise,
    tastle_wierman,
    weighted_sum,
)
from app.spreadsheet.ratings import Panel
from app.spreadsheet.scale import Bands, Scale
from app.spreadsheet.tabular import Cell, Table

Floats = NDArray[np.float64]
TOP = 3
VERDICTS = {"consensus_in": "in", "consensus_out": "out", "no_consensus": "none"}
# Sums of the same terms in another order differ in the last bits; no rank may hang on these.
DIGITS = 9

RANKING = ("rank", "item", "score", "low", "high", "p_top3", "tier", "n")
DESCRIBED = ("n", "median", "q1", "q3", "iqr", "share_low", "share_middle", "share_high", "cns")
JUDGED = ("rand_ucla", "agreement")
ANSWERS = ("item", "criterion", *DESCRIBED, *JUDGED)
PANEL = ("criterion", "kendall_w", "w_experts", "w_left_out", "krippendorff_alpha")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked of the file beside its ratings."""

    scale: Scale
    bands: Bands
    weights: list[float]
    costs: list[bool]
    replicates: int
    seed: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Three tables, and the settings that they rest on."""

    settings: dict[str, Any]
    ranking: Table
    answers: Table
    panel: Table

    @property
    def tables(self) -> tuple[Table, Table, Table]:
        """The tables in the order in which they are read."""
        return self.ranking, self.answers, self.panel


def evaluate(panel: Panel, question: Question) -> Evaluation:
    """Everything that the command tells of a file."""
    settings = {
        "experts": len(panel.experts),
        "items": len(panel.items),
        "scale": [question.scale.low, question.scale.high],
        "bands": [list(band) for band in question.bands],
        "cost": [name for name, cost in zip(panel.criteria, question.costs, strict=True) if cost],
        "weights": dict(zip(panel.criteria, question.weights, strict=True)),
        "replicates": question.replicates,
        "seed": question.seed,
    }
    return Evaluation(settings, _ranking(panel, question), _answers(panel, question), _panel(panel, question))


def _turned(panel: Panel, question: Question) -> Floats:
    """The ratings, those on a criterion of which less is better counted from the other end of the scale."""
    return np.where(question.costs, question.scale.turned(panel.ratings), panel.ratings)


def _ranking(panel: Panel, question: Question) -> Table:
    """Items from the best to the last; those that lack an answer that counts stand at the end, unranked."""
    r, weights = _turned(panel, question), np.array(question.weights)
    counts = weights > 0
    answered = ~np.isnan(r[:, :, counts])
    ranking = weighted_sum(_means(r), weights)
    ranks = rank_acceptability(r, weights, replicates=question.replicates, seed=question.seed)
    sets = rank_confidence_sets(r, weights, replicates=question.replicates, seed=question.seed)
    top = ranks.p_top(min(TOP, len(panel.items)))
    columns = [ranking.rank, ranking.score, ranks.low, ranks.high, top, sets.tiers()]
    whole = {0, 2, 3, 5}
    order = np.argsort(ranking.rank, kind="stable")
    rows: list[list[Cell]] = []
    for item in order:
        rank, score, low, high, p_top, tier = (
            _cell(column[item], whole=place in whole) for place, column in enumerate(columns)
        )
        n = int(answered[:, item].any(axis=1).sum())
        rows.append([rank, panel.items[item], score, low, high, p_top, tier, n])
    return Table("Ranking", list(RANKING), rows, frozenset({"item"}))


def _means(r: Floats) -> Floats:
    """Mean of the answers given, (items, criteria); nan where there is none."""
    n = (~np.isnan(r)).sum(axis=0)
    return np.asarray(np.divide(np.nansum(r, axis=0), n, where=n > 0, out=np.full(n.shape, np.nan)))


def _answers(panel: Panel, question: Question) -> Table:
    """How each item was rated on each criterion, and what the panel's rules make of that."""
    columns_of = [
        _described(panel.ratings[:, :, place], question)
        + _judged(panel.ratings[:, :, place], question, cost=cost)
        for place, cost in enumerate(question.costs)
    ]
    rows: list[list[Cell]] = [
        [item, criterion, *(column[place] for column in columns)]
        for place, item in enumerate(panel.items)
        for criterion, columns in zip(panel.criteria, columns_of, strict=True)
    ]
    return Table("Answers", list(ANSWERS), rows, frozenset({"item"}))


def _described(r: Floats, question: Question) -> list[list[Cell]]:
    """The columns of one criterion that tell its answers; of a scale without points there is no index."""
    summary = summarise(r, question.scale.low, question.scale.high)
    columns: list[list[Cell]] = [[int(n) for n in summary.n]]
    columns += [_cells(values) for values in (summary.median, summary.q1, summary.q3, summary.iqr)]
    columns += [_cells(shares) for shares in _shares(r, question.bands)]
    index = np.full(r.shape[1], np.nan) if summary.counts is None else tastle_wierman(summary.counts)
    return [*columns, _cells(index)]


def _shares(r: Floats, bands: Bands) -> tuple[Floats, Floats, Floats]:
    """Of the answers: in the lower band, in neither, in the upper one."""
    (_, low_end), (high_start, _) = bands
    low, high = bands
    neither = np.where(np.isnan(r), np.nan, (r > low_end) & (r < high_start))
    return band_share(r, *low), band_share(neither, 1, 1), band_share(r, *high)


def _judged(r: Floats, question: Question, *, cost: bool) -> list[list[Cell]]:
    """The class by RAND/UCLA, on the scale that it is made for, and the agreement, where anybody answered."""
    scale, (low, high) = question.scale, question.bands
    classes: list[Cell] = [None] * r.shape[1]
    if scale.nine_points:
        classes = [str(name) or None for name in rand_ucla(scale.turned(r) if cost else r).classification]
    # of core outcome sets (Williamson et al. 2012)
    rule = TwoBandRule(in_band=low, out_band=high) if cost else TwoBandRule(in_band=high, out_band=low)
    answered = np.asarray((~np.isnan(r)).any(axis=0))
    verdicts: list[Cell] = [
        VERDICTS[str(verdict)] if one else None for verdict, one in zip(rule.judge(r), answered, strict=True)
    ]
    return [classes, verdicts]


def _panel(panel: Panel, question: Question) -> Table:
    """How far the experts order the items alike, on each criterion and, of several, on the weighted sum."""
    weights = np.array(question.weights)
    turned = _turned(panel, question)
    views = {name: turned[:, :, place] for place, name in enumerate(panel.criteria)}
    if len(panel.criteria) > 1:
        counts = weights > 0
        sums = turned[:, :, counts] @ (weights[counts] / weights.sum())
        views["weighted sum"] = np.round(sums, DIGITS)
    rows: list[list[Cell]] = []
    for name, view in views.items():
        w = kendall_w(view)
        alpha = krippendorff_alpha(view, "ordinal")
        rows.append([name, _cell(w.w), w.raters, w.left_out, _cell(alpha)])
    return Table("Panel", list(PANEL), rows, frozenset())


def _cells(values: Floats) -> list[Cell]:
    return [_cell(value) for value in values]


def _cell(value: float, *, whole: bool = False) -> Cell:
    """A number for a file; None where it is undefined."""
    if np.isnan(value):
        return None
    return int(value) if whole else float(value)
