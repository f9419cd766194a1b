"""Whether a panel is divided: a sign apart from where it stands, by one rule for every scale."""

from collections.abc import Sequence

from app.wording.maps import third

# Of fewer answers neither agreement nor disagreement can be told.
LEAST = 5


def is_few(n: int) -> bool:
    """Whether so few answered that neither agreement nor disagreement can be told."""
    return n < LEAST


def is_divided(counts: Sequence[int]) -> bool:
    """Whether a third or more stand in the lower third of the scale and a third or more in the upper.

    `counts` has one number for each point, from low to high. The rule is that of Fitch and others
    (The RAND/UCLA Appropriateness Method User's Manual, 2001) for a panel of nine, three of whom rate
    1-3 and three 7-9, put for scales and panels of any size. The thirds are those of the scale's width,
    as in `app.wording.maps`: a point that is just on their border is in the middle.

    Examples
    --------
    >>> is_divided([4, 2, 4]), is_divided([2, 8, 2])  # of none, partial, full
    (True, False)
    >>> is_divided([0, 5, 0, 5, 0])  # half say 2 of 5, half say 4
    True
    >>> is_divided([0, 0, 5, 5, 0])
    False
    >>> is_divided([0, 5, 5, 0])  # neighbours in the middle of four
    False
    >>> is_divided([1, 1, 2])  # of so few it is not said
    False
    """
    n = sum(counts)
    if is_few(n):
        return False
    standing = {"low": 0, "middle": 0, "high": 0}
    for place, count in enumerate(counts):
        standing[third(place, 0, len(counts) - 1)] += count
    return 3 * min(standing["low"], standing["high"]) >= n
