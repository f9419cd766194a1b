"""Agreement, descriptions and stability beside krippendorff, pingouin, scipy, scikit-learn and pandas."""

import krippendorff
import numpy as np
import pandas as pd
import pingouin
import pytest
from numpy.typing import NDArray
from scipy.stats import friedmanchisquare, spearmanr, wilcoxon
from sklearn.metrics import cohen_kappa_score

from app.aggregation import gwet_ac2, icc, kendall_w, krippendorff_alpha, stability, summarise

pytestmark = pytest.mark.bench
SEEDS = range(30)
FORMS = ["ICC1", "ICCA1", "ICCC1", "ICC1k", "ICCAk", "ICCCk"]
GAPS = 0.2

Floats = NDArray[np.float64]


def ratings(rng: np.random.Generator, gaps: float = GAPS) -> Floats:
    """Whole ratings from 1 to 5 of a few items by a few experts."""
    values = rng.integers(1, 6, (rng.integers(3, 12), rng.integers(4, 15))).astype(float)
    values[rng.random(values.shape) < gaps] = np.nan
    return values


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_is_that_of_krippendorff(level: str, seed: int) -> None:
    answers = ratings(np.random.default_rng(seed))
    peer = krippendorff.alpha(reliability_data=answers, level_of_measurement=level)
    assert krippendorff_alpha(answers, level) == pytest.approx(peer, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_icc_is_that_of_pingouin(seed: int) -> None:
    rng = np.random.default_rng(seed)
    k, n = rng.integers(2, 6), rng.integers(4, 12)
    answers = np.round(rng.normal(5, 1, (k, n)) + rng.normal(0, 2, n), 1)
    long = pd.DataFrame([(i, e, answers[e, i]) for e in range(k) for i in range(n)], columns=["t", "e", "x"])
    peer, ours = pingouin.intraclass_corr(long, "t", "e", "x"), icc(answers)
    np.testing.assert_allclose([ours[form].value for form in FORMS], peer["ICC"], atol=1e-12)
    np.testing.assert_allclose([ours[form].f for form in FORMS], peer["F"], rtol=1e-9)
    p_value = next(name for name in peer.columns if name.startswith("p"))
    np.testing.assert_allclose([ours[form].p_value for form in FORMS], peer[p_value], atol=1e-12)
    interval = next(name for name in peer.columns if name.startswith("CI"))
    # pingouin rounds its intervals to two digits
    np.testing.assert_allclose([ours[form].ci95 for form in FORMS], np.vstack(peer[interval]), atol=0.0051)


@pytest.mark.parametrize("seed", SEEDS)
def test_kendalls_w_is_friedmans_statistic_of_scipy(seed: int) -> None:
    answers = ratings(np.random.default_rng(seed), gaps=0)
    ours, peer = kendall_w(answers), friedmanchisquare(*answers.T)
    assert (ours.chi2, ours.p_value) == pytest.approx((peer.statistic, peer.pvalue), rel=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_kendalls_w_is_that_of_pingouin(seed: int) -> None:
    answers = ratings(np.random.default_rng(seed), gaps=0)
    long = pd.DataFrame(answers).melt(ignore_index=False, var_name="t", value_name="x").reset_index(names="e")
    peer = pingouin.friedman(long, dv="x", within="t", subject="e")
    assert kendall_w(answers).w == pytest.approx(peer["W"].iloc[0], rel=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_descriptions_are_those_of_pandas(seed: int) -> None:
    answers = ratings(np.random.default_rng(seed), gaps=0.1)
    ours, peer = summarise(answers, 1, 5), pd.DataFrame(answers).describe()
    for name, row in {
        "n": "count",
        "mean": "mean",
        "sd": "std",
        "q1": "25%",
        "median": "50%",
        "q3": "75%",
    }.items():
        np.testing.assert_allclose(getattr(ours, name), peer.loc[row], atol=1e-12, err_msg=name)


@pytest.mark.parametrize("seed", SEEDS)
def test_stability_is_that_of_scipy_and_scikit_learn(seed: int) -> None:
    rng = np.random.default_rng(seed)
    before = rng.integers(1, 10, (40, 6)).astype(float)
    after = np.clip(before + rng.integers(-2, 3, before.shape), 1, 9)
    ours = stability(before, after)
    columns = list(zip(before.T, after.T, strict=True))
    kappa = [cohen_kappa_score(x, y, weights="quadratic", labels=range(1, 10)) for x, y in columns]
    np.testing.assert_allclose(ours.weighted_kappa, kappa, atol=1e-12)
    p = [wilcoxon(y - x, zero_method="pratt", method="approx").pvalue for x, y in columns]
    np.testing.assert_allclose(ours.wilcoxon_p, pingouin.multicomp(p, method="holm")[1], rtol=1e-9)
    assert ours.rank_correlation == pytest.approx(spearmanr(before.mean(0), after.mean(0)).statistic)


@pytest.mark.parametrize("seed", SEEDS)
def test_gwets_coefficient_of_many_even_answers_nears_cohens(seed: int) -> None:
    # no peer runs on pandas 3; where both raters use all categories alike, chance agreement is the same
    rng = np.random.default_rng(seed)
    first = np.tile(np.arange(1.0, 6), 40)
    second = rng.permutation(first)
    peer = cohen_kappa_score(first, second)
    assert gwet_ac2(np.stack([first, second]), "identity", range(1, 6)) == pytest.approx(peer, abs=1e-12)
