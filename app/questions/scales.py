"""Scales with more points than anybody tells apart by a word, such as 0 to 100: answered by a number."""

from collections.abc import Sequence

# A scale of so many points at most is shown and answered point by point.
MOST_POINTS = 11
# A longer one is shown in so many stretches.
STRETCHES = 10
HUNDRED = (0, 100)
# Who answers otherwise by so much has moved: two points, on a long scale a fifth of its width.
FEW_POINTS, FIFTH = 2, 5


def is_long(low: int, high: int) -> bool:
    """Whether a scale is answered by a number in a field, and shown in stretches.

    Examples
    --------
    >>> is_long(0, 10), is_long(0, 100)
    (False, True)
    """
    return high - low + 1 > MOST_POINTS


def stretches(low: int, high: int, many: int = STRETCHES) -> list[tuple[int, int]]:
    """The points of a scale one by one; those of a long one in so many stretches, ends included.

    Examples
    --------
    >>> stretches(1, 3)
    [(1, 1), (2, 2), (3, 3)]
    >>> stretches(0, 100)[0], stretches(0, 100)[8:]
    ((0, 9), [(80, 89), (90, 100)])
    """
    points = high - low + 1
    count = many if is_long(low, high) else points
    starts = [low + place * points // count for place in range(count)]
    return [(start, end - 1) for start, end in zip(starts, [*starts[1:], high + 1], strict=True)]


def heaped(counts: Sequence[int], low: int, high: int) -> list[tuple[int, int, int]]:
    """Where each of these stretches begins and ends, and how many answers lie in it.

    Examples
    --------
    >>> heaped([2, 0, 1], 1, 3)
    [(1, 1, 2), (2, 2, 0), (3, 3, 1)]
    >>> heaped([1] * 101, 0, 100)[-1]
    (90, 100, 11)
    """
    return [(start, end, sum(counts[start - low : end - low + 1])) for start, end in stretches(low, high)]


def leap(low: int, high: int) -> int:
    """By how many points an answer differs that counts as having moved.

    Examples
    --------
    >>> leap(1, 9), leap(0, 100)
    (2, 20)
    """
    return round((high - low) / FIFTH) if is_long(low, high) else FEW_POINTS


def ticks(low: int, high: int) -> list[int]:
    """The points at which a scale is ruled: every one, or the beginnings of the stretches and the end.

    Examples
    --------
    >>> ticks(1, 4), ticks(0, 100)[-3:]
    ([1, 2, 3, 4], [80, 90, 100])
    """
    starts = [start for start, _end in stretches(low, high)]
    return [*starts, high] if is_long(low, high) else starts
