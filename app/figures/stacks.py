"""Marks that share a position, side by side within its cell: none reads as if it had a neighbour's."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stack:
    """The marks at one position by their numbers; without spots they are too many to stand there."""

    x: float
    y: float
    members: tuple[int, ...]
    spots: tuple[Spot, ...]


def arrange(positions: Sequence[Spot], *, cell: Spot, pitch: float) -> list[Stack]:
    """The stacks from the left to the right and from the top down, each within a cell of that size.

    Members stand in their own order, `pitch` apart, in rows around the position; a row that is not
    full stands in the middle.
    """
    shared: dict[Spot, list[int]] = defaultdict(list)
    for member, position in enumerate(positions):
        shared[position].append(member)
    return [
        Stack(x, y, tuple(members), tuple(_spots((x, y), len(members), cell, pitch)))
        for (x, y), members in sorted(shared.items())
    ]


def _spots(middle: Spot, count: int, cell: Spot, pitch: float) -> list[Spot]:
    across, down = (max(1, int(side // pitch)) for side in cell)
    if count > across * down:
        return []
    columns = min(across, max(ceil(count / down), ceil(sqrt(count))))
    rows = ceil(count / columns)
    spots = []
    for place in range(count):
        row, column = divmod(place, columns)
        in_row = columns if row < rows - 1 else count - columns * (rows - 1)
        spots.append(
            (
                middle[0] + (column - (in_row - 1) / 2) * pitch,
                middle[1] + (row - (rows - 1) / 2) * pitch,
            )
        )
    return spots
