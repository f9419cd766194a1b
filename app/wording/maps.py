"""Where on a map something stands, in words for thirds: how a panel's median reads on its scale."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

Third = Literal["low", "middle", "high"]


def third(median: float, low: int, high: int) -> Third:
    """The third of the scale's width in which the median lies; what is just on a border is in the middle.

    Medians of whole ratings are whole or half numbers, so that the borders are decided exactly.

    Examples
    --------
    >>> [third(median, 1, 5) for median in (1, 2, 2.5, 3, 3.5, 4, 5)]
    ['low', 'low', 'middle', 'middle', 'middle', 'high', 'high']
    >>> [third(median, 1, 9) for median in (3.5, 4, 6, 6.5)]
    ['low', 'middle', 'middle', 'high']
    >>> third(2, 1, 4), third(3, 1, 4)  # both on a border
    ('middle', 'middle')
    """
    place = Fraction(median) - low
    if 3 * place < high - low:
        return "low"
    return "high" if 3 * place > 2 * (high - low) else "middle"


def thirds(medians: Sequence[float | None], ends: Sequence[tuple[int, int]]) -> tuple[Third, ...] | None:
    """The third on each scale, or None where the panel has no median on one of them.

    Examples
    --------
    >>> thirds([4, 2], [(1, 5), (1, 5)]), thirds([4, None], [(1, 5), (1, 5)])
    (('high', 'low'), None)
    """
    if None in medians:
        return None
    known = [median for median in medians if median is not None]
    return tuple(third(median, *scale) for median, scale in zip(known, ends, strict=True))
