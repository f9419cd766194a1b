"""Where names go beside crowded marks: none over another, a mark or the edge; some find no room."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.float64]

# How far a name stands from its mark: close by, or farther off at the end of a line.
NEAR, FAR = 3.0, 16.0
# Two names on a line keep apart like words of different sentences.
APART = 7.0
# So much nearer is a name to its own mark than to any other.
NEARER = 1.2
# What a worse side costs, and what it costs to cover a line that is better left free.
SIDE, AVOIDED = 0.4, 4.0
# Where a name stands, seen from its mark: the step across and down, the better places first.
SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def as_row(self) -> tuple[float, float, float, float]:
        """The four edges."""
        return self.left, self.top, self.right, self.bottom


NOWHERE = Box(-9e9, -9e9, -9e9, -9e9)


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be placed: the box of its mark, and the sizes that it may take in more or fewer lines."""

    mark: Box
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands, on which side of its mark, in which of its sizes; `far` if a line leads to it."""

    box: Box
    size: int
    side: tuple[int, int]
    far: bool


def place(
    names: Sequence[Name], *, taken: Sequence[Box], within: Box, avoided: Sequence[Box] = ()
) -> list[Place | None]:
    """A place for each name, or None where there is no room; the same names always stand in the same places.

    No name covers a mark or what is `taken`, nor stands nearer to another mark than to its own; it
    covers what is `avoided` where nothing better is free.
    The name with the fewest free places is placed first, in the one of them that takes the fewest
    places from others; then what overlaps with it is no longer free.
    """
    tried = [(index, option) for index, name in enumerate(names) for option in _options(name)]
    placed: list[Place | None] = [None] * len(names)
    if not tried:
        return placed
    owner = np.array([index for index, _ in tried])
    boxes = _rows([option.box for _, option in tried])
    ways = _rows([_way(names[index].mark, option) for index, option in tried])
    marks = _rows([name.mark for name in names])
    hit = _overlap(boxes, _rows(taken)).any(axis=1) | _overlap(ways, marks).any(axis=1)
    free = _inside(boxes, within) & ~hit & _told_apart(boxes, marks, owner)
    burden = AVOIDED * _overlap(boxes, _rows(avoided)).sum(axis=1)
    roomy = boxes + np.array([-APART, 0.0, APART, 0.0])
    while free.any():
        left = np.bincount(owner[free], minlength=len(names)).astype(float)
        left[left == 0] = np.inf
        mine = np.flatnonzero(free & (owner == int(left.argmin())))
        others = np.flatnonzero(free & (owner != owner[mine[0]]))
        # a place costs what it takes from others and what it covers; the first of equals is the better side
        costs = _overlap(roomy[mine], boxes[others]).sum(axis=1) + burden[mine] + SIDE * np.arange(len(mine))
        chosen = int(mine[int(costs.argmin())])
        placed[owner[chosen]] = tried[chosen][1]
        one = slice(chosen, chosen + 1)
        lost = _overlap(boxes, roomy[one]) | _overlap(boxes, ways[one]) | _overlap(ways, boxes[one])
        free &= (owner != owner[chosen]) & ~lost[:, 0]
    return placed


def _told_apart(boxes: Boxes, marks: Boxes, owner: npt.NDArray[np.int_]) -> npt.NDArray[np.bool_]:
    """Whether nobody takes the name for another mark's: its own is the nearest, or a line leads to it."""
    gaps = _gaps(boxes, marks)
    rows = np.arange(len(boxes))
    own = gaps[rows, owner].copy()
    gaps[rows, owner] = np.inf
    return np.asarray(gaps.min(axis=1) >= np.minimum(own, NEAR) + NEARER)


def _way(mark: Box, option: Place) -> Box:
    """What the line from the mark to a name takes up, if there is one."""
    if not option.far:
        return NOWHERE
    box, (across, down) = option.box, option.side
    middle = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
    left, right = {1: (mark.right, box.left), -1: (box.right, mark.left), 0: (middle[0], middle[0])}[across]
    top, bottom = {1: (mark.bottom, box.top), -1: (box.bottom, mark.top), 0: (middle[1], middle[1])}[down]
    return Box(min(left, right) - 1, min(top, bottom) - 1, max(left, right) + 1, max(top, bottom) + 1)


def _rows(boxes: Sequence[Box]) -> Boxes:
    return np.array([box.as_row for box in boxes], dtype=float).reshape(-1, 4)


def _options(name: Name) -> list[Place]:
    return [
        Place(_beside(name.mark, size, side, gap), number, side, gap == FAR)
        for gap in (NEAR, FAR)
        for number, size in enumerate(name.sizes)
        for side in SIDES
    ]


def _beside(mark: Box, size: tuple[float, float], side: tuple[int, int], gap: float) -> Box:
    wide, high = size
    across, down = side
    slant = 0.6 if across and down else 1.0
    middle = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
    left = {
        1: mark.right + gap * slant,
        -1: mark.left - gap * slant - wide,
        0: middle[0] - wide / 2,
    }[across]
    top = {
        1: mark.bottom + gap * slant,
        -1: mark.top - gap * slant - high,
        0: middle[1] - high / 2,
    }[down]
    return Box(left, top, left + wide, top + high)


def _gaps(some: Boxes, others: Boxes) -> Boxes:
    """How far each of some boxes is from each of the others."""
    a, b = some[:, None, :], others[None, :, :]
    across = np.maximum(b[..., 0] - a[..., 2], a[..., 0] - b[..., 2]).clip(min=0)
    down = np.maximum(b[..., 1] - a[..., 3], a[..., 1] - b[..., 3]).clip(min=0)
    return np.asarray(np.hypot(across, down))


def _overlap(some: Boxes, others: Boxes) -> npt.NDArray[np.bool_]:
    """For each of some boxes and each of the others whether they have any area in common."""
    a, b = some[:, None, :], others[None, :, :]
    across = (a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2])
    down = (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])
    return across & down


def _inside(boxes: Boxes, within: Box) -> npt.NDArray[np.bool_]:
    left, top, right, bottom = within.as_row
    return np.asarray(
        (boxes[:, 0] >= left) & (boxes[:, 1] >= top) & (boxes[:, 2] <= right) & (boxes[:, 3] <= bottom)
    )
