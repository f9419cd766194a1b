"""Checks of what callers hand in, so that a fault is named before a number is made of it."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

# Beyond any rating or count, and so small that no sum of squares overflows.
GREATEST = 1e100


def as_floats(values: ArrayLike, name: str) -> Floats:
    """Numbers as float64, NaN or None or a mask meaning "no answer"; anything infinite is refused."""
    try:
        if isinstance(values, np.ma.MaskedArray):
            # np.asarray would take what lies under the mask for an answer
            values = np.ma.filled(values.astype(np.float64), np.nan)
        # Text is no number, and complex numbers would lose a part with no more than a warning.
        array = np.asarray(values)
        array = array.astype(
            np.float64, casting="unsafe" if array.dtype == object else "same_kind", copy=False
        )
    except (TypeError, ValueError) as fault:
        msg = f"{name} must be an array of numbers: {fault}"
        raise ValueError(msg) from fault
    if (np.abs(array) > GREATEST).any():
        msg = f"{name} must be finite, and below {GREATEST:g} in size; no answer is written as nan"
        raise ValueError(msg)
    return array


def as_matrix(values: ArrayLike, name: str, axes: str = "(experts, items)") -> Floats:
    """Two-dimensional numbers, NaN allowed; ``axes`` says in the message what the two are."""
    array = as_floats(values, name)
    if array.ndim != 2:  # noqa: PLR2004 - a matrix has two axes
        msg = f"{name} must have two axes {axes}, not the shape {array.shape}"
        raise ValueError(msg)
    # one criterion of a panel lies scattered in memory, and would be gathered again by every step
    return np.ascontiguousarray(array)


def as_tables(values: ArrayLike, name: str, axes: str) -> Floats:
    """Numbers of which the last two axes are a matrix, one or many."""
    array = as_floats(values, name)
    if array.ndim < 2:  # noqa: PLR2004 - a matrix has two axes
        msg = f"{name} must have two axes {axes}, or more before them, not the shape {array.shape}"
        raise ValueError(msg)
    return array


def as_panel(ratings: ArrayLike) -> Floats:
    """Ratings with three axes (experts, items, criteria); two are those of a single criterion."""
    r = as_floats(ratings, "ratings")
    if r.ndim not in (2, 3):
        msg = f"ratings must have the axes (experts, items[, criteria]), not the shape {r.shape}"
        raise ValueError(msg)
    return r if r.ndim == 3 else r[:, :, None]  # noqa: PLR2004 - experts, items, criteria


def as_number(value: Any, name: str) -> float:
    """One finite number."""
    array = as_floats(value, name)
    if array.ndim != 0 or np.isnan(array):
        msg = f"{name} must be one finite number, not {value!r}"
        raise ValueError(msg)
    return float(array)


def as_count(value: Any, name: str, least: int) -> int:
    """One whole number of at least ``least``."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        msg = f"{name} must be a whole number of at least {least}, not {value!r}"
        raise ValueError(msg)
    return int(value)


def as_band(low: Any, high: Any, names: tuple[str, str]) -> tuple[float, float]:
    """The two ends of a band, the lower first."""
    ends = as_number(low, names[0]), as_number(high, names[1])
    if ends[0] > ends[1]:
        msg = f"{names[0]} must not be above {names[1]}: {ends[0]:g} > {ends[1]:g}"
        raise ValueError(msg)
    return ends


def as_weights(weights: ArrayLike, criteria: int) -> Floats:
    """One weight per criterion, scaled to sum 1."""
    array = as_floats(weights, "weights")
    if array.shape != (criteria,):
        msg = f"weights must have the shape ({criteria},), one per criterion, not {array.shape}"
        raise ValueError(msg)
    if np.isnan(array).any() or (array < 0).any():
        msg = "weights must be numbers from 0 upwards, none of them nan or negative"
        raise ValueError(msg)
    if not array.any():
        msg = "weights must not all be zero"
        raise ValueError(msg)
    scaled: Floats = array / array.sum()
    return scaled


def as_signs(benefit: ArrayLike | None, criteria: int) -> Floats:
    """+1 for a criterion of which more is better, -1 for a cost; None means that all are benefits."""
    if benefit is None:
        return np.ones(criteria)
    array = np.asarray(benefit)
    if array.shape != (criteria,) or not np.isin(array, (0, 1)).all():
        msg = f"benefit must be one True or False per criterion, of the shape ({criteria},)"
        raise ValueError(msg)
    return np.where(array.astype(np.bool_), 1.0, -1.0)


def quotient(numerator: ArrayLike, denominator: ArrayLike) -> Floats:
    """Element-wise division in which nothing divided by zero is nan, without a warning."""
    above, below = np.broadcast_arrays(
        np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    )
    result = np.full(above.shape, np.nan)
    np.divide(above, below, out=result, where=below != 0)
    return result
