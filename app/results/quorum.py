"""How many of the panel must submit for a round to have its quorum."""

from fractions import Fraction
from math import ceil


def needed(share: float, enrolled: int) -> int:
    """The fewest submitted ballots that reach the share; 60 per cent of 25 is exactly 15."""
    return ceil(Fraction(str(share)) * enrolled)


def reached(submitted: int, *, share: float, enrolled: int) -> bool:
    """Whether enough have submitted; nobody is never enough."""
    return 0 < submitted >= needed(share, enrolled)
