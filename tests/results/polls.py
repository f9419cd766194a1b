"""Polls made to order: ballots that rank or allocate, counted without a database."""

from collections.abc import Mapping, Sequence

from app.results import allotting, placing
from app.results.allocate_tally import AllocateTally
from app.results.answers import by_content
from app.results.poll import Poll
from app.results.rank_tally import RankTally
from app.results.turnout import Entry, Facts

FACTS = Facts(invited=40, enrolled=30, quorum_share=0.5)
Ballot = Mapping[str, int | str]


def poll(
    ballots: Sequence[Ballot],
    codes: Sequence[str],
    part: str,
    *,
    points: int = 100,
    rationales: Mapping[str, tuple[str, ...]] | None = None,
) -> Poll:
    rows = [tuple(ballot.get(code) for code in codes) for ballot in ballots]
    return Poll(
        round_number=2,
        question="Q1",
        method=f"colloquy-{'rank' if part == 'rank' else 'allocate'}-1",
        subjects=tuple(Entry(code=code, title=f"Option {code}", version=1) for code in codes),
        columns=tuple(f"{code}.{part}" for code in codes),
        rows=tuple(sorted(rows, key=by_content)),
        rationales=rationales or {},
        settings={"points": points} if part == "points" else {},
    )


def ranked(
    ballots: Sequence[Ballot], codes: Sequence[str] = ("W01", "W02", "W03"), **more: object
) -> RankTally:
    """The result of these orders: by code the place."""
    return placing.tally(poll(ballots, codes, "rank", **more), FACTS)  # type: ignore[arg-type]


def allocated(
    ballots: Sequence[Ballot], codes: Sequence[str] = ("W01", "W02", "W03"), **more: object
) -> AllocateTally:
    """The result of these allotments: by code the points."""
    return allotting.tally(poll(ballots, codes, "points", **more), FACTS)  # type: ignore[arg-type]


def order(*codes: str) -> dict[str, int]:
    """A ballot that ranks these, the first first."""
    return {code: place for place, code in enumerate(codes, 1)}
