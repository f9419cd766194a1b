"""Which pair an expert is asked for next: from her own answers alone, and each once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.questions import pairs
from app.questions.compare import Compare

CODES = [f"W{place:02}" for place in range(1, 8)]
orders = st.permutations(CODES)


def asked(order, answers):
    """All pairs that somebody is asked for who always answers so."""
    known: dict[pairs.Pair, int | str] = {}
    while (pair := pairs.next_pair(order, known)) is not None:
        known[pair] = answers(pair)
    return list(known)


@settings(max_examples=25, deadline=None)
@given(orders, st.randoms(use_true_random=False))
def test_every_pair_is_asked_for_once(order, random):
    said = asked(order, lambda _: random.choice([1, 0, -1, "cannot_say"]))
    assert sorted(said) == pairs.pairs(CODES)


@settings(max_examples=25, deadline=None)
@given(orders, st.randoms(use_true_random=False))
def test_the_first_pairs_join_everything(order, random):
    said = asked(order, lambda _: random.choice([1, 0, -1]))
    joined = {said[0][0]}
    for _ in CODES:
        for one, other in said[: Compare().enough(len(CODES))]:
            if joined & {one, other}:
                joined |= {one, other}
    assert joined == set(CODES)


@given(
    orders, st.dictionaries(st.sampled_from(pairs.pairs(CODES)), st.sampled_from([1, 0, -1, "cannot_say"]))
)
@settings(max_examples=40, deadline=None)
def test_the_same_answers_lead_to_the_same_pair(order, known):
    backwards = dict(reversed(known.items()))
    assert pairs.next_pair(order, known) == pairs.next_pair(order, backwards)


def test_experts_begin_with_different_pairs():
    assert pairs.next_pair(CODES, {}) != pairs.next_pair(CODES[::-1], {})


def test_equals_are_told_apart_before_what_is_settled():
    """After A beat both B and C, the two that are alike are the pair in question."""
    known: dict[pairs.Pair, int | str] = {("A", "B"): 1, ("A", "C"): 1, ("A", "D"): -1}
    assert pairs.next_pair(["A", "B", "C", "D"], known) == ("B", "C")


def test_what_she_knows_nothing_of_is_asked_about_last():
    known: dict[pairs.Pair, int | str] = {("A", "X"): "cannot_say", ("B", "X"): "cannot_say"}
    order = ["X", "A", "B", "C"]
    later = []
    while (pair := pairs.next_pair(order, known)) is not None:
        later.append(pair)
        known[pair] = 1
    assert later[-1] == ("C", "X")
    assert all("X" not in pair for pair in later[:-1])


def test_what_is_asked_no_more_is_passed_over():
    assert pairs.next_pair(["A", "B"], {("A", "GONE"): 1}) == ("A", "B")


def test_there_may_be_nothing_to_compare():
    assert pairs.next_pair([], {}) is None
    assert pairs.next_pair(["A"], {}) is None
