"""Our numbers beside those of other libraries, on random data; run where those are installed.

make benchmarks/.venv/.peers
benchmarks/.venv/bin/python -m pytest --noconftest -o addopts= -o filterwarnings= benchmarks/peers
"""

import choix
import krippendorff
import numpy as np
import pandas as pd
import pingouin
import pytest
from pymcdm.methods import PROMETHEE_II, TOPSIS
from pymcdm.normalizations import vector_normalization

from app.aggregation import bradley_terry, icc, krippendorff_alpha, promethee_ii, topsis

SEEDS = range(30)
FORMS = ["ICC1", "ICCA1", "ICCC1", "ICC1k", "ICCAk", "ICCCk"]
PREFERENCES = {
    "usual": "usual",
    "u-shape": "ushape",
    "v-shape": "vshape",
    "level": "level",
    "linear": "vshape_2",
}


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
@pytest.mark.parametrize("seed", SEEDS)
def test_krippendorff(level: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    ratings = rng.integers(1, 6, (rng.integers(3, 7), rng.integers(4, 15))).astype(float)
    ratings[rng.random(ratings.shape) < 0.2] = np.nan  # noqa: PLR2004 - a fifth is missing
    peer = krippendorff.alpha(reliability_data=ratings, level_of_measurement=level)
    assert krippendorff_alpha(ratings, level) == pytest.approx(peer, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_pingouin(seed: int) -> None:
    rng = np.random.default_rng(seed)
    k, n = rng.integers(2, 6), rng.integers(4, 12)
    ratings = np.round(rng.normal(5, 1, (k, n)) + rng.normal(0, 2, n), 1)
    long = pd.DataFrame([(i, e, ratings[e, i]) for e in range(k) for i in range(n)], columns=["t", "e", "x"])
    peer, ours = pingouin.intraclass_corr(long, "t", "e", "x"), icc(ratings)
    np.testing.assert_allclose([ours[form].value for form in FORMS], peer["ICC"], atol=1e-12)
    interval = next(name for name in peer.columns if name.startswith("CI"))
    # pingouin rounds its intervals to two digits
    np.testing.assert_allclose([ours[form].ci95 for form in FORMS], np.vstack(peer[interval]), atol=0.0051)


@pytest.mark.parametrize("seed", SEEDS)
def test_choix(seed: int) -> None:
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


@pytest.mark.parametrize("seed", SEEDS)
def test_pymcdm(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, w, types = rng.random((8, 4)) * 10 + 0.1, rng.dirichlet(np.ones(4)), rng.choice([-1, 1], 4)
    peer = TOPSIS(normalization_function=vector_normalization)(x, w, types)
    np.testing.assert_allclose(topsis(x, w, types > 0).score, peer, atol=1e-12)
    q, p = np.full(4, 1.0), np.full(4, 3.0)
    for kind, name in PREFERENCES.items():
        flow = PROMETHEE_II(name, p=p, q=q)(x, w, types)
        np.testing.assert_allclose(promethee_ii(x, w, types > 0, kind, q, p).score, flow, atol=1e-12)
