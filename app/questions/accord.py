"""Rules of agreement where nothing is rated on a scale: what share is enough, how alike orders must be."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

MODAL, FIRST, CONCORDANT, GIVEN = "modal", "first", "concordant", "given"
RULES = frozenset({MODAL, FIRST, CONCORDANT, GIVEN})
MOST_FIRST = 100


def is_one(agreement: Mapping[str, Any]) -> bool:
    """Whether the settings write down such a rule, with numbers that can be.

    Examples
    --------
    >>> is_one({"rule": "first", "first": 3, "at_least": 0.7}), is_one({"rule": "modal", "at_least": 0})
    (True, False)
    """
    share, first = agreement.get("at_least"), agreement.get("first", 1)
    names = {"rule", "at_least", *(("first",) if agreement.get("rule") == FIRST else ())}
    return (
        agreement.get("rule") in RULES
        and set(agreement) == names
        and isinstance(share, int | float)
        and 0 < share <= 1
        and isinstance(first, int)
        and 1 <= first <= MOST_FIRST
    )


def is_enough(agreement: Mapping[str, Any], some: int, n: int) -> bool:
    """Whether so many of n are the share that the rule asks for; of nobody, none are.

    Examples
    --------
    >>> is_enough({"rule": "modal", "at_least": 0.7}, 7, 10)  # though 0.7 * 10 is a little more than 7
    True
    """
    return n > 0 and some >= Fraction(str(agreement["at_least"])) * n
