"""From the sealed answers of a `rank` question to its numbers."""

from math import inf
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from app.aggregation import borda, copeland, kemeny, kendall_w, pairwise_matrix, schulze, summarise
from app.aggregation.ranking import mid_ranks, rank_scores
from app.models import Question
from app.results import poll, ranking
from app.results.firmness import firmness
from app.results.poll import Poll
from app.results.rank_tally import METHOD, Placed, RankTally
from app.results.snapshot import plain
from app.results.turnout import Facts
from app.settings import Settings

# What has no place is compared with nothing: it is not last.
UNRANKED = "abstain"

Floats: TypeAlias = NDArray[np.float64]


def count(session: Session, settings: Settings, question: Question, facts: Facts) -> RankTally:
    """The result on the day of closing."""
    del settings
    return tally(poll.load(session, question, method=METHOD), facts)


def count_again(session: Session, question: Question, frozen: RankTally) -> RankTally:
    """The same from the sealed ballots of today."""
    return tally(poll.load(session, question, method=METHOD), frozen.facts)


def tally(ballots: Poll, facts: Facts) -> RankTally:
    """The result of the question."""
    said = ballots.scores
    places = said[~np.isnan(said).all(axis=1)]
    above = pairwise_matrix(places, unranked=UNRANKED)
    concordance = kendall_w(places)
    options = _options(ballots, places)
    codes = [subject.code for subject in ballots.subjects]
    return RankTally(
        options=sorted(options, key=lambda option: (option.rank or inf, option.code)),
        rankings=len(places),
        above={
            code: {other: int(above[i, j]) for j, other in enumerate(codes) if i != j}
            for i, code in enumerate(codes)
        },
        condorcet=_above_all(above, codes),
        alike=_alike(above),
        kendall_w=plain(concordance.w),
        kendall_raters=concordance.raters,
        replicates=ranking.replicates(len(places)),
        seed=ballots.seed,
        **ballots.told(facts),
    )


def _options(ballots: Poll, places: Floats) -> list[Placed]:
    own = np.where(np.isnan(places), np.nan, mid_ranks(places))
    counted_through = rank_scores(-places).rank
    scale = range(1, len(ballots.subjects) + 1)
    summary = summarise(own, 1, max(len(scale), 2))
    ranks = _ranks(places)
    firm = firmness(places, method="borda", more_is_better=False, seed=ballots.seed)
    return [
        Placed(
            code=subject.code,
            n=int(summary.n[i]),
            unranked=len(places) - int(summary.n[i]) - _abstained_in(ballots, i),
            abstained=ballots.abstained(i),
            places=[int((counted_through[:, i] == place).sum()) for place in scale],
            mean=plain(summary.mean[i]),
            median=plain(summary.median[i]),
            q1=plain(summary.q1[i]),
            q3=plain(summary.q3[i]),
            **_plain({name: float(numbers[i]) for name, numbers in ranks.items()} | firm.of(i)),
        )
        for i, subject in enumerate(ballots.subjects)
    ]


def _abstained_in(ballots: Poll, column: int) -> int:
    """How many abstained there and ranked something else."""
    return sum(
        isinstance(row[column], str) and any(isinstance(cell, int) for cell in row) for row in ballots.rows
    )


def _ranks(places: Floats) -> dict[str, Floats]:
    """The share of its comparisons that each subject won, and its ranks by several rules."""
    by_points = borda(places, unranked=UNRANKED)
    best = kemeny(places, unranked=UNRANKED)
    others = np.count_nonzero(~np.isnan(by_points.score)) - 1
    nothing = np.full(places.shape[1], np.nan)
    return {
        "score": by_points.score / (len(places) * others) if others > 0 else nothing,
        "rank": by_points.rank,
        "rank_copeland": copeland(places, unranked=UNRANKED).rank,
        "rank_schulze": schulze(places, unranked=UNRANKED).rank,
        # a machine may be too slow to prove it, and then another would freeze another order
        "rank_kemeny": best.rank if best.optimal else nothing,
    }


WHOLE = frozenset({"rank", "rank_low", "rank_high", "rank_copeland", "rank_schulze", "rank_kemeny"})


def _plain(numbers: dict[str, float]) -> dict[str, Any]:
    """Ranks as whole numbers, all else as it is."""
    known = {name: plain(number) for name, number in numbers.items()}
    return {
        name: int(number) if name in WHOLE and number is not None else number
        for name, number in known.items()
    }


def _above_all(above: Floats, codes: list[str]) -> str | None:
    """Who is above every other in more ballots than below it."""
    for i, code in enumerate(codes):
        others = [j for j in range(len(codes)) if j != i]
        if others and all(above[i, j] > above[j, i] for j in others):
            return code
    return None


def _alike(above: Floats) -> float | None:
    """How often two experts who both tell two subjects apart put them in the same order."""
    first, second = above[np.triu_indices_from(above, 1)], above.T[np.triu_indices_from(above, 1)]
    together = float((first * (first - 1) + second * (second - 1)).sum())
    pairs = float(((first + second) * (first + second - 1)).sum())
    return plain(together / pairs) if pairs else None
