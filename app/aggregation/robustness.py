"""How firmly a ranking stands: the ranks that other experts and other weights would have given."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from app.aggregation._arrays import (
    Floats,
    as_count,
    as_floats,
    as_number,
    as_signs,
    as_weights,
    quotient,
)
from app.aggregation._replicates import Draws, strata_of
from app.aggregation.decision import weighted_scores
from app.aggregation.ranking import settle

# The central 95 per cent of the distribution of an item's rank.
TAIL = 0.025


@dataclass(frozen=True, slots=True, eq=False)
class RankAcceptability:
    """Distribution of every item's rank over the replicates; nan for an item without a score.

    Attributes
    ----------
    share : ndarray, shape (items, items)
        Share of the replicates in which the item of the row has the rank of the column, first
        column rank 1. Rows and columns sum to 1.
    expected_rank : ndarray, shape (items,)
        Mean rank.
    low, high : ndarray, shape (items,)
        Central 95 per cent of the ranks: a description of this panel, not a confidence set.
    p_best : ndarray, shape (items,)
        Share of rank 1.
    beats : ndarray, shape (items, items)
        Share of the replicates in which the item of the row is above that of the column, a tie
        counting half; nan on the diagonal.
    """

    share: Floats
    expected_rank: Floats
    low: Floats
    high: Floats
    p_best: Floats
    beats: Floats

    def p_top(self, k: int) -> Floats:
        """Share of the replicates in which each item is among the first ``k``.

        Parameters
        ----------
        k : int
            How many places count as the top, from 1 up to the number of items.

        Returns
        -------
        ndarray, shape (items,)
            Shares from 0 to 1; nan for an item without a score.

        Raises
        ------
        ValueError
            If `k` is no whole number from 1 to the number of items.
        """
        places = as_count(k, "k", 1)
        if places > self.share.shape[1]:
            msg = f"k must be at most {self.share.shape[1]}, the number of items, not {k}"
            raise ValueError(msg)
        return np.asarray(self.share[:, :places].sum(axis=1))
