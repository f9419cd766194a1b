"""Comparisons two at a time beside choix; groups of opinion beside a loop over scikit-learn."""

from collections.abc import Callable

import choix
import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score

from app import aggregation as ours
from cases.case import EXPERTS, OPTIONS, Case, Floats

STARTS = 16


def cases() -> list[Case]:
    return [*strengths(), groups()]


def strengths() -> list[Case]:
    rng = np.random.default_rng(4)
    strength, wins = rng.normal(0, 0.5, OPTIONS), np.zeros((OPTIONS, OPTIONS))
    i, j = rng.integers(0, OPTIONS, (2, 5000))
    i, j = i[i != j], j[i != j]
    won = rng.random(i.size) < 1 / (1 + np.exp(strength[j] - strength[i]))
    pairs = np.where(won[:, None], np.stack([i, j], 1), np.stack([j, i], 1))
    np.add.at(wins, (pairs[:, 0], pairs[:, 1]), 1)
    data = [tuple(map(int, pair)) for pair in pairs]

    def same(peer: Callable[..., Floats]) -> bool:
        found = peer(OPTIONS, data)
        return bool(np.allclose(ours.bradley_terry(wins).log_strength, found - found.mean(), atol=1e-3))

    peers = (("ilsr", choix.ilsr_pairwise), ("mm", choix.mm_pairwise), ("opt", choix.opt_pairwise))
    return [
        Case("bradley_terry", f"choix {name}", lambda: ours.bradley_terry(wins),
             lambda peer=peer: peer(OPTIONS, data), lambda peer=peer: same(peer))
        for name, peer in peers
    ]  # fmt: skip


def groups() -> Case:
    rng = np.random.default_rng(8)
    middles = rng.uniform(1, 9, (3, OPTIONS))
    answers = np.clip(middles[rng.integers(0, 3, EXPERTS)] + rng.normal(0, 2, (EXPERTS, OPTIONS)), 1, 9)

    def peer() -> float:
        points = PCA(2).fit_transform(answers)
        found = [KMeans(k, n_init=STARTS, random_state=0).fit_predict(points) for k in range(2, 6)]
        return max(silhouette_score(points, label) for label in found)

    def same() -> bool:
        told = ours.opinion_groups(answers)
        return told is not None and bool(np.isclose(told.silhouette, peer()))

    return Case("opinion_groups", "scikit-learn, loop", lambda: ours.opinion_groups(answers), peer, same)
