"""One comparison, and the panel that all of them are made on."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EXPERTS, OPTIONS, CRITERIA, REPLICATES = 200, 60, 5, 2000
MISSING = 0.1


@dataclass(frozen=True)
class Case:
    """One row of the table; the peer's time counts `times` times over."""

    name: str
    peer_name: str
    ours: Callable[[], object]
    peer: Callable[[], object]
    same: Callable[[], bool]
    times: float = 1


def close(a: object, b: object, within: float = 1e-8) -> bool:
    return bool(np.allclose(np.asarray(a, float), np.asarray(b, float), equal_nan=True, atol=within))


def panel(seed: int = 1, missing: float = MISSING) -> Floats:
    """Whole ratings (experts, options, criteria) from 1 to 9 of options that differ."""
    rng = np.random.default_rng(seed)
    r = rng.normal(0, 2, (EXPERTS, OPTIONS, CRITERIA)) + np.linspace(6.5, 4, OPTIONS)[:, None]
    r = np.clip(np.round(r), 1, 9)
    r[rng.random(r.shape) < missing] = np.nan
    return r


def equal_weights() -> Floats:
    return np.full(CRITERIA, 1 / CRITERIA)
