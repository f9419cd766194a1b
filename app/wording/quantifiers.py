"""`A few`, `some`, `many`: how many people a sentence may speak of, by the ranges of the rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.wording.conditions import BrokenRule

NUMBER = r"(\d+(?:\.\d+)?)"
ONE = re.compile(r"exactly one\b")
TWO_BELOW = re.compile(rf"two or more, below {NUMBER} per cent")
FROM_TO = re.compile(rf"{NUMBER} to {NUMBER} per cent")
ABOVE_UP_TO = re.compile(rf"above {NUMBER} and up to {NUMBER} per cent")
ABOVE = re.compile(rf"above {NUMBER} per cent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantifier:
    """A word for a share of the people, and the range in which it may be used."""

    id: str
    text: str
    only_one: bool = False
    above: Fraction | None = None
    least: Fraction | None = None
    below: Fraction | None = None
    most: Fraction | None = None

    def fits(self, count: int, share: Fraction) -> bool:
        """Whether so many people, who are such a share, may be called that."""
        if self.only_one or count == 1:
            return self.only_one and count == 1
        return (
            (self.above is None or share > self.above)
            and (self.least is None or share >= self.least)
            and (self.below is None or share < self.below)
            and (self.most is None or share <= self.most)
        )


def quantifier(entry: Mapping[str, object]) -> Quantifier:
    """The quantifier that an entry of the rules describes, or `BrokenRule`."""
    name, text, words = (str(entry.get(key, "")) for key in ("id", "label", "range"))
    if ONE.match(words):
        return Quantifier(id=name, text=text, only_one=True)
    if found := TWO_BELOW.fullmatch(words):
        return Quantifier(id=name, text=text, below=_share(found[1]))
    if found := FROM_TO.fullmatch(words):
        return Quantifier(id=name, text=text, least=_share(found[1]), most=_share(found[2]))
    if found := ABOVE_UP_TO.fullmatch(words):
        return Quantifier(id=name, text=text, above=_share(found[1]), most=_share(found[2]))
    if found := ABOVE.fullmatch(words):
        return Quantifier(id=name, text=text, above=_share(found[1]))
    raise BrokenRule(name or "quantifiers", f"its range cannot be read: {words!r}")


def _share(per_cent: str) -> Fraction:
    return Fraction(per_cent) / 100
