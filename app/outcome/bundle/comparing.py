"""What of a result was counted again, what differs, and what is taken on trust: figure by figure."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from app.results.again import TOLD

# Sums of the same terms in another order, on another machine, differ in the last bits.
TOLERANCE = 1e-9
MISSING = object()
# What is no figure, but says of what one is.
NAMES = frozenset({"code", "title", "version", "method", "question", "round_number"})

Place: TypeAlias = tuple[str, ...]


@dataclass(slots=True)
class Compared:
    """How many figures are the same, what differs (in words), and how much is told, by what it is."""

    same: int = 0
    faults: list[str] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)


def compare(said: Any, found: Any) -> Compared:
    """All figures of a result as it is said, beside those that were found."""
    compared = Compared()
    for place, one, other in _leaves(said, found, ()):
        reason = next((TOLD[part] for part in place if part in TOLD), None)
        if reason:
            compared.told[reason] += _size(one)
        elif not _alike(one, other):
            compared.faults.append(f"{_named(place)}: it says {_shown(one)}, and {_shown(other)} is found")
        elif place[-1] not in NAMES:
            compared.same += 1
    compared.told += Counter()  # without those of which there is nothing
    return compared


def count(said: Any) -> int:
    """How many figures a result has that cannot be counted again."""
    return sum(place[-1] not in NAMES for place, _, _ in _leaves(said, said, ()))


def _leaves(said: Any, found: Any, place: Place) -> Iterator[tuple[Place, Any, Any]]:
    """Every value at its place; where only one of both has parts, they are compared as a whole."""
    if place and place[-1] in TOLD:
        yield place, said, None
        return
    parts, others = _parts(said), _parts(found)
    if parts is None or others is None or (not parts and not others):
        if parts is None or others is None:
            yield place, said, found
        return
    for name in [*parts, *(name for name in others if name not in parts)]:
        yield from _leaves(parts.get(name, MISSING), others.get(name, MISSING), (*place, name))
    if isinstance(said, Sequence) and isinstance(found, Sequence) and list(parts) != list(others):
        yield (*place, "order"), ", ".join(parts), ", ".join(others)


def _size(told: Any) -> int:
    """How many values are told there."""
    if isinstance(told, Mapping):
        return sum(map(_size, told.values()))
    if isinstance(told, list):
        return sum(map(_size, told))
    return told is not None and told is not MISSING


def _parts(value: Any) -> dict[str, Any] | None:
    """The parts of a value by their names: those of a list by their codes, if each has one of its own."""
    if isinstance(value, Mapping):
        return dict(value)
    if not isinstance(value, list):
        return None
    codes = [one.get("code") if isinstance(one, Mapping) else None for one in value]
    if all(isinstance(code, str) for code in codes) and len(set(codes)) == len(codes):
        return dict(zip(map(str, codes), value, strict=True))
    return {str(number): one for number, one in enumerate(value, 1)}


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return bool(one == other)


def _named(place: Place) -> str:
    return " ".join(place) or "the result"


def _shown(value: Any) -> str:
    if value is MISSING:
        return "nothing"
    text = str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"  # noqa: PLR2004 - a line
