"""Comparisons two at a time beside choix, and groups of opinion beside scikit-learn."""

import choix
import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_rand_score, silhouette_score

from app.aggregation import bradley_terry, opinion_groups

pytestmark = pytest.mark.bench
SEEDS = range(30)


@pytest.mark.parametrize("seed", SEEDS)
def test_strengths_are_those_of_choix(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 9))
    strength, wins, data = rng.normal(0, 0.5, n), np.zeros((n, n)), []
    for _ in range(300):
        i, j = rng.choice(n, 2, replace=False)
        if rng.random() > 1 / (1 + np.exp(strength[j] - strength[i])):
            i, j = j, i
        data.append((i, j))
        wins[i, j] += 1
    peer = choix.ilsr_pairwise(n, data, tol=1e-12, max_iter=1000)
    np.testing.assert_allclose(bradley_terry(wins).log_strength, peer - peer.mean(), atol=1e-8)


@pytest.mark.parametrize("seed", range(10))
def test_groups_are_those_of_scikit_learn(seed: int) -> None:
    rng = np.random.default_rng(seed)
    camps = int(rng.integers(2, 5))
    middles = rng.uniform(1, 9, (camps, 20))
    answers = np.clip(middles[rng.integers(0, camps, 60)] + rng.normal(0, 1, (60, 20)), 1, 9)
    ours = opinion_groups(answers)
    assert ours is not None
    points = PCA(2).fit_transform(answers)
    np.testing.assert_allclose(np.abs(ours.coordinates), np.abs(points), atol=1e-9)
    found = [KMeans(k, n_init=20, random_state=seed).fit_predict(points) for k in range(2, 6)]
    widths = [silhouette_score(points, label) for label in found]
    assert ours.silhouette == pytest.approx(max(widths), abs=1e-9)
    assert adjusted_rand_score(ours.label, found[int(np.argmax(widths))]) == 1
