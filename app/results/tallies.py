"""The result of any question: its type tells which."""

from typing import Any, TypeAlias

from app.results import (
    allocate_tally,
    comment_tally,
    compare_tally,
    cover_tally,
    propose_tally,
    rank_tally,
    tally,
    weigh_tally,
)
from app.results.allocate_tally import AllocateTally
from app.results.comment_tally import CommentTally
from app.results.compare_tally import CompareTally
from app.results.cover_tally import CoverTally
from app.results.propose_tally import ProposeTally
from app.results.rank_tally import RankTally
from app.results.reasoned import Reasoned
from app.results.tally import RateTally
from app.results.weigh_tally import WeighTally

Tally: TypeAlias = RateTally | CoverTally | CommentTally | ProposeTally | Reasoned

# Adding one is adding a line here: whatever is a `Reasoned` needs no other.
TALLIES: dict[str, type[Tally]] = {
    tally.CARDS: RateTally,
    tally.PLANE: RateTally,
    tally.CARDS_2: RateTally,
    tally.CARDS_1: RateTally,
    tally.PLANE_1: RateTally,
    cover_tally.METHOD: CoverTally,
    cover_tally.METHOD_1: CoverTally,
    comment_tally.METHOD: CommentTally,
    comment_tally.METHOD_1: CommentTally,
    propose_tally.METHOD: ProposeTally,
    rank_tally.METHOD: RankTally,
    allocate_tally.METHOD: AllocateTally,
    compare_tally.METHOD: CompareTally,
    weigh_tally.METHOD: WeighTally,
    weigh_tally.METHOD_1: WeighTally,
}


def read(method: str, numbers: dict[str, Any]) -> Tally:
    """The tally that was frozen by a method."""
    return TALLIES[method].from_numbers(numbers)
