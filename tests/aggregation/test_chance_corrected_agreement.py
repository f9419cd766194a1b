"""Krippendorff's alpha and Gwet's AC: published values, their definitions pair by pair, the edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aggregation import agreement, gwet_ac2, krippendorff_alpha
from tests.aggregation.panels import panel, panels, sixty
from tests.reference.published import (
    GWET_2014,
    GWET_2014_COEFFICIENT,
    IRR_ANXIETY,
    KRIPPENDORFF_2011,
    KRIPPENDORFF_2011_ALPHA,
)

nan = np.nan
LEVELS = list(KRIPPENDORFF_2011_ALPHA)
WEIGHTS = list(GWET_2014_COEFFICIENT)


@pytest.mark.parametrize(("level", "exact"), KRIPPENDORFF_2011_ALPHA.items())
def test_the_canonical_data(level, exact):
    """Krippendorff (2011), with the missing answers."""
    assert krippendorff_alpha(KRIPPENDORFF_2011, level) == pytest.approx(exact, abs=1e-7)


def test_complete_data_of_three_raters():
    """R irr's anxiety data, for which irr 0.84.1 itself is wrong: it prints -.0324, .2218 and .1631."""
    assert krippendorff_alpha(IRR_ANXIETY, "nominal") == pytest.approx(-0.0237, abs=5e-5)
    assert krippendorff_alpha(IRR_ANXIETY, "ordinal") == pytest.approx(0.2284, abs=5e-5)
    assert krippendorff_alpha(IRR_ANXIETY, "interval") == pytest.approx(0.1701, abs=5e-5)


@pytest.mark.parametrize(("weights", "printed"), GWET_2014_COEFFICIENT.items())
def test_four_raters_with_gaps(weights, printed):
    """Gwet (2014), as in irrCAC."""
    exactness = 5e-6 if weights == "identity" else 5e-4
    assert gwet_ac2(GWET_2014, weights) == pytest.approx(printed, abs=exactness)


def alpha_by_pairs(r, level):
    """1 - Do/De over all ordered pairs of answers, as the definition has it."""
    units = [[x for x in column if not np.isnan(x)] for column in r.T]
    units = [unit for unit in units if len(unit) > 1]
    answers = [x for unit in units for x in unit]
    values = sorted(set(answers))
    if len(values) < 2:
        return nan

    def delta(a, b):
        if level == "ordinal":
            low, high = sorted((a, b))
            between = sum(answers.count(v) for v in values if low <= v <= high)
            return (between - (answers.count(a) + answers.count(b)) / 2) ** 2
        if level == "ratio":
            return ((a - b) / (a + b)) ** 2 if a != b else 0
        return (a - b) ** 2 if level == "interval" else float(a != b)

    n = len(answers)
    observed = sum(sum(delta(a, b) for a in unit for b in unit) / (len(unit) - 1) for unit in units) / n
    expected = sum(delta(a, b) for a in answers for b in answers) / (n * (n - 1))
    return 1 - observed / expected


@pytest.mark.parametrize("level", LEVELS)
@sixty
@given(ratings=panels(low=0, high=5, experts=(1, 5), items=(1, 5)))
def test_alpha_is_its_definition(level, ratings):
    alpha = krippendorff_alpha(ratings, level)
    np.testing.assert_allclose(alpha, alpha_by_pairs(ratings, level), atol=1e-9)
    assert not alpha > 1 + 1e-12


@sixty
@given(panels(experts=(1, 6), items=(1, 6)), st.sampled_from(WEIGHTS))
def test_ac_is_its_definition(ratings, weights):
    """Weighted agreement of all ordered pairs within an item, and that of two answers by chance."""
    scale = np.arange(1, 10)
    power = {"linear": 1, "quadratic": 2}.get(weights)
    w = np.eye(9) if power is None else 1 - (np.abs(scale[:, None] - scale) / 8) ** power
    units = [column[~np.isnan(column)].astype(int) - 1 for column in ratings.T]
    pairs = [
        np.mean([w[a, b] for i, a in enumerate(unit) for j, b in enumerate(unit) if i != j])
        for unit in units
        if len(unit) > 1
    ]
    result = gwet_ac2(ratings, weights, categories=scale)
    if not pairs:
        assert np.isnan(result)
        return
    pi = np.mean([np.bincount(unit, minlength=9) / len(unit) for unit in units if len(unit)], axis=0)
    chance = w.sum() / (9 * 8) * (pi * (1 - pi)).sum()
    assert result == pytest.approx((np.mean(pairs) - chance) / (1 - chance), abs=1e-9)
    assert result <= 1 + 1e-12


@pytest.mark.parametrize("coefficient", [krippendorff_alpha, gwet_ac2])
@sixty
@given(ratings=panels(), random=st.randoms(use_true_random=False))
def test_neither_experts_nor_items_have_an_order(coefficient, ratings, random):
    experts, items = (random.sample(range(size), size) for size in ratings.shape)
    shuffled = coefficient(ratings[experts][:, items])
    np.testing.assert_allclose(coefficient(ratings), shuffled, atol=1e-9)


@sixty
@given(panels(experts=(2, 6), items=(2, 6)))
def test_what_each_level_does_not_see(ratings):
    np.testing.assert_allclose(
        krippendorff_alpha(ratings, "interval"), krippendorff_alpha(7 * ratings - 3, "interval"), atol=1e-9
    )
    for level in ("nominal", "ordinal"):
        np.testing.assert_allclose(
            krippendorff_alpha(ratings, level), krippendorff_alpha(ratings**3, level), atol=1e-9
        )
    np.testing.assert_allclose(
        krippendorff_alpha(ratings, "ratio"), krippendorff_alpha(7 * ratings, "ratio"), atol=1e-9
    )


def test_a_ratio_scale_of_many_values_is_taken_in_parts(monkeypatch):
    ratings = np.random.default_rng(3).gamma(2, size=(6, 20))
    whole = krippendorff_alpha(ratings, "ratio")
    monkeypatch.setattr(agreement, "MOST_DIFFERENCES", 300)
    assert krippendorff_alpha(ratings, "ratio") == pytest.approx(whole, abs=1e-12)


def test_perfect_agreement_is_1():
    for level in LEVELS:
        assert krippendorff_alpha([[1, 2, 3]] * 4, level) == pytest.approx(1)
    for weights in WEIGHTS:
        assert gwet_ac2([[1, 2, 3]] * 4, weights) == pytest.approx(1)


def test_a_panel_of_one_mind_on_a_scale_that_has_other_points():
    """Alpha is undefined without variation; AC was made for this case."""
    assert np.isnan(krippendorff_alpha(np.full((5, 3), 9.0)))
    assert gwet_ac2(np.full((5, 3), 9.0), categories=range(1, 10)) == 1
    assert np.isnan(gwet_ac2(np.full((5, 3), 9.0))), "one category is no scale"


@pytest.mark.parametrize(
    "ratings",
    [
        [[1, 2, 3]],  # one expert
        [[nan, nan], [nan, nan]],
        panel([1, nan], [nan, 2]),  # nobody rated what another did
        np.ones((0, 3)),
        np.ones((3, 0)),
    ],
)
def test_undefined_is_nan(ratings):
    for level in LEVELS:
        assert np.isnan(krippendorff_alpha(ratings, level))
    for weights in WEIGHTS:
        assert np.isnan(gwet_ac2(ratings, weights))
        assert np.isnan(gwet_ac2(ratings, weights, categories=range(1, 10)))


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="ratings must have two axes"):
        krippendorff_alpha([1, 2, 3])
    with pytest.raises(ValueError, match="level must be one of nominal, ordinal, interval, ratio, not 'x'"):
        krippendorff_alpha([[1, 2]], "x")
    with pytest.raises(ValueError, match="ratings on a ratio scale must not be negative, as -1 is"):
        krippendorff_alpha([[1, -1]], "ratio")
    with pytest.raises(ValueError, match="ratings must be finite"):
        gwet_ac2([[1, np.inf]])
    with pytest.raises(ValueError, match="weights must be one of identity, linear, quadratic, not 'x'"):
        gwet_ac2([[1, 2]], "x")
    with pytest.raises(ValueError, match="categories must hold every rating that occurs, also 2"):
        gwet_ac2([[1, 2]], categories=[1, 3])
    for categories in ([1, 1], [1, nan], [[1, 2]]):
        with pytest.raises(ValueError, match="categories must be a list of different numbers"):
            gwet_ac2([[1, 2]], categories=categories)
