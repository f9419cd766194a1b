"""Ballots made by hypothesis: ranks with ties and gaps, and what they have in common."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from app.aggregation import borda, copeland, kemeny, ranked_pairs, schulze
from tests.aggregation.panels import panels

CONDORCET: list[Any] = [copeland, schulze, ranked_pairs, kemeny]
RULES: list[Any] = [borda, *CONDORCET]
UNRANKED = ["last", "abstain"]


def ballots_of(*, options=(1, 6), missing=True):
    """Ranks (ballots, options): up to eight ballots, with ties, some options not ranked."""
    return panels(1, 6, experts=(1, 8), items=options, missing=missing)


def weights_for(ranks):
    return st.lists(st.integers(1, 9), min_size=len(ranks), max_size=len(ranks))


def counted(ranks, weights, unranked):
    """Pairwise counts, ballot by ballot and pair by pair."""
    options = range(ranks.shape[1])
    above = np.zeros((len(options), len(options)))
    for ballot, weight in zip(ranks, weights, strict=True):
        for i in options:
            for j in options:
                last = unranked == "last" and np.isnan(ballot[j]) and not np.isnan(ballot[i])
                above[i, j] += weight * (ballot[i] < ballot[j] or last)
    return above
