"""A point on a plane in words: where it stands, and in a sentence apart whether the panel is divided."""

import pytest

from app.results import snapshot
from app.results.panel import Panel
from app.results.tally import PLANE
from app.results.turnout import Entry
from app.results.words import POINTS, of_point
from tests.results.panels import scale

AXES = (scale("LIK", low=1, high=5), scale("IMP", low=1, high=5))


def verdict(*points):
    """What is said of one threat that experts have put there."""
    panel = Panel.of(
        round_number=0,
        question="Q1",
        options=(Entry(code="T01", title="A threat", version=1),),
        scales=AXES,
        wording={},
        method=PLANE,
        ballots=[((across, upwards),) for across, upwards in points],
        rationales=(),
        pairs=None,
    )
    tally = snapshot.tally(panel, invited=9, enrolled=9, quorum_share=0.0)
    return of_point(tally, tally.options[0])


@pytest.mark.parametrize(
    ("across", "upwards", "said"),
    [
        (5, 4, "Both “LIK” and “IMP” are rated high."),
        (1, 3, "“LIK” is rated low, “IMP” in the middle."),
        (3, 2, "“LIK” is rated in the middle, “IMP” low."),
    ],
)
def test_the_position_is_said_in_thirds(across, upwards, said):
    found = verdict(*[(across, upwards)] * 6)
    assert (found.position, found.spread, found.is_divided, found.is_few) == (said, "", False, False)


def test_every_place_on_a_plane_has_its_sentence():
    thirds = ("low", "middle", "high")
    assert set(POINTS) == {(across, upwards) for across in thirds for upwards in thirds}


def test_division_is_a_sentence_of_its_own_and_moves_nothing():
    found = verdict(*[(4, 1)] * 3, *[(4, 5)] * 3)
    assert found.position == "“LIK” is rated high, “IMP” in the middle."
    assert (found.spread, found.is_divided) == ("The panel is divided on “IMP”.", True)
    both = verdict(*[(1, 1)] * 3, *[(5, 5)] * 3)
    assert both.spread == "The panel is divided on “LIK” and “IMP”."


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "One expert alone rated it: that says little of the panel."),
        (4, "Only 4 experts rated it: that says little of the panel."),
    ],
)
def test_of_so_few_division_is_not_said(number, said):
    found = verdict(*[(1 + 4 * (place % 2), 3) for place in range(number)])
    assert (found.spread, found.is_divided, found.is_few) == (said, False, True)


def test_of_few_on_one_scale_division_on_the_other_is_said_all_the_same():
    found = verdict(*[(1, None)] * 3, *[(5, None)] * 2, (5, 3))
    said = "One expert alone rated it: that says little of the panel. The panel is divided on “LIK”."
    assert (found.spread, found.is_divided, found.is_few) == (said, True, True)


@pytest.mark.parametrize("points", [(), [(5, None)] * 6, [("cannot_say", "cannot_say")] * 6])
def test_without_a_median_on_both_axes_there_is_no_position(points):
    found = verdict(*points)
    assert found.position == "It has not been rated on both scales."
    assert not found.is_divided
