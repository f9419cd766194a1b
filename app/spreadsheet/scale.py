"""The scale, its bands, the weights and the costs as they are typed: 1-9, 1-3,7-9, C1=25,C2=20 and C2."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.spreadsheet.faults import WrongOption
from app.wording.rules import thirds

MOST_POINTS = 11
FORM = re.compile(r"(-?\d{1,9}(?:\.\d{1,9})?)-(-?\d{1,9}(?:\.\d{1,9})?)", re.ASCII)

Floats = NDArray[np.float64]
Range = tuple[float, float]
Bands = tuple[Range, Range]


@dataclass(frozen=True, slots=True)
class Scale:
    """Ends of the scale; up to eleven points apart by one it has these points and nothing between."""

    low: float
    high: float

    @property
    def of_points(self) -> bool:
        """Whether answers are points that can be counted."""
        return self.low % 1 == 0 and self.high % 1 == 0 and self.high - self.low < MOST_POINTS

    @property
    def nine_points(self) -> bool:
        """Whether it is the scale for which RAND/UCLA is made."""
        return (self.low, self.high) == (1, 9)

    @property
    def thirds(self) -> Bands:
        """The lower and the upper band where none are said; of points as rounds have them, rounded down."""
        if self.of_points:
            low_end, high_start = thirds(int(self.low), int(self.high))
            return (self.low, low_end), (high_start, self.high)
        third = (self.high - self.low) / 3
        return (self.low, self.low + third), (self.high - third, self.high)

    def holds(self, value: float) -> bool:
        """Whether this is an answer on the scale."""
        return self.low <= value <= self.high and (value % 1 == 0 or not self.of_points)

    def turned(self, ratings: Floats) -> Floats:
        """The ratings counted from the other end."""
        return self.low + self.high - ratings

    def __str__(self) -> str:
        """The scale as people read it."""
        whole = "whole numbers " if self.of_points else ""
        return f"{whole}from {self.low:g} to {self.high:g}"


def parse_scale(text: str) -> Scale:
    """The scale typed as low-high."""
    match = FORM.fullmatch(text.strip())
    if not match or float(match[1]) >= float(match[2]):
        raise WrongOption(f"--scale: “{text}” is no scale; write the lowest and the highest point, as in 1-9")
    return Scale(float(match[1]), float(match[2]))


def parse_bands(text: str, scale: Scale) -> Bands:
    """The lower and the upper band, typed as two ranges, or a third of the scale each."""
    if not text.strip():
        return scale.thirds
    ranges = [FORM.fullmatch(part.strip()) for part in text.split(",")]
    ends = [float(end) for match in ranges if match for end in match.groups()]
    if len(ranges) != 2 or len(ends) != 4 or not _in_order(ends, scale):  # noqa: PLR2004 - two have four ends
        raise WrongOption(
            f"--bands: “{text}” are no two bands at the ends of the scale, {scale}; write the lower and then "
            "the upper one, as in 1-3,7-9"
        )
    return (ends[0], ends[1]), (ends[2], ends[3])


def told_band(band: Sequence[float]) -> str:
    """The band as people read it."""
    start, end = band
    return f"at {start:g}" if start == end else f"from {start:g} to {end:g}"


def _in_order(ends: Sequence[float], scale: Scale) -> bool:
    low_start, low_end, high_start, high_end = ends
    return scale.low == low_start <= low_end < high_start <= high_end == scale.high


def parse_costs(text: str, criteria: Sequence[str]) -> list[bool]:
    """Whether less is better, for each criterion; those that are typed are said to be so."""
    names = [name.strip() for name in text.split(",")] if text.strip() else []
    for name in names:
        if name not in criteria:
            known = ", ".join(criteria)
            raise WrongOption(f"--cost: there is no criterion “{name}” in the file; it has: {known}")
    return [name in names for name in criteria]


def parse_weights(text: str, criteria: Sequence[str]) -> list[float]:
    """Weight of each criterion: those that are not named have none; without a text all have the same."""
    if not text.strip():
        return [1.0] * len(criteria)
    weights: dict[str, float] = {}
    for part in text.split(","):
        name, _, number = (piece.strip() for piece in part.rpartition("="))
        if name not in criteria:
            known = ", ".join(criteria)
            raise WrongOption(
                f"--weights: there is no criterion “{name or part}” in the file; it has: {known}"
            )
        if name in weights:
            raise WrongOption(f"--weights: “{name}” stands there twice")
        weights[name] = _weight(number)
    if not any(weights.values()):
        raise WrongOption("--weights: one of them must be above 0")
    return [weights.get(name, 0.0) for name in criteria]


def _weight(text: str) -> float:
    if not re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", text, re.ASCII):
        raise WrongOption(
            f"--weights: “{text}” is no weight; write a number from 0 upwards, as in C1=25,C2=20"
        )
    return float(text)
