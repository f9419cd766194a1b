"""The ranks that other methods give to the same ratings, and how far they agree."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from app.aggregation import borda, copeland, promethee_ii, schulze, topsis, weighted_sum
from app.results.robustness import MethodTally

Floats = NDArray[np.float64]

# The first is the ranking itself. The first four start from the panel's value on each criterion, the others
# from each expert's own order by her own weighted sum.
METHODS = ("weighted_sum", "median", "topsis", "promethee_ii", "borda", "copeland", "schulze")
DECIMALS = 10


def ranks(
    ratings: Floats, means: Floats, medians: Floats, weights: list[float], benefit: list[bool]
) -> dict[str, Floats]:
    """The rank of every option by each method; nan where it has none.

    Ratings by expert, option and criterion, and their means and medians by option and criterion, are on a
    scale that the criteria share. On an expert's own order stands what she rated on every criterion; of the
    rest it says nothing.
    """
    own = weighted_sum(ratings, weights, benefit).rank
    return {
        "weighted_sum": weighted_sum(means, weights, benefit).rank,
        "median": weighted_sum(medians, weights, benefit).rank,
        "topsis": topsis(means, weights, benefit).rank,
        "promethee_ii": promethee_ii(means, weights, benefit).rank,
        "borda": borda(own, unranked="abstain").rank,
        "copeland": copeland(own, unranked="abstain").rank,
        "schulze": schulze(own, unranked="abstain").rank,
    }


def agreement(by_method: Mapping[str, Floats], first: int) -> list[MethodTally]:
    """How near every method comes to the ranking, the first of them."""
    ranking = by_method[METHODS[0]]
    return [
        MethodTally(
            code=code,
            tau=None if np.isnan(tau := tau_b(ranking, by_method[code])) else round(tau, DECIMALS),
            same_first=_first(ranking, first) == _first(by_method[code], first),
        )
        for code in METHODS
    ]


def tau_b(one: Floats, other: Floats) -> float:
    """Kendall's tau-b of two rankings, over the options that both rank; nan where one ties them all.

    Examples
    --------
    >>> up = np.array([1.0, 2, 3])
    >>> tau_b(up, up), tau_b(up, -up)
    (1.0, -1.0)

    References
    ----------
    M. G. Kendall, "The treatment of ties in ranking problems", Biometrika 33(3), 239-251, 1945.
    """
    both = ~(np.isnan(one) | np.isnan(other))
    a, b = (np.sign(x[both, None] - x[both]) for x in (one, other))
    pairs = float((a * a).sum()) * float((b * b).sum())
    return float((a * b).sum()) / pairs**0.5 if pairs else float("nan")


def _first(ranks_: Floats, count: int) -> set[int]:
    return set(np.flatnonzero(ranks_ <= count).tolist())
