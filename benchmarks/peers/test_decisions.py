"""Several criteria and their weights beside pymcdm, scikit-criteria and ahpy."""

from itertools import combinations

import ahpy
import numpy as np
import pytest
import skcriteria
from numpy.typing import NDArray
from pymcdm.methods import PROMETHEE_II, TOPSIS, WSM
from pymcdm.normalizations import vector_normalization
from skcriteria.agg.simple import WeightedSumModel
from skcriteria.agg.topsis import TOPSIS as SKC_TOPSIS
from skcriteria.preprocessing.scalers import VectorScaler

from app.aggregation import ahp, promethee_ii, topsis, weighted_sum

pytestmark = pytest.mark.bench
SEEDS = range(30)
ITEMS, CRITERIA = 8, 4
PREFERENCES = {
    "usual": "usual",
    "u-shape": "ushape",
    "v-shape": "vshape",
    "level": "level",
    "linear": "vshape_2",
}
SAATY_2005 = {3: 0.52, 4: 0.89, 5: 1.11, 6: 1.25, 7: 1.35}

Floats = NDArray[np.float64]


def problem(seed: int) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Scores above 0, weights, and for each criterion 1 where more is better and -1 where less is."""
    rng = np.random.default_rng(seed)
    scores = rng.random((ITEMS, CRITERIA)) * 10 + 0.1
    return scores, rng.dirichlet(np.ones(CRITERIA)), rng.choice([-1, 1], CRITERIA)


def as_it_is(column: Floats, cost: object = None) -> Floats:  # noqa: ARG001 - the peer's signature
    return column


@pytest.mark.parametrize("seed", SEEDS)
def test_topsis(seed: int) -> None:
    x, w, types = problem(seed)
    ours = topsis(x, w, types > 0)
    peer = TOPSIS(normalization_function=vector_normalization)(x, w, types)
    np.testing.assert_allclose(ours.score, peer, atol=1e-12)
    asked = skcriteria.mkdm(x, types, weights=w)
    other = SKC_TOPSIS().evaluate(VectorScaler("matrix").transform(asked))
    np.testing.assert_allclose(ours.score, other.e_.similarity, atol=1e-12)
    np.testing.assert_array_equal(ours.rank, other.rank_)


@pytest.mark.parametrize("seed", SEEDS)
def test_weighted_sum(seed: int) -> None:
    x, w, _ = problem(seed)
    ours = weighted_sum(x, w)
    np.testing.assert_allclose(
        ours.score, WSM(normalization_function=as_it_is)(x, w, np.ones(CRITERIA)), atol=1e-12
    )
    other = WeightedSumModel().evaluate(skcriteria.mkdm(x, np.ones(CRITERIA), weights=w))
    np.testing.assert_allclose(ours.score, other.e_.score, atol=1e-12)
    np.testing.assert_array_equal(ours.rank, other.rank_)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", PREFERENCES)
def test_promethee(kind: str, seed: int) -> None:
    # scikit-criteria has no PROMETHEE
    x, w, types = problem(seed)
    q, p = np.full(CRITERIA, 1.0), np.full(CRITERIA, 3.0)
    flow = PROMETHEE_II(PREFERENCES[kind], p=p, q=q)(x, w, types)
    np.testing.assert_allclose(promethee_ii(x, w, types > 0, kind, q, p).score, flow, atol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_ahp(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 8))
    matrix = np.ones((n, n))
    for i, j in combinations(range(n), 2):
        matrix[i, j] = rng.choice([1 / 5, 1 / 3, 1 / 2, 1, 2, 3, 5])
        matrix[j, i] = 1 / matrix[i, j]
    ours = ahp(matrix)
    judged = {(str(i), str(j)): float(matrix[i, j]) for i, j in combinations(range(n), 2)}
    peer = ahpy.Compare("weights", judged, precision=9, random_index="saaty", tolerance=1e-12)
    np.testing.assert_allclose(ours.weights, [peer.local_weights[str(i)] for i in range(n)], atol=1e-6)
    # Saaty published other random indices in 2005, which the peer divides by; ours are those of 1980
    index = (ours.lambda_max - n) / (n - 1)
    assert index / SAATY_2005[n] == pytest.approx(peer.consistency_ratio, abs=1e-6)
