"""From the sealed answers of an `allocate` question to its numbers."""

from math import inf
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from app.aggregation import kendall_w, summarise
from app.aggregation.ranking import rank_scores
from app.models import Question
from app.questions.allocate import ALL
from app.results import poll, ranking
from app.results.allocate_tally import METHOD, AllocateTally, Allotted
from app.results.firmness import firmness
from app.results.poll import Poll
from app.results.snapshot import plain
from app.results.turnout import Facts
from app.settings import Settings

Floats: TypeAlias = NDArray[np.float64]


def count(session: Session, settings: Settings, question: Question, facts: Facts) -> AllocateTally:
    """The result on the day of closing."""
    del settings
    return tally(poll.load(session, question, method=METHOD), facts)


def count_again(session: Session, question: Question, frozen: AllocateTally) -> AllocateTally:
    """The same from the sealed ballots of today."""
    return tally(poll.load(session, question, method=METHOD), frozen.facts)


def tally(ballots: Poll, facts: Facts) -> AllocateTally:
    """The result of the question."""
    spent = _spent(ballots)
    concordance = kendall_w(spent)
    points = ballots.settings.get("points", ALL)
    return AllocateTally(
        points=points,
        options=sorted(_options(ballots, spent, points), key=lambda one: (one.rank or inf, one.code)),
        allocations=len(spent),
        in_common=_in_common(spent),
        kendall_w=plain(concordance.w),
        kendall_raters=concordance.raters,
        replicates=ranking.replicates(len(spent)),
        seed=ballots.seed,
        **ballots.told(facts),
    )


def _spent(ballots: Poll) -> Floats:
    """The points of all who spent theirs: 0 where they gave none, nan where they abstained."""
    scores = ballots.scores
    abstained = np.array([isinstance(cell, str) for row in ballots.rows for cell in row], dtype=np.bool_)
    points: Floats = np.where(np.isnan(scores) & ~abstained.reshape(scores.shape), 0.0, scores)
    some: Floats = points[np.nansum(points, axis=1) > 0]
    return some


def _options(ballots: Poll, spent: Floats, points: int) -> list[Allotted]:
    summary = summarise(spent, 0, points)
    rank = rank_scores(summary.mean).rank
    firm = firmness(spent, method="weighted_sum", more_is_better=True, seed=ballots.seed)
    given = (spent > 0).sum(axis=0)
    return [
        Allotted(
            code=subject.code,
            n=int(summary.n[i]),
            given=int(given[i]),
            abstained=ballots.abstained(i),
            mean=plain(summary.mean[i]),
            sd=plain(summary.sd[i]),
            median=plain(summary.median[i]),
            q1=plain(summary.q1[i]),
            q3=plain(summary.q3[i]),
            most=_whole(summary.maximum[i]),
            mean_given=plain(np.nansum(spent[:, i]) / given[i]) if given[i] else None,
            rank=_whole(rank[i]),
            rank_low=_whole(firm.rank_low[i]),
            rank_high=_whole(firm.rank_high[i]),
            expected_rank=plain(firm.expected_rank[i]),
            p_best=plain(firm.p_best[i]),
            p_top3=plain(firm.p_top3[i]),
        )
        for i, subject in enumerate(ballots.subjects)
    ]


def _whole(number: float) -> int | None:
    return None if np.isnan(number) else int(number)


def _in_common(spent: Floats) -> float | None:
    """How many points two experts spend on the same subjects, on the average of all pairs of experts.

    The smaller of two numbers, summed over all pairs: in ascending order the first of m is the smaller in
    m - 1 pairs, the second in m - 2, and so on.
    """
    experts = len(spent)
    if experts < 2:  # noqa: PLR2004 - a pair
        return None
    smaller = np.arange(experts - 1, -1, -1.0) @ np.sort(np.nan_to_num(spent), axis=0)
    return plain(float(smaller.sum()) / (experts * (experts - 1) / 2))
