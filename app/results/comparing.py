"""From the sealed answers of a `compare` question to its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from app.aggregation import bradley_terry
from app.aggregation.ranking import rank_scores
from app.models import Question
from app.questions import pairs
from app.results import poll, ranking, redrawing
from app.results.compare_tally import METHOD, Compared, CompareTally
from app.results.poll import Poll
from app.results.snapshot import plain
from app.results.turnout import Facts
from app.settings import Settings

# Before any comparison, what is supposed of a strength: mean 0 and a standard deviation of 2. Without it one
# that never lost would be infinitely strong, and a panel drawn again, in which a pair is missing, have none.
PRIOR = 0.25
# Strengths that are nearer to each other are equal: machines may disagree on what lies beyond.
DECIMALS = 9

Floats: TypeAlias = NDArray[np.float64]


def count(session: Session, settings: Settings, question: Question, facts: Facts) -> CompareTally:
    """The result on the day of closing."""
    del settings
    return tally(poll.load(session, question, method=METHOD), facts)


def count_again(session: Session, question: Question, frozen: CompareTally) -> CompareTally:
    """The same from the sealed ballots of today."""
    return tally(poll.load(session, question, method=METHOD), frozen.facts)


def tally(ballots: Poll, facts: Facts) -> CompareTally:
    """The result of the question."""
    board = _Board.of(ballots)
    parts = _parts(board)
    codes = board.codes
    whole = board.victories.sum(axis=0)
    options = _options(ballots, board, parts)
    return CompareTally(
        options=sorted(options, key=lambda option: (option.rank or inf, option.code)),
        comparing=len(board.victories),
        comparisons=int(np.count_nonzero(~np.isnan(ballots.scores))),
        above=_by_code(board.above.sum(axis=0), codes),
        equal=_by_code(board.equal.sum(axis=0), codes),
        parts=[[codes[i] for i in part] for part in parts],
        prior=PRIOR,
        replicates=ranking.replicates(len(board.victories)) if whole.any() else 0,
        seed=ballots.seed,
        **ballots.told(facts),
    )


@dataclass(frozen=True, slots=True)
class _Board:
    """Who put what before what, by expert, subject and subject, of those who compared anything."""

    codes: list[str]
    above: Floats
    equal: Floats

    @property
    def victories(self) -> Floats:
        """The same with half a victory for each of two that are about equal."""
        return self.above + self.equal / 2

    @classmethod
    def of(cls, ballots: Poll) -> "_Board":
        codes = [subject.code for subject in ballots.subjects]
        said = ballots.scores
        said = said[~np.isnan(said).all(axis=1)] if said.size else said[:0]
        place = {code: at for at, code in enumerate(codes)}
        above = np.zeros((len(said), len(codes), len(codes)))
        equal = np.zeros_like(above)
        for column, (one, other) in enumerate(pairs.pairs(codes)):
            i, j = place[one], place[other]
            above[:, i, j], above[:, j, i] = said[:, column] == pairs.FIRST, said[:, column] == pairs.SECOND
            equal[:, i, j] = equal[:, j, i] = said[:, column] == pairs.EQUAL
        return cls(codes, above, equal)


def _parts(board: _Board) -> list[list[int]]:
    """The subjects in groups that comparisons join, the largest first; what nobody compared is alone."""
    played = (board.above + board.equal).sum(axis=0)
    joined = (played + played.T) > 0
    left, found = set(range(len(board.codes))), []
    while left:
        part = {min(left)}
        while more := {j for i in part for j in np.flatnonzero(joined[i]).tolist()} - part:
            part |= more
        found.append(sorted(part))
        left -= part
    return sorted(found, key=lambda part: (-len(part), part[0]))


def _options(ballots: Poll, board: _Board, parts: Sequence[Sequence[int]]) -> list[Compared]:
    above, equal = board.above.sum(axis=0), board.equal.sum(axis=0)
    raters = ((board.above + board.above.swapaxes(1, 2) + board.equal).sum(axis=2) > 0).sum(axis=0)
    standing = _standing(board, [part for part in parts if len(part) > 1], ballots.seed)
    return [
        Compared(
            code=code,
            n=int(raters[i]),
            won=int(above[i].sum()),
            tied=int(equal[i].sum()),
            lost=int(above[:, i].sum()),
            unsure=_unsure(ballots, code),
            **standing.get(i, dict.fromkeys(NUMBERS)),
        )
        for i, code in enumerate(board.codes)
    ]


WHOLE = frozenset({"rank", "rank_low", "rank_high"})
NUMBERS = ("strength", "share", "low", "high", "rank", "rank_low", "rank_high", "p_best", "p_top3")


def _standing(board: _Board, joined: list[Sequence[int]], seed: int) -> dict[int, dict[str, Any]]:
    """The numbers of what stands in one order, by place; none where comparisons join nothing, or not all."""
    if len(joined) != 1:
        return {}
    among = np.ix_(joined[0], joined[0])
    strength = _strengths(board.victories.sum(axis=0)[among])
    times = redrawing.redraws(len(board.victories), seed=seed)
    flat = board.victories.reshape(len(board.victories), -1)
    panels = (times @ flat).reshape(-1, len(board.codes), len(board.codes))
    drawn = np.array([_strengths(panel[among]) for panel in panels]).reshape(-1, len(joined[0]))
    ranks = rank_scores(drawn).rank if len(drawn) else drawn
    low, high = redrawing.interval(np.array([_shares(one) for one in drawn]).reshape(drawn.shape))
    rank_low, rank_high = redrawing.interval(ranks)
    nothing = np.full(len(strength), np.nan)
    columns = {
        "strength": strength,
        "share": _shares(strength),
        "low": low,
        "high": high,
        "rank": rank_scores(strength).rank,
        "rank_low": rank_low,
        "rank_high": rank_high,
        "p_best": (ranks == 1).mean(axis=0) if len(ranks) else nothing,
        "p_top3": (ranks <= ranking.TOP).mean(axis=0) if len(ranks) else nothing,
    }
    return {
        place: {name: _number(name, float(column[i])) for name, column in columns.items()}
        for i, place in enumerate(joined[0])
    }


def _strengths(victories: Floats) -> Floats:
    found: Floats = np.round(bradley_terry(victories, prior=PRIOR).log_strength, DECIMALS) + 0.0
    return found


def _shares(strength: Floats) -> Floats:
    """How often each is expected to come first in comparisons with all others, each once."""
    p = 1 / (1 + np.exp(strength - strength[:, None]))
    shares: Floats = (p.sum(axis=1) - 0.5) / (len(strength) - 1)
    return shares


def _number(name: str, number: float) -> float | int | None:
    known = plain(number)
    return int(known) if name in WHOLE and known is not None else known


def _unsure(ballots: Poll, code: str) -> int:
    columns = [at for at, column in enumerate(ballots.columns) if code in column.split(".")]
    return sum(isinstance(row[at], str) for row in ballots.rows for at in columns)


def _by_code(counts: Floats, codes: Sequence[str]) -> dict[str, dict[str, int]]:
    return {
        one: {other: int(counts[i, j]) for j, other in enumerate(codes) if i != j}
        for i, one in enumerate(codes)
    }
