"""The question type `weigh`: points, swings and pairs; what fits, and how well judgements go together."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.questions import pairs
from app.questions.answers import Answer, ScoreOffScale, UnknownPart, UnknownSubject
from app.questions.catalogue import type_of
from app.questions.weigh import NoHundred, NotHundred, Weigh, consistency_of, numbers_of, times

CODES = ["C2", "C1", "C10"]
POINTS, SWING, PAIRWISE = Weigh("points"), Weigh("swing"), Weigh("pairwise")

steps = st.integers(-8, 8)


def points(**numbers):
    return {code: Answer({"points": number}) for code, number in numbers.items()}


def compared(*cells):
    """Answers in pairs, in the order of the columns."""
    found: dict[str, Answer] = {}
    for (one, other), cell in zip(pairs.pairs(CODES), cells, strict=True):
        if cell is not None:
            found.setdefault(one, Answer()).judgements[other] = cell
    return found


@pytest.mark.parametrize(
    ("type_", "field", "value", "error"),
    [
        (POINTS, "C1.points", "101", ScoreOffScale),
        (POINTS, "C1.points", "-1", ScoreOffScale),
        (POINTS, "C1.points", "12.5", ScoreOffScale),
        (POINTS, "C1.points", "٣", ScoreOffScale),
        (POINTS, "C1.points", "cannot_say", ScoreOffScale),
        (POINTS, "C1.C2", "1", UnknownPart),
        (POINTS, "C9.points", "1", UnknownSubject),
        (SWING, "C1.points", "1e1", ScoreOffScale),
        (PAIRWISE, "C1.C2", "9", ScoreOffScale),
        (PAIRWISE, "C1.C2", "-9", ScoreOffScale),
        (PAIRWISE, "C2.C1", "1", UnknownPart),
        (PAIRWISE, "C1.points", "1", UnknownPart),
        (PAIRWISE, "C1.C1", "0", UnknownPart),
    ],
)
def test_what_cannot_be_said_is_refused_beside_its_field(type_, field, value, error):
    assert isinstance(type_.parse({field: [value]}, CODES).errors[field], error)


def test_a_number_may_have_space_around_it_and_none_takes_it_back():
    parsed = POINTS.parse({"C1.points": [" 40 "], "C2.points": ["  "]}, CODES)
    assert parsed.entries["C1"].judgements == {"points": 40}
    assert parsed.entries["C2"].judgements == {"points": None}


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3))
def test_points_are_fit_if_they_are_a_hundred(numbers):
    given_ = points(**dict(zip(CODES, numbers, strict=True)))
    fault, weights = POINTS.unfit(given_), POINTS.weights(given_, CODES)
    if sum(numbers) == 100:
        assert fault is None
        assert weights == pytest.approx({code: n / 100 for code, n in zip(CODES, numbers, strict=True)})
    else:
        assert isinstance(fault, NotHundred)
        assert weights is None


def test_nothing_at_all_is_fit():
    assert POINTS.unfit({}) is None
    assert SWING.unfit({"C1": Answer(rationale="Why.")}) is None


def test_of_points_what_has_none_has_nothing():
    assert POINTS.unfit(points(C1=60, C2=40)) is None
    assert POINTS.weights(points(C1=60, C2=40), CODES) == {"C2": 0.4, "C1": 0.6, "C10": 0.0}


@given(st.lists(st.integers(0, 100), min_size=2, max_size=2))
def test_swings_are_measured_by_the_greatest(others):
    given_ = points(C1=100, C2=others[0], C10=others[1])
    assert SWING.unfit(given_) is None
    weights = SWING.weights(given_, CODES)
    assert weights is not None
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["C2"] == pytest.approx(others[0] / (100 + sum(others)))


def test_swings_need_the_one_that_has_a_hundred_and_all_the_others():
    assert isinstance(SWING.unfit(points(C1=80, C2=60, C10=10)), NoHundred)
    assert isinstance(SWING.unfit(points(C1=0)), NoHundred)
    assert SWING.weights(points(C1=100, C2=60), CODES) is None


def test_pairs_never_keep_a_ballot_from_being_submitted():
    assert PAIRWISE.unfit(compared(8, -8, 8)) is None
    assert PAIRWISE.unfit(compared(8, None, None)) is None
    assert PAIRWISE.weights(compared(8, None, 8), CODES) is None


@given(steps, steps, steps)
def test_weights_of_pairs_sum_to_one_and_turn_round_with_the_judgements(a, b, c):
    weights = PAIRWISE.weights(compared(a, b, c), CODES)
    assert weights is not None
    assert sum(weights.values()) == pytest.approx(1)
    assert all(weight > 0 for weight in weights.values())
    reverse = PAIRWISE.weights(compared(-a, -b, -c), CODES)
    assert reverse is not None
    # geometric means, which the eigenvector has for three, are turned round
    assert weights["C1"] * reverse["C1"] == pytest.approx(weights["C2"] * reverse["C2"], rel=1e-6)


@given(steps, steps, steps)
def test_consistency_says_which_judgement_fits_least(a, b, c):
    found = PAIRWISE.consistency(compared(a, b, c), CODES)
    assert found is not None
    assert found.ratio >= 0
    agrees = times(a) * times(c) == pytest.approx(times(b))  # C1:C10, C10:C2 and C1:C2
    assert (found.ratio < 1e-6) == agrees
    if found.misfit:
        assert found.misfit.stated != pytest.approx(found.misfit.implied)


def test_the_judgement_that_contradicts_the_others_is_named():
    """Each is twice as important as the next, but B is said to be a quarter of D."""
    codes = ["A", "B", "C", "D"]
    fits = {("A", "B"): 1, ("A", "C"): 3, ("A", "D"): 7, ("B", "C"): 1, ("B", "D"): -3, ("C", "D"): 1}
    found = consistency_of([fits[pair] for pair in pairs.pairs(codes)], codes)
    assert found is not None
    assert found.misfit is not None
    assert found.misfit.pair == ("B", "D")
    assert found.misfit.stated == 0.25
    assert found.misfit.implied > 0.5
    assert not found.is_tolerated


def test_judgements_that_agree_have_no_misfit():
    codes = ["A", "B", "C"]
    found = consistency_of([1, 3, 1], codes)
    assert found is not None
    assert found.is_tolerated
    assert found.ratio == pytest.approx(0)
    assert found.misfit is None


def test_two_criteria_cannot_contradict_each_other():
    assert consistency_of([8], ["A", "B"]) is not None
    assert consistency_of([None], ["A", "B"]) is None
    assert POINTS.consistency(points(C1=100), CODES) is None


@given(st.lists(st.one_of(st.none(), steps), min_size=3, max_size=3))
def test_pairs_are_sealed_and_read_again(cells):
    assume(any(cell is not None for cell in cells))
    read = PAIRWISE.read(PAIRWISE.seal(compared(*cells)))
    assert PAIRWISE.cells(read, CODES) == cells
    assert PAIRWISE.far(read, CODES) == (3, sum(cell is not None for cell in cells))


def test_columns_are_the_criteria_in_their_order_or_the_pairs_in_theirs():
    assert POINTS.columns(CODES) == ["C2.points", "C1.points", "C10.points"]
    assert PAIRWISE.columns(CODES) == ["C1.C10", "C1.C2", "C10.C2"]
    assert numbers_of(points(C1=3)) == {"C1": 3}


def test_settings_say_the_method():
    assert type_of("weigh", {"method": "swing"}, {}) == SWING
    assert type_of("weigh", {}, {}) == POINTS
