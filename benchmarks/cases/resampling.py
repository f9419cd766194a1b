"""Rank acceptability beside a loop over the peer: it draws others, so that ranks agree within chance."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pref_voting.margin_based_methods import beat_path

from app import aggregation as ours
from cases.case import CRITERIA, EXPERTS, OPTIONS, REPLICATES, Case, Floats, equal_weights, panel
from cases.deciding import mcdm_sum, mcdm_topsis, skc_sum, skc_topsis
from cases.voting import peer_borda, peer_copeland_order, profile

# A loop that would take minutes runs so many replicates, and its time is multiplied.
FEW, FEWEST = 100, 5
# By so many ranks the means of two draws may differ; the options have 60.
CHANCE = 3.0

Score = Callable[[NDArray[np.intp]], Floats]


def expected_rank(score: Score, replicates: int) -> Floats:
    rng = np.random.default_rng(5)
    total = np.zeros(OPTIONS)
    for _ in range(replicates):
        total += (-score(rng.integers(0, EXPERTS, EXPERTS))).argsort().argsort() + 1
    return total / replicates


def cases() -> list[Case]:
    r, weights = panel(), equal_weights()
    cells = pd.DataFrame(r.reshape(EXPERTS, -1))
    ranks = np.argsort(np.argsort(-np.nan_to_num(r[:, :, 0]), axis=1, kind="stable"), axis=1) + 1.0

    def means(drawn: NDArray[np.intp]) -> Floats:
        return np.asarray(np.nanmean(r[drawn], axis=0))

    def by_pandas(drawn: NDArray[np.intp]) -> Floats:
        return cells.iloc[drawn].mean().to_numpy().reshape(OPTIONS, CRITERIA) @ weights

    rows: list[tuple[str, str, Score]] = [
        ("weighted_sum", "numpy nanmean", lambda drawn: means(drawn) @ weights),
        ("weighted_sum", "pandas", by_pandas),
        ("weighted_sum", "pymcdm", lambda drawn: mcdm_sum(means(drawn))),
        ("weighted_sum", "scikit-criteria", lambda drawn: skc_sum(means(drawn))),
        ("median", "numpy nanmedian", lambda drawn: np.nanmedian(r[drawn], axis=0) @ weights),
        ("topsis", "pymcdm", lambda drawn: mcdm_topsis(means(drawn))),
        ("topsis", "scikit-criteria", lambda drawn: skc_topsis(means(drawn))),
    ]
    found = [resampled(method, name, r, weights, score) for method, name, score in rows]
    of_ballots: list[tuple[str, Score]] = [
        ("borda", lambda drawn: peer_borda(ranks[drawn])),
        ("copeland", lambda drawn: -peer_copeland_order(ranks[drawn]).astype(float)),
    ]
    one = np.ones(1)
    found += [resampled(method, "pref_voting", -ranks, one, score) for method, score in of_ballots]
    return [*found, strongest_paths(ranks)]


def resampled(method: str, peer: str, r: Floats, weights: Floats, score: Score) -> Case:
    def accept() -> ours.RankAcceptability:
        return ours.rank_acceptability(r, weights, method=method, replicates=REPLICATES)

    return Case(
        f"rank_acceptability, {method}",
        f"{peer}, loop *",
        accept,
        lambda: expected_rank(score, FEW),
        lambda: bool(np.abs(accept().expected_rank - expected_rank(score, FEW)).max() < CHANCE),
        REPLICATES / FEW,
    )


def strongest_paths(ranks: Floats) -> Case:
    """The peer tells who wins; each of its winners must win in some of our replicates."""

    def peer() -> list[list[int]]:
        rng = np.random.default_rng(5)
        return [beat_path(profile(ranks[rng.integers(0, EXPERTS, EXPERTS)])) for _ in range(FEWEST)]

    def accept() -> ours.RankAcceptability:
        return ours.rank_acceptability(-ranks, np.ones(1), method="schulze", replicates=REPLICATES)

    return Case(
        "rank_acceptability, schulze",
        "pref_voting, loop *",
        accept,
        peer,
        lambda: all(accept().p_best[won].sum() > 0 for won in peer()),
        REPLICATES / FEWEST,
    )
