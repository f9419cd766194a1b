"""How many of the panel must submit for a round to have its quorum."""

from fractions import Fraction
from math import ceil


def needed(share: float, joined: int) -> int:
    """The fewest submitted ballots that reach the share.

    Examples
    --------
    >>> needed(0.6, 25)  # 60 per cent of 25 is exactly 15, though 0.6 * 25 may be a little more
    15
    """
    return ceil(Fraction(str(share)) * joined)


def is_reached(submitted: int, *, share: float, joined: int) -> bool:
    """Whether enough have submitted; nobody is never enough."""
    return 0 < submitted >= needed(share, joined)
