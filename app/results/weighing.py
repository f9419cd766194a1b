"""From the sealed answers of a `weigh` question to its numbers."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from app.aggregation import kendall_w
from app.aggregation.ranking import rank_scores
from app.models import Question, Round
from app.questions.weigh import TOLERATED, Weigh, consistency_of
from app.results import poll, redrawing, weigh_sectors
from app.results.panel import digest
from app.results.poll import Poll
from app.results.snapshot import plain
from app.results.turnout import Facts
from app.results.weigh_tally import METHOD, SectorWeights, Weighed, WeighTally
from app.rounds import lifecycle
from app.settings import Settings

Floats: TypeAlias = NDArray[np.float64]

QUARTILES = (0.25, 0.5, 0.75)


def count(session: Session, settings: Settings, question: Question, facts: Facts) -> WeighTally:
    """The result on the day of closing; while the round is open, nothing of it is told by sector."""
    told = question.settings.get("by_sector") and lifecycle.is_concluded(
        session.get_one(Round, question.round_id)
    )
    groups = weigh_sectors.load(session, settings, question) if told else []
    return tally(poll.load(session, question, method=METHOD), facts, groups)


def count_again(session: Session, question: Question, frozen: WeighTally) -> WeighTally:
    """The same from the sealed ballots of today; the sectors are as they were."""
    return tally(poll.load(session, question, method=frozen.method), frozen.facts, frozen.groups)


def tally(ballots: Poll, facts: Facts, groups: Sequence[SectorWeights] = ()) -> WeighTally:
    """The result of the question; the sectors are told, not counted here."""
    type_ = Weigh.of(ballots.settings, {})
    codes = [subject.code for subject in ballots.subjects]
    said = [row for row in ballots.rows if any(cell is not None for cell in row)]
    own = [list(found.values()) for row in said if (found := type_.weights_of(row, codes))]
    weights: Floats = np.array(own, dtype=np.float64).reshape(len(own), len(codes))
    ratios = [one.ratio for row in said if type_.is_pairwise and (one := consistency_of(row, codes))]
    times = redrawing.redraws(len(own), seed=ballots.seed)
    return WeighTally(
        told_by=type_.method,
        criteria=_criteria(codes, weights, times),
        weighings=len(own),
        incomplete=len(said) - len(own),
        consistent=sum(ratio <= TOLERATED for ratio in ratios) if type_.is_pairwise else None,
        ratio=plain(float(np.median(ratios))) if ratios else None,
        kendall_w=plain(kendall_w(weights).w),
        replicates=len(times),
        seed=ballots.seed,
        groups=list(groups),
        **_told(ballots, facts, groups),
    )


def _told(ballots: Poll, facts: Facts, groups: Sequence[SectorWeights]) -> dict[str, Any]:
    """What is said beside the numbers; what is told by sector is a part of the input."""
    told = ballots.told(facts)
    if groups:
        told["inputs"] |= {"groups": digest([asdict(group) for group in groups])}
        told["input_digest"] = digest(told["inputs"])
    return told


def _criteria(codes: list[str], weights: Floats, times: Floats) -> list[Weighed]:
    """The numbers of each criterion, from the experts' own weights and how often each is drawn again."""
    nothing = np.full(len(codes), np.nan)
    some, several = len(weights) > 0, len(weights) > 1
    mean = weights.mean(axis=0) if some else nothing
    q1, median, q3 = np.quantile(weights, QUARTILES, axis=0) if some else (nothing, nothing, nothing)
    deviation = weights.std(axis=0, ddof=1) if several else nothing
    low, high = redrawing.interval(times @ weights / max(len(weights), 1))
    rank = rank_scores(mean).rank
    return [
        Weighed(
            code=code,
            mean=plain(mean[i]),
            mean_low=plain(low[i]),
            mean_high=plain(high[i]),
            median=plain(median[i]),
            q1=plain(q1[i]),
            q3=plain(q3[i]),
            sd=plain(deviation[i]),
            rank=None if np.isnan(rank[i]) else int(rank[i]),
        )
        for i, code in enumerate(codes)
    ]
