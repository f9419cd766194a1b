"""Points are counted: means and spread, who gives any, ranks with intervals, and what is in common."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.results import tallies
from app.results.allocate_tally import METHOD, AllocateTally
from tests.results.polls import allocated

CODES = ("W01", "W02", "W03")


@st.composite
def allotments(draw):
    """A hundred points on three."""
    first = draw(st.integers(0, 100))
    second = draw(st.integers(0, 100 - first))
    return dict(zip(CODES, (first, second, 100 - first - second), strict=True))


panels = st.lists(allotments(), max_size=9)


def by_code(tally: AllocateTally):
    return {option.code: option for option in tally.options}


def test_of_one_mind_all_have_all_in_common():
    tally = allocated([{"W01": 20, "W02": 80}] * 6)
    assert [option.code for option in tally.options] == ["W02", "W01", "W03"]
    assert [option.mean for option in tally.options] == [80.0, 20.0, 0.0]
    assert tally.in_common == 100.0
    assert tally.kendall_w == 1.0
    first = tally.options[0]
    assert (first.sd, first.median, first.q1, first.q3, first.most, first.mean_given) == (
        0,
        80,
        80,
        80,
        80,
        80,
    )
    assert (first.rank_low, first.rank_high, first.p_best) == (1, 1, 1.0)
    assert [option.code for option in tally.upper_half] == ["W02"]


def test_no_points_are_nought_and_count_in_the_mean():
    tally = by_code(allocated([{"W01": 100}, {"W02": 100}]))
    assert tally["W01"].mean == 50.0
    assert (tally["W01"].given, tally["W01"].share_given, tally["W01"].mean_given) == (1, 0.5, 100.0)
    assert tally["W03"].mean == 0.0
    assert tally["W03"].mean_given is None


def test_two_who_share_nothing_have_nothing_in_common():
    assert allocated([{"W01": 100}, {"W02": 100}]).in_common == 0.0
    assert allocated([{"W01": 60, "W02": 40}, {"W01": 30, "W03": 70}]).in_common == 30.0


def test_in_common_is_the_mean_over_all_pairs():
    tally = allocated([{"W01": 100}, {"W01": 100}, {"W02": 100}])
    assert tally.in_common == pytest.approx(100 / 3)


def test_whoever_abstains_on_one_is_not_counted_there():
    tally = by_code(allocated([{"W01": "no_expertise", "W02": 100}, {"W01": 50, "W02": 50}]))
    assert (tally["W01"].n, tally["W01"].mean, tally["W01"].abstained) == (1, 50.0, {"no_expertise": 1})
    assert tally["W02"].mean == 75.0


@pytest.mark.parametrize("said", [[], [{}], [{}, {"W01": 0}], [{"W01": "no_expertise"}]])
def test_where_nobody_spends_anything_there_is_no_order(said):
    tally = allocated(said)
    assert tally.allocations == 0
    assert all(option.rank is None and option.mean is None for option in tally.options)
    assert tally.in_common is None
    assert not tally.has_intervals or tally.options


def test_reasons_are_of_those_who_gave_points():
    tally = allocated([{"W01": 100}] * 5 + [{"W02": 100}] * 2)
    assert (tally.raters("W01"), tally.raters("W02"), tally.raters("W03")) == (5, 2, 0)


@settings(max_examples=40, deadline=None)
@given(panels, st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_changes_nothing(said, chance):
    other = list(said)
    chance.shuffle(other)
    assert allocated(said).as_numbers() == allocated(other).as_numbers()


@settings(max_examples=40, deadline=None)
@given(panels, st.permutations(CODES))
def test_other_names_give_the_same_numbers_under_these_names(said, names):
    renamed = dict(zip(CODES, names, strict=True))
    tally, other = allocated(said), allocated([{renamed[c]: p for c, p in one.items()} for one in said])
    assert tally.in_common == pytest.approx(other.in_common) if said[1:] else other.in_common is None
    for code, option in by_code(tally).items():
        again = by_code(other)[renamed[code]]
        for name in ("n", "given", "mean", "sd", "median", "q1", "q3", "most", "mean_given", "rank"):
            assert getattr(option, name) == getattr(again, name)


@settings(max_examples=40, deadline=None)
@given(panels.filter(bool))
def test_the_means_are_all_the_points(said):
    tally = allocated(said)
    assert sum(option.mean or 0 for option in tally.options) == pytest.approx(100)
    assert 0 <= (tally.in_common or 0) <= 100


@settings(max_examples=30, deadline=None)
@given(panels)
def test_what_was_frozen_is_read_as_it_was(said):
    tally = allocated(said)
    frozen = json.loads(json.dumps(tally.as_numbers(), allow_nan=False))
    assert tallies.read(METHOD, frozen) == tally


def test_the_table_explains_its_columns():
    table = allocated([{"W01": 100}] * 5).tables()[0]
    assert all(len(row) == len(table.columns) for row in table.rows)
    meanings = " ".join([*AllocateTally.MEANINGS, *AllocateTally.MEANINGS.values(), "code title version"])
    assert [column for column in table.columns if column not in meanings] == []
