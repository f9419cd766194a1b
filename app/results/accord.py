"""What the rule of agreement says of a result that has no scale: which of its subjects are settled."""

from app.questions.accord import CONCORDANT, is_enough
from app.results.allocate_tally import AllocateTally
from app.results.cover_tally import CoverCell, CoverTally
from app.results.rank_tally import Placed, RankTally
from app.results.tallies import Tally


def settled(tally: Tally) -> dict[str, bool]:
    """Of each subject by its code whether the rule calls it settled; nothing where there is no such rule.

    What follows from the frozen numbers and the frozen rule is not frozen once more. Of a framework the rule
    speaks of every element by itself: it is settled where every element is that anybody graded.
    """
    match tally:
        case RankTally(agreement=dict()):
            whole = is_concordant(tally)
            return {
                one.code: _is_among_first(tally, one) if whole is None else whole for one in tally.options
            }
        case AllocateTally(agreement=dict() as rule):
            return {one.code: is_enough(rule, one.given, one.n) for one in tally.options}
        case CoverTally(agreement=dict()):
            return {
                code: all(is_agreed(tally, cell) for cell in row.values() if cell.n)
                for code, row in tally.cells.items()
                if any(cell.n for cell in row.values())
            }
        case _:
            return {}


def is_concordant(tally: RankTally) -> bool | None:
    """Whether experts order alike enough, where the rule speaks of the order as a whole; else None."""
    rule = tally.agreement
    if rule is None or rule["rule"] != CONCORDANT:
        return None
    return tally.kendall_w is not None and tally.kendall_w >= rule["at_least"]


def is_agreed(tally: CoverTally, cell: CoverCell) -> bool | None:
    """Whether enough give one and the same grade; None without a rule, and where nobody graded."""
    if tally.agreement is None or not cell.n:
        return None
    return is_enough(tally.agreement, max(cell.counts), cell.n)


def among_first(tally: RankTally, placed: Placed) -> tuple[int, int]:
    """How many put it among their first, as the rule counts them, and of how many who rank."""
    first = tally.agreement["first"] if tally.agreement else 1
    return sum(placed.places[:first]), placed.n + placed.unranked


def _is_among_first(tally: RankTally, placed: Placed) -> bool:
    assert tally.agreement is not None
    return is_enough(tally.agreement, *among_first(tally, placed))
