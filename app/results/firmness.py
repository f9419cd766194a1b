"""How firmly an order stands: which ranks it would have had if other experts of the panel had been asked."""

from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.aggregation import rank_acceptability
from app.results import ranking

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Firmness:
    """One number a subject in each array; nan where there is none."""

    rank_low: Floats
    rank_high: Floats
    expected_rank: Floats
    p_best: Floats
    p_top3: Floats

    def of(self, place: int) -> dict[str, float]:
        """The numbers of one subject."""
        return {one.name: float(getattr(self, one.name)[place]) for one in fields(self)}


def firmness(
    said: Floats, *, method: Literal["borda", "weighted_sum"], more_is_better: bool, seed: int
) -> Firmness:
    """From what every expert said of every subject, drawn again and again as whole experts."""
    experts, subjects = said.shape
    if not subjects or not ranking.replicates(experts) or np.isnan(said).all():
        nothing = np.full(subjects, np.nan)
        return Firmness(**{one.name: nothing for one in fields(Firmness)})
    drawn = rank_acceptability(
        said, [1.0], benefit=[more_is_better], method=method, replicates=ranking.REPLICATES, seed=seed
    )
    return Firmness(
        rank_low=drawn.low,
        rank_high=drawn.high,
        expected_rank=drawn.expected_rank,
        p_best=drawn.p_best,
        p_top3=drawn.p_top(min(ranking.TOP, subjects)),
    )
