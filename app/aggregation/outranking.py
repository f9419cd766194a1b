"""PROMETHEE II: items compared two by two, each difference by a preference function of its own."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import Bools, Floats, as_floats, as_signs, as_tables, as_weights
from app.aggregation._blocks import count, slices
from app.aggregation.ranking import Ranking, rank_scores, ties

PREFERENCES = ("usual", "u-shape", "v-shape", "level", "linear", "gaussian")

# Differences are told from a threshold to this part of the greatest score.
NOISE = 1e-12


@dataclass(frozen=True, slots=True)
class Preference:
    """How a difference on one criterion becomes a preference from 0 to 1."""

    kind: str
    q: float
    p: float
    s: float

    def of(self, d: Floats, noise: Floats) -> Floats | Bools:
        """Preferences for differences; those up to the noise, and negative ones, are none."""
        match self.kind:
            case "usual":
                return np.asarray(d > noise)
            case "v-shape":
                return np.clip(d / self.p, 0.0, 1.0)
            case "level":
                return ((d > self.q + noise) + np.asarray(d > self.p + noise, dtype=np.float64)) / 2
            case "linear" if self.p > self.q:
                return np.clip((d - self.q) / (self.p - self.q), 0.0, 1.0)
            case "u-shape" | "linear":
                return np.asarray(d > self.q + noise)
            case _:
                return -np.expm1(-((np.maximum(d, 0.0) / self.s) ** 2) / 2)


def promethee_ii(
    scores: ArrayLike,
    weights: ArrayLike,
    benefit: ArrayLike | None = None,
    preference: str | Sequence[str] = "usual",
    q: ArrayLike = 0.0,
    p: ArrayLike = 1.0,
    s: ArrayLike = 1.0,
) -> Ranking:
    r"""Rank items by how much they are preferred to the others, less how much the others to them.

    Parameters
    ----------
    scores : array_like, shape (items, criteria) or (..., items, criteria)
        Scores, on whatever scale each criterion has; nan if missing. Axes before the last two are of
        many tables, such as one per expert, each ranked by itself.
    weights : array_like, shape (criteria,)
        Importance of the criteria, none negative and not all 0; scaled to sum 1 here.
    benefit : array_like of bool, shape (criteria,), optional
        False for a criterion of which less is better. By default more is better on all.
    preference : {'usual', 'u-shape', 'v-shape', 'level', 'linear', 'gaussian'}, or one per criterion
        The preference function.
    q, p, s : float, or one per criterion
        Threshold of indifference, threshold of strict preference, and the width of the Gaussian, in
        points of the criterion. Looked at only where the function has it.

    Returns
    -------
    Ranking
        Net flow, from -1 to 1, and rank of each item.

    Raises
    ------
    ValueError
        If `scores` has fewer than two axes or holds an infinite value, if another argument fits
        neither all criteria nor one, if a preference is none of those named, or if a threshold in
        use is negative, `p` is below `q` or 0 for a v-shape, or `s` is not above 0.

    Notes
    -----
    For a difference :math:`d` in favour of an item the preference :math:`P(d)` is 0 if
    :math:`d \le 0`, and beyond [1]_ [2]_ 1 (usual); 1 above :math:`q` (u-shape); :math:`d/p` up to
    1 (v-shape); ½ above :math:`q` and 1 above :math:`p` (level); :math:`(d - q)/(p - q)` from 0 to 1
    (linear); :math:`1 - e^{-d^2 / 2 s^2}` (gaussian). With :math:`n` items,

    .. math:: \pi_{ab} = \sum_c w_c P_c(x_{ac} - x_{bc}), \qquad
       \phi_a = \frac{1}{n - 1} \sum_b (\pi_{ab} - \pi_{ba}).

    Some packages divide by :math:`n`, R's MCDA among them: their flows are smaller by that factor.
    The ranking is complete, unlike that of PROMETHEE I. Flows sum to 0. A single item has the flow
    0: there is nobody to be preferred to.

    An item with a missing score on any criterion of positive weight has neither score nor rank and
    takes no part. Flows equal but for the rounding of floating point share their rank.

    References
    ----------
    .. [1] J.-P. Brans and P. Vincke, "A preference ranking organisation method", Management Science
       31(6), 647-656, 1985.
    .. [2] J.-P. Brans, P. Vincke and B. Mareschal, "How to select and how to rank projects: the
       PROMETHEE method", Eur. J. Oper. Res. 24(2), 228-238, 1986.

    Examples
    --------
    >>> result = promethee_ii([[7, 200], [8, 300], [4, 100]], [1, 1], benefit=[True, False])
    >>> result.score
    array([0., 0., 0.])
    >>> kinds = ["linear", "v-shape"]
    >>> promethee_ii([[7, 200], [8, 300], [4, 100]], [1, 1], [True, False], kinds, 1, 4).score
    array([ 0.16666667, -0.25      ,  0.08333333])
    """
    x = as_tables(scores, "scores", "(items, criteria)")
    items, criteria = x.shape[-2:]
    w, signs = as_weights(weights, criteria), as_signs(benefit, criteria)
    functions = _preferences(preference, criteria, q, p, s)
    used = np.flatnonzero(w)
    tables = x.reshape(math.prod(x.shape[:-2]), items, criteria)
    flow = np.zeros(tables.shape[:-1])
    for some in slices(len(tables), 32 * items * criteria):
        # items last: those of a criterion are then neighbours in memory
        value = (signs[used] * tables[some][..., used]).swapaxes(-1, -2)
        missing: Bools = np.asarray(np.isnan(value).any(axis=-2))
        net = _net_preferences(np.where(missing[:, None], np.nan, value), [functions[c] for c in used])
        for place, c in enumerate(used):
            flow[some] += w[c] * net[:, place]
        flow[some] /= np.maximum(items - missing.sum(axis=-1, keepdims=True) - 1, 1)
        flow[some][missing] = np.nan
    return rank_scores(flow.reshape(x.shape[:-1]))


def _net_preferences(value: Floats, functions: Sequence[Preference]) -> Floats:
    """How much each item is preferred to the others, less how much the others to it.

    ``value`` is (tables, criteria, items) with a function for each criterion; nan takes no part.
    """
    noise = NOISE * np.fmax.reduce(np.abs(value), axis=-1, keepdims=True, initial=0.0)
    net = np.empty(value.shape)
    for function in dict.fromkeys(functions):
        those = [place for place, one in enumerate(functions) if one == function]
        preferred = _net_of_places if function.kind == "usual" else _net_of_pairs
        net[:, those] = preferred(value[:, those], noise[:, those], function)
    return net


def _net_of_places(value: Floats, noise: Floats, usual: Preference) -> Floats:
    """How many others of its row each item is above, less how many it is below.

    Both follow from its place in order, without a comparison of all pairs.
    """
    items = value.shape[-1]
    order = np.argsort(value, axis=-1)
    # in the flat array, which numpy picks from and puts to in a third of the time
    order += items * np.arange(noise.size).reshape(noise.shape)
    ordered = value.ravel()[order]
    gap = ordered[..., 1:] - ordered[..., :-1]
    alike: Bools = np.asarray(gap <= noise)
    begin, end = ties(~alike, order.shape)
    net = np.empty(value.shape)
    net.ravel()[order] = begin + end - (items - np.isnan(ordered).sum(axis=-1, keepdims=True))
    # noise may join a first value to a second and that to a third, and yet part the first and third
    noisy = (alike & (gap > 0)).any(axis=-1)
    if noisy.any():
        net[noisy] = _net_of_pairs(value[noisy], noise[noisy], usual)
    return net


def _net_of_pairs(value: Floats, noise: Floats, function: Preference) -> Floats:
    """The same for any function, from the differences of all pairs of a row."""
    rows, noises = value.reshape(noise.size, value.shape[-1]), noise.reshape(-1, 1, 1)
    net, incomplete = np.empty(rows.shape), np.isnan(rows).any()
    for some in slices(len(rows), 8 * rows.shape[1] ** 2):
        difference = rows[some, :, None] - rows[some, None, :]
        if incomplete:  # who takes no part differs from nobody
            difference[np.isnan(difference)] = 0.0
        preferred = function.of(difference, noises[some])
        total: Callable[..., Any] = count if preferred.dtype == np.bool_ else np.sum
        net[some] = total(preferred, axis=-1) - total(preferred, axis=-2)
    return net.reshape(value.shape)


def _preferences(
    kinds: str | Sequence[str], criteria: int, q: ArrayLike, p: ArrayLike, s: ArrayLike
) -> list[Preference]:
    names = [kinds] * criteria if isinstance(kinds, str) else list(kinds)
    unknown = [name for name in names if name not in PREFERENCES]
    if unknown or len(names) != criteria:
        msg = f"preference must be one of {', '.join(PREFERENCES)}, or one per criterion, not {kinds!r}"
        raise ValueError(msg)
    thresholds = [_per_criterion(value, criteria, name) for value, name in ((q, "q"), (p, "p"), (s, "s"))]
    functions = [Preference(*one) for one in zip(names, *(t.tolist() for t in thresholds), strict=True)]
    for one in functions:
        _check_thresholds(one)
    return functions


def _per_criterion(value: ArrayLike, criteria: int, name: str) -> Floats:
    array = as_floats(value, name)
    if array.shape not in ((), (criteria,)) or np.isnan(array).any():
        msg = f"{name} must be one number, or one per criterion, of the shape ({criteria},)"
        raise ValueError(msg)
    return np.broadcast_to(array, (criteria,))


def _check_thresholds(one: Preference) -> None:
    if one.kind in {"u-shape", "level", "linear"} and one.q < 0:
        msg = f"q must not be negative, as {one.q:g} is"
        raise ValueError(msg)
    if one.kind in {"level", "linear"} and one.p < one.q:
        msg = f"p must not be below q: {one.p:g} < {one.q:g}"
        raise ValueError(msg)
    if one.kind == "v-shape" and one.p <= 0:
        msg = f"p must be above 0 for a v-shape, not {one.p:g}"
        raise ValueError(msg)
    if one.kind == "gaussian" and one.s <= 0:
        msg = f"s must be above 0 for a gaussian, not {one.s:g}"
        raise ValueError(msg)
