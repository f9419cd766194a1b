"""From where in the data set a number of the report comes: read its origin as whoever doubts it would.

An origin is a path, as in `rounds/2/result/options/W01/by_criterion/OV/median`; in a list each step names the
round, the code or the round and question (`2.Q1`) that it means. After a `#` stands what is counted: all
(`#`), those with a value (`#label=broad_agreement`), a sum (`#sum`), a range (`#iqr`), or some points of a
scale (`#6-8`).
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from app.report.numbers import Number


def find(content: Mapping[str, Any], origin: str) -> Any:
    """What the data set has there; KeyError if it has nothing."""
    path, marked, counted = origin.partition("#")
    found: Any = content
    for step in path.split("/"):
        found = _step(found, step)
    return _count(found, counted) if marked else found


def agrees(content: Mapping[str, Any], number: Number) -> bool:
    """Whether the data set has the same number at its origin."""
    try:
        found = find(content, number.origin)
    except KeyError:
        return False
    if isinstance(found, int | float) and isinstance(number.value, int | float):
        return math.isclose(found, number.value, abs_tol=1e-9)
    return bool(found == number.value)


def _step(found: Any, step: str) -> Any:
    if isinstance(found, list):
        return next((one for one in found if step in _names(one)), None) or _missing(step)
    return found[step]


def _names(one: Mapping[str, Any]) -> set[str]:
    """By what an entry of a list is known: its number, its code, or the round and code of a question."""
    names = {str(one[key]) for key in ("number", "code") if key in one}
    if isinstance(one.get("question"), dict) and isinstance(one.get("round"), dict):
        names.add(f"{one['round']['number']}.{one['question']['code']}")
    return names


def _missing(step: str) -> Any:
    raise KeyError(step)


def _count(found: Any, what: str) -> float:
    if what in COUNTS:
        return COUNTS[what](found)
    if "=" in what:
        name, _, value = what.partition("=")
        return float(sum(one[name] == value for one in found))
    if "-" in what:
        low, _, high = what.partition("-")
        return float(sum(found[int(low) : int(high) + 1]))
    return len(found)


def _is_sensitive(option: Mapping[str, Any]) -> bool:
    return len({option[f"label{end}"] for end in ("", "_if_stricter", "_if_looser")}) > 1


def _uncovered(result: Mapping[str, Any]) -> int:
    """Elements of which some framework was graded, and none covers them in full by its median."""
    others = [code for code in result["cells"] if code != result["own"]]
    medians = {
        element["code"]: [
            median
            for code in others
            if (median := result["cells"][code][element["code"]]["median"]) is not None
        ]
        for element in result["elements"]
    }
    return sum(bool(some) and max(some) < 2 for some in medians.values())  # noqa: PLR2004 - in full is 2


COUNTS: dict[str, Callable[[Any], float]] = {
    "uncovered": _uncovered,
    "iqr": lambda found: float(found["q3"] - found["q1"]),
    "sum": lambda found: float(sum(found.values())),
    "sensitive": lambda found: sum(map(_is_sensitive, found)),
}
