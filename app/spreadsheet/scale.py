"""The scale and the weights as they are typed: 1-9, and C1=25,C2=20."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.spreadsheet.faults import WrongOption

MOST_POINTS = 11
FORM = re.compile(r"(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)", re.ASCII)


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
        """Whether it is the scale on which RAND/UCLA and the three bands are defined."""
        return (self.low, self.high) == (1, 9)

    def holds(self, value: float) -> bool:
        """Whether this is an answer on the scale."""
        return self.low <= value <= self.high and (value % 1 == 0 or not self.of_points)

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
