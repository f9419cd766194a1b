"""Whether a rating lies outside the main view, and how many are said to hold a statement."""

import numpy as np
import pytest

from app.dissent.sizes import size
from app.dissent.standing import MainView
from app.results.tally import AGAINST, FOR, NEITHER, Distribution
from app.wording import Rules
from tests.results.panels import wording

RULES = Rules.read(wording())


def spread(*scores):
    counts = [scores.count(point) for point in range(1, 10)]
    low, middle, high = np.quantile(scores, [0.25, 0.5, 0.75])
    return Distribution(
        n=len(scores),
        counts=counts,
        q1=low,
        median=middle,
        q3=high,
        mean=float(np.mean(scores)),
        share_low=sum(counts[:3]) / len(scores),
        share_high=sum(counts[6:]) / len(scores),
        agreement=None,
    )


def outside(*scores):
    """Which points lie outside the main view of these ratings."""
    view = MainView.of(spread(*scores), RULES, 1, 9)
    assert view
    return [point for point in range(1, 10) if view.is_outside(point)]


def test_in_the_band_of_most_nobody_is_outside_however_far_from_the_middle_half():
    assert 9 not in outside(7, 7, 7, 7, 8, 8, 8, 2)


def test_the_opposite_band_is_outside_even_within_the_middle_half():
    # the middle half reaches from 2 to 8
    assert outside(2, 2, 2, 2, 8, 8, 8, 8, 8) == [1, 2, 3]


def test_the_undecided_are_outside_where_the_middle_half_leaves_them_out():
    assert outside(8, 8, 8, 8, 8, 8, 8, 7, 5, 2, 2, 1) == [1, 2, 3, 4]
    assert outside(8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 5) == [1, 2, 3, 4, 5, 6]


def test_of_as_many_in_favour_as_against_both_are_outside():
    assert outside(2, 2, 2, 8, 8, 8) == [1, 2, 3, 7, 8, 9]


def test_among_the_undecided_both_ends_are_outside_as_far_as_the_middle_half_leaves_them_out():
    assert outside(5, 5, 5, 5, 5, 4, 6, 9, 1) == [1, 2, 3, 7, 8, 9]


def test_what_nobody_rated_has_no_main_view():
    nobody = Distribution(
        n=0,
        counts=[0] * 9,
        q1=None,
        median=None,
        q3=None,
        mean=None,
        share_low=None,
        share_high=None,
        agreement=None,
    )
    assert MainView.of(nobody, RULES, 1, 9) is None


def test_the_sides_are_counted_and_the_smaller_is_the_minority():
    view = MainView.of(spread(8, 8, 8, 5, 2, 2), RULES, 1, 9)
    assert view
    assert view.counts == {FOR: 3, NEITHER: 1, AGAINST: 2}
    assert (view.smaller, view.size, view.side) == (AGAINST, 2, FOR)


@pytest.mark.parametrize(
    ("count", "raters", "words"),
    [
        (6, 20, "6 participants"),
        (5, 20, "5 participants"),
        (4, 20, "some participants"),
        (2, 31, "a few participants"),
        (1, 20, "one participant"),
        # those who do not hold it would be known by subtraction
        (17, 20, "nearly all participants"),
    ],
)
def test_a_number_is_told_only_where_neither_they_nor_the_rest_are_few(count, raters, words):
    assert size(count, raters, rules=RULES, minimum=5).words == words


def test_without_rules_of_quantifiers_a_few_are_called_so():
    assert [size(count, 20, rules=Rules(), minimum=5).words for count in (1, 3)] == [
        "one participant",
        "a few participants",
    ]
