"""What is made of grades: where the panel stands, what is missing, and whether it is divided."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aggregation import tastle_wierman
from app.questions.cover import GRADES
from app.results.coverage import Coverage, Told, tally
from app.results.spread import is_divided
from app.results.turnout import Entry, Facts
from app.results.words import of_cell, of_element
from app.wording.maps import third

FACTS = Facts(invited=20, enrolled=20, quorum_share=0.6)


def entry(code):
    return Entry(code=code, title=code, version=1)


def counted(own=None, **grades):
    """The tally of frameworks, each with how many gave none, partial, full for the one element E01."""
    cells = {
        (code, "E01"): tuple((grade, None) for grade, count in enumerate(counts) for _ in range(count))
        for code, counts in grades.items()
    }
    coverage = Coverage(
        round_number=0,
        question="Q3",
        frameworks=tuple(entry(code) for code in grades),
        elements=("E01",),
        cells=cells,
        sources={},
        rationales={},
        submitted=20,
    )
    return tally(coverage, FACTS, Told(elements=[entry("E01")], own=own, hypotheses={}))


@pytest.mark.parametrize(
    ("counts", "grade", "gap", "divided"),
    [
        ((6, 1, 0), "none", True, False),
        ((1, 6, 1), "partial", False, False),
        ((0, 1, 6), "full", False, False),
        ((4, 0, 4), "partial", False, True),  # the middle of two camps is no agreement on it
        ((4, 4, 0), "none", True, False),  # half counts down
        ((0, 4, 4), "partial", False, False),
        ((5, 0, 3), "none", True, True),  # a gap to most, and divided: two signs, not one
        ((2, 0, 2), "partial", False, False),  # of four it is not said
        ((0, 0, 0), None, False, False),
    ],
)
def test_a_gap_and_a_division_are_different_signs(counts, grade, gap, divided):
    cell = counted(A=counts).cell("A", "E01")
    assert (cell.grade, cell.gap, cell.divided, cell.few) == (grade, gap, divided, sum(counts) < 5)
    verdict = of_cell(cell)
    assert verdict.is_divided is divided
    assert verdict.is_few is (sum(counts) < 5)


def test_statistics_are_those_of_the_aggregation_core():
    cell = counted(A=(1, 3, 2)).cell("A", "E01")
    grades = [0, 1, 1, 1, 2, 2]
    assert (cell.median, cell.q1, cell.q3) == tuple(np.percentile(grades, [50, 25, 75]))
    assert cell.mean == pytest.approx(np.mean(grades))
    assert cell.agreement == pytest.approx(float(tastle_wierman([1, 3, 2])))


def test_the_gap_score_is_what_is_missing_of_full_coverage_on_average():
    found = counted(A=(0, 0, 6), B=(0, 6, 0), C=(6, 0, 0), D=(0, 0, 0))
    assert found.gap_score("E01") == 0.5  # medians 2, 1 and 0; D was graded by nobody
    assert (found.in_full("E01"), found.is_gap("E01")) == (1, False)
    assert [one.code for one in found.nearest("E01")] == ["A", "B"]
    assert of_element(found, "E01").position == (
        "The panel finds one framework that covers this element in full."
    )


def test_the_mandates_own_instrument_counts_nowhere():
    found = counted(own="A", A=(0, 0, 6), B=(0, 6, 0))
    assert found.gap_score("E01") == 0.5
    assert found.is_gap("E01")
    assert [one.code for one in found.nearest("E01")] == ["B"]
    assert of_element(found, "E01").position == (
        "The panel finds no framework that covers this element in full."
    )


def test_where_nobody_graded_there_is_no_gap_but_no_knowledge():
    found = counted(A=(0, 0, 0))
    assert (found.gap_score("E01"), found.is_gap("E01"), found.nearest("E01")) == (None, False, [])
    assert of_element(found, "E01").position == "No framework has been graded on this element."


def test_those_that_come_nearest_stand_by_median_then_by_mean():
    found = counted(A=(0, 6, 0), B=(0, 5, 1), C=(0, 0, 6), D=(1, 5, 0))
    assert [one.code for one in found.nearest("E01", 3)] == ["C", "B", "A"]


def test_an_element_tells_on_how_many_frameworks_the_panel_is_divided():
    found = counted(A=(4, 0, 4), B=(3, 0, 3), C=(0, 0, 6))
    assert [one.code for one in found.divided("E01")] == ["A", "B"]
    assert of_element(found, "E01").spread == "The panel is divided on 2 frameworks."


def test_what_the_panel_finds_to_cover_nothing_does_not_come_near():
    found = counted(A=(3, 3, 0))
    assert found.cell("A", "E01").median == 0.5
    assert (found.cell("A", "E01").grade, found.nearest("E01")) == ("none", [])


@pytest.mark.parametrize(
    ("counts", "divided"),
    [
        ([3, 0, 0, 3], True),
        ([0, 3, 3, 0], False),  # of four: neighbours
        ([0, 0, 3, 0, 3, 0, 0], False),  # of seven: 3 and 5
        ([0, 3, 0, 0, 0, 3, 0], True),
        ([0, 0, 3, 0, 0, 0, 3, 0, 0], True),  # of nine: 3 and 7, as in the manual
        ([0, 0, 0, 3, 0, 3, 0, 0, 0], False),
    ],
)
def test_outer_thirds_are_those_in_which_a_median_is_called_low_or_high(counts, divided):
    assert is_divided(counts) is divided
    ends = {third(place, 1, len(counts)) for place, count in enumerate(counts, start=1) if count}
    assert (ends == {"low", "high"}) is divided


counts = st.lists(st.integers(0, 12), min_size=2, max_size=9)


@given(counts)
def test_who_reads_the_scale_the_other_way_round_finds_the_same_division(counts):
    assert is_divided(counts) == is_divided(counts[::-1])


@given(counts)
def test_a_panel_of_one_mind_is_never_divided(counts):
    alone = [sum(counts) if place == 0 else 0 for place in range(len(counts))]
    assert not is_divided(alone)


@given(st.tuples(*[st.integers(0, 9)] * 3))
def test_a_gap_score_lies_between_nothing_and_everything(counts):
    score = counted(A=counts, B=(3, 3, 3)).gap_score("E01")
    assert 0 <= score <= 1
    assert counted(A=counts).cell("A", "E01").grade in {None, *GRADES}
