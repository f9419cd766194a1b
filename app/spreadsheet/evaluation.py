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
from app.spreadsheet.scale import Scale
from app.spreadsheet.tabular import Cell, Table

Floats = NDArray[np.float64]
TOP = 3
BANDS = {"share_low": (1, 3), "share_middle": (4, 6), "share_high": (7, 9)}
# Of the nine points; the thresholds are those of core outcome sets (Williamson et al. 2012).
RULE = TwoBandRule(in_band=BANDS["share_high"], out_band=BANDS["share_low"])
VERDICTS = {"consensus_in": "in", "consensus_out": "out", "no_consensus": "none"}
# Sums of the same terms in another order differ in the last bits; no rank may hang on these.
DIGITS = 9

RANKING = ("rank", "item", "score", "low", "high", "p_top3", "tier", "n")
ANSWERS = ("item", "criterion", "n", "median", "q1", "q3", "iqr", *BANDS, "cns", "rand_ucla", "agreement")
PANEL = ("criterion", "kendall_w", "w_experts", "w_left_out", "krippendorff_alpha")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked of the file beside its ratings."""

    scale: Scale
    weights: list[float]
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
        "weights": dict(zip(panel.criteria, question.weights, strict=True)),
        "replicates": question.replicates,
        "seed": question.seed,
    }
    return Evaluation(
        settings, _ranking(panel, question), _answers(panel, question.scale), _panel(panel, question)
    )


def _ranking(panel: Panel, question: Question) -> Table:
    """Items from the best to the last; those that lack an answer that counts stand at the end, unranked."""
    r, weights = panel.ratings, np.array(question.weights)
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


def _answers(panel: Panel, scale: Scale) -> Table:
    """How each item was rated on each criterion."""
    described = [_described(panel.ratings[:, :, place], scale) for place in range(len(panel.criteria))]
    rows: list[list[Cell]] = [
        [item, criterion, *(column[place] for column in columns)]
        for place, item in enumerate(panel.items)
        for criterion, columns in zip(panel.criteria, described, strict=True)
    ]
    return Table("Answers", list(ANSWERS), rows, frozenset({"item"}))


def _described(r: Floats, scale: Scale) -> list[list[Cell]]:
    """The columns of one criterion, from n on; what the scale does not allow to say stays empty."""
    summary = summarise(r, scale.low, scale.high)
    nothing: list[Cell] = [None] * r.shape[1]
    columns: list[list[Cell]] = [[int(n) for n in summary.n]]
    columns += [_cells(values) for values in (summary.median, summary.q1, summary.q3, summary.iqr)]
    columns += [_cells(band_share(r, *band)) if scale.nine_points else nothing for band in BANDS.values()]
    columns.append(nothing if summary.counts is None else _cells(tastle_wierman(summary.counts)))
    if not scale.nine_points:
        return [*columns, nothing, nothing]
    classes: list[Cell] = [str(name) or None for name in rand_ucla(r).classification]
    answered = zip(RULE.judge(r), summary.n, strict=True)
    verdicts: list[Cell] = [VERDICTS[str(verdict)] if n else None for verdict, n in answered]
    return [*columns, classes, verdicts]


def _panel(panel: Panel, question: Question) -> Table:
    """How far the experts order the items alike, on each criterion and, of several, on the weighted sum."""
    weights = np.array(question.weights)
    views = {name: panel.ratings[:, :, place] for place, name in enumerate(panel.criteria)}
    if len(panel.criteria) > 1:
        counts = weights > 0
        sums = panel.ratings[:, :, counts] @ (weights[counts] / weights.sum())
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
