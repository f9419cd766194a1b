"""Whether a panel is divided: a sign apart from where it stands, by one rule for every scale."""

from collections.abc import Sequence

# Of fewer answers neither agreement nor disagreement can be told.
LEAST = 5


def is_few(n: int) -> bool:
    """Whether so few answered that neither agreement nor disagreement can be told."""
    return n < LEAST


def is_divided(counts: Sequence[int]) -> bool:
    """Whether a third or more stand in the lower third of the scale and a third or more in the upper.

    `counts` has one number for each point, from low to high. The rule is that of Fitch and others
    (The RAND/UCLA Appropriateness Method User's Manual, 2001) for a panel of nine, three of whom rate
    1-3 and three 7-9, put for scales and panels of any size: a point lies in an outer third if it is
    no farther from its end than a third of the scale's width.

    Examples
    --------
    >>> is_divided([4, 2, 4]), is_divided([2, 8, 2])  # of none, partial, full
    (True, False)
    >>> is_divided([0, 5, 0, 5, 0])  # half say 2 of 5, half say 4
    True
    >>> is_divided([0, 0, 5, 5, 0])
    False
    >>> is_divided([1, 1, 2])  # of so few it is not said
    False
    """
    n, width = sum(counts), len(counts) - 1
    if is_few(n):
        return False
    low = sum(count for place, count in enumerate(counts) if 3 * place <= width)
    high = sum(count for place, count in enumerate(counts) if 3 * (width - place) <= width)
    return 3 * min(low, high) >= n
