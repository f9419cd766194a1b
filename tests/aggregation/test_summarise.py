"""Summaries of items: published medians, numpy as the judge, scales, edges."""

import csv
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from app.aggregation import summarise
from tests.aggregation.panels import panel, panels, sixty
from tests.reference.published import shared

FIELDS = ["median", "q1", "q3", "iqr", "mean", "sd", "cv", "minimum", "maximum"]


def counts_of(ratings, low=1, high=9):
    counts = summarise(ratings, low, high).counts
    assert counts is not None
    return counts


def test_a_real_delphi_panel_has_its_published_medians():
    """titco/utaf, trauma audit filters in urban India (CC BY 4.0): all 67 published medians.

    Pooled by statement, some medians seem to differ from the results shipped with the scores: the
    study computed them per site, and two sites answered some statements in one and the same round.
    """
    answers = defaultdict(list)
    with shared("utaf_trauma_delphi_scores.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            answers[row["filter"], row["round"], row["site"]].append(float(row["score"]))
    ratings = np.full((max(map(len, answers.values())), len(answers)), np.nan)
    for column, given_answers in enumerate(answers.values()):
        ratings[: len(given_answers), column] = given_answers
    with shared("utaf_trauma_delphi_results.csv").open(newline="") as file:
        published = {
            (row["filter"], row["round"], row["site"]): float(row["median_score"])
            for row in csv.DictReader(file)
        }

    result = summarise(ratings, 0, 10)

    assert len(published) == 67
    assert dict(zip(answers, result.median.tolist(), strict=True)) == published
    assert result.n.tolist() == [len(a) for a in answers.values()]


@sixty
@given(panels(low=-1, high=9))
def test_the_histogram_gives_what_numpy_gives(ratings):
    result = summarise(ratings, -1, 9)
    for item, column in enumerate(ratings.T):
        given_answers = column[~np.isnan(column)]
        assert result.n[item] == given_answers.size
        if given_answers.size == 0:
            continue
        # to the last bit: all of these are single divisions of whole numbers
        quartiles = np.quantile(given_answers, [0.25, 0.5, 0.75]).tolist()
        assert [result.q1[item], result.median[item], result.q3[item]] == quartiles
        assert result.mean[item] == np.mean(given_answers)
        assert [result.minimum[item], result.maximum[item]] == [given_answers.min(), given_answers.max()]
        if given_answers.size > 1:
            assert result.sd[item] == pytest.approx(np.std(given_answers, ddof=1), abs=1e-12)


@sixty
@given(panels(experts=(2, 12)))
def test_a_longer_scale_changes_no_figure_but_the_histogram(ratings):
    short, long = summarise(ratings, 1, 9), summarise(ratings, 1, 50)
    assert long.counts is None
    np.testing.assert_array_equal(short.n, long.n)
    for field in FIELDS:
        np.testing.assert_allclose(getattr(short, field), getattr(long, field), atol=1e-12)


@sixty
@given(
    npst.arrays(
        np.float64, st.tuples(st.integers(2, 9), st.integers(1, 4)), elements=st.floats(0, 100, width=16)
    ),
)
def test_fractions_have_the_quantiles_of_numpy(ratings):
    result = summarise(ratings, 0, 100)
    expected = np.quantile(ratings, [0.25, 0.5, 0.75], axis=0)
    np.testing.assert_array_equal([result.q1, result.median, result.q3], expected)
    np.testing.assert_allclose(result.sd, ratings.std(axis=0, ddof=1), atol=1e-12)


@sixty
@given(panels(), st.randoms(use_true_random=False))
def test_experts_have_no_order_and_items_keep_theirs(ratings, random):
    experts, items = (random.sample(range(size), size) for size in ratings.shape)
    straight, shuffled = summarise(ratings, 1, 9), summarise(ratings[experts][:, items], 1, 9)
    np.testing.assert_array_equal(counts_of(ratings)[items], counts_of(ratings[experts][:, items]))
    for field in FIELDS:
        np.testing.assert_array_equal(getattr(straight, field)[items], getattr(shuffled, field))


@sixty
@given(panels())
def test_the_histogram_counts_every_answer(ratings):
    counts = counts_of(ratings)
    for point in range(1, 10):
        np.testing.assert_array_equal(counts[:, point - 1], (ratings == point).sum(axis=0))


def test_quantiles_are_of_type_7():
    """Hyndman & Fan (1996), definition 7: h = (n - 1) p. Types 5 and 6 would give 1.5 and 1.25."""
    assert summarise([[1], [2], [3], [9]], 1, 9).q1.tolist() == [1.75]


def test_a_scale_of_eleven_points_is_counted_and_one_of_twelve_is_not():
    assert counts_of([[3]], 0, 10).tolist() == [[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]]
    assert summarise([[3]], 0, 11).counts is None


def test_an_answer_between_two_points_makes_the_scale_continuous():
    result = summarise([[0.25], [1.0]], 0, 1)
    assert result.counts is None
    assert result.mean.tolist() == [0.625]


def test_one_expert_has_a_location_and_no_spread():
    result = summarise([[7]], 1, 9)
    assert [getattr(result, f)[0] for f in ("median", "q1", "q3", "mean", "minimum", "maximum")] == [7] * 6
    assert np.isnan([result.iqr, result.sd, result.cv]).all()


def test_equal_answers_have_the_spread_zero():
    for answers, high in (([5, 5, 5], 9), ([0.1, 0.1, 0.1], 1)):
        result = summarise([[a] for a in answers], 0, high)
        assert (result.iqr[0], result.sd[0], result.cv[0], result.mean[0]) == (0, 0, 0, answers[0])


@pytest.mark.parametrize("high", [9, 90])
def test_an_item_nobody_rated_is_nan(high):
    result = summarise(panel([np.nan, 4], [np.nan, 6]), 1, high)
    assert result.n.tolist() == [0, 2]
    for field in FIELDS:
        assert np.isnan(getattr(result, field)).tolist() == [True, False], field


def test_a_mean_of_zero_has_no_coefficient_of_variation():
    result = summarise([[-1], [1]], -1, 1)
    assert result.sd[0] == pytest.approx(np.sqrt(2))
    assert np.isnan(result.cv[0])


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_a_panel_without_experts_or_items_is_summarised(shape):
    result = summarise(np.ones(shape), 1, 9)
    assert result.median.shape == shape[1:]
    assert np.isnan(result.median).all()


def test_none_and_a_mask_are_answers_not_given():
    masked = np.ma.masked_array([[9, 2], [3, 4]], mask=[[True, False], [False, False]])
    assert summarise(np.array([[None, 2], [3, 4]]), 1, 9).n.tolist() == [1, 2]
    assert summarise(masked, 1, 9).median.tolist() == [3, 3]


def test_the_callers_array_is_left_alone():
    ratings = np.array([[1.0, np.nan], [9.0, 3.0]])
    kept = ratings.copy()
    summarise(ratings, 1, 9)
    summarise(ratings, 1, 50)
    np.testing.assert_array_equal(ratings, kept)


@pytest.mark.parametrize(
    ("ratings", "low", "high", "message"),
    [
        ([1, 2, 3], 1, 9, r"ratings must have two axes \(experts, items\), not the shape \(3,\)"),
        ([[[1]]], 1, 9, "ratings must have two axes"),
        ([[np.inf]], 1, 9, "ratings must be finite"),
        ([[1e200]], 1, 9, "ratings must be finite"),
        ([["seven"]], 1, 9, "ratings must be an array of numbers"),
        ([[1j]], 1, 9, "ratings must be an array of numbers"),
        ([[1, 2], [3]], 1, 9, "ratings must be an array of numbers"),
        ([[0, 5]], 1, 9, "ratings must lie on the scale from 1 to 9; found 0"),
        ([[5, 9.5]], 1, 9, "ratings must lie on the scale from 1 to 9; found 9.5"),
        ([[5]], 9, 1, "low must not be above high"),
        ([[5]], 5, 5, "low must be below high"),
        ([[5]], np.nan, 9, "low must be one finite number"),
        ([[5]], 1, np.inf, "high must be finite"),
        ([[5]], 1, [9], "high must be one finite number"),
    ],
)
def test_bad_input_is_named(ratings, low, high, message):
    with pytest.raises(ValueError, match=message):
        summarise(ratings, low, high)


def test_results_cannot_be_changed_by_assignment():
    result = summarise([[5]], 1, 9)
    with pytest.raises(AttributeError):
        setattr(result, "n", np.array([9]))  # noqa: B010 - as an assignment mypy would refuse it first
    assert not hasattr(result, "__dict__")


@sixty
@given(panels(experts=(2, 8), missing=False))
def test_a_moved_scale_moves_the_location_only(ratings):
    here, there = summarise(ratings, 1, 9), summarise(ratings - 3, -2, 6)
    np.testing.assert_array_equal(here.median - 3, there.median)
    np.testing.assert_array_equal(here.iqr, there.iqr)
    np.testing.assert_array_equal(here.sd, there.sd)
