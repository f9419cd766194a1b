"""The rule that proposes what to ask again: settled, stable and unquestioned alone leaves the list."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.designer.carrying import (
    LEAVES,
    Judged,
    Placed,
    Reason,
    into_an_order,
    new_reasons,
    of_judged,
    of_placed,
)

maybe = st.none() | st.booleans()
judged = st.builds(
    Judged,
    settled=maybe,
    stable=maybe,
    near=st.booleans(),
    against=st.integers(0, 5),
    few=st.booleans(),
    reworded=st.booleans(),
)
texts = st.lists(st.lists(st.sampled_from("abcdef"), max_size=5), max_size=4)


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (Judged(settled=False), [Reason.APART]),
        (Judged(settled=None), [Reason.UNTOLD]),
        (Judged(settled=True), [Reason.SETTLED_ONCE]),
        (Judged(settled=True, stable=True), [Reason.SETTLED]),
        (Judged(settled=True, stable=False), [Reason.EVOLVING]),
        (Judged(settled=True, stable=True, against=1), [Reason.SETTLED]),
        (Judged(settled=True, stable=True, against=2), [Reason.REOPENED]),
        (Judged(settled=True, stable=True, near=True), [Reason.NEAR]),
        (Judged(settled=False, against=3), [Reason.APART]),
        (Judged(settled=False, few=True), [Reason.FEW]),
        (Judged(settled=True, stable=True, reworded=True), [Reason.REWORDED]),
        (Judged(settled=True, stable=False, against=2), [Reason.REOPENED, Reason.EVOLVING]),
    ],
)
def test_what_is_judged_by_itself_has_these_reasons(facts, reasons):
    assert list(of_judged(facts).reasons) == reasons


@given(judged)
def test_every_subject_has_reasons_and_all_speak_for_one_side(facts):
    reasons = set(of_judged(facts).reasons)
    assert reasons
    assert reasons <= LEAVES or not reasons & LEAVES


@given(judged)
def test_what_is_not_settled_is_always_proposed(facts):
    assert of_judged(replace(facts, settled=False)).is_proposed


@given(judged)
def test_no_new_reason_against_it_ever_takes_a_subject_off_the_list(facts):
    if of_judged(facts).is_proposed:
        assert of_judged(replace(facts, against=facts.against + 1)).is_proposed


@given(judged)
def test_what_leaves_the_list_is_settled_firm_and_worded_as_it_was(facts):
    if not of_judged(facts).is_proposed:
        assert facts.settled
        assert facts.stable is not False
        assert not any((facts.near, facts.few, facts.reworded))
        assert facts.against < 2


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Placed(among=12, low=6, high=12), Reason.RUNNING),
        (Placed(among=12, low=7, high=12), Reason.BEHIND),
        (Placed(among=5, low=3, high=4), Reason.RUNNING),
        (Placed(among=12), Reason.UNTOLD),
        (Placed(among=12, low=9, high=12, chosen=6, choosers=11), Reason.CHOSEN),
        (Placed(among=12, low=1, high=2, chosen=5, choosers=10), Reason.PASSED_OVER),
        (Placed(among=12, low=1, high=2, chosen=0, choosers=0), Reason.RUNNING),
        (Placed(among=12, low=9, high=12, reworded=True), Reason.REWORDED),
    ],
)
def test_what_stands_in_an_order_is_proposed_while_it_may_be_among_the_first(facts, reason):
    assert list(of_placed(facts).reasons) == [reason]


@given(st.integers(1, 30), st.integers(1, 30), st.integers(0, 10))
def test_nobody_is_proposed_before_one_who_may_stand_higher(among, low, further):
    if of_placed(Placed(among=among, low=low + further, high=among)).is_proposed:
        assert of_placed(Placed(among=among, low=low, high=among)).is_proposed


@given(texts, st.frozensets(st.sampled_from("abcdef")))
def test_no_more_experts_are_counted_than_gave_reasons_to_one_question(given_, known):
    assert new_reasons(given_, known) <= max((len(one) for one in given_), default=0)
    assert new_reasons(given_, known | {text for one in given_ for text in one}) == 0


@pytest.mark.parametrize(("favoured", "proposed"), [(True, True), (False, False), (None, True)])
def test_into_an_order_goes_what_is_favoured_and_of_what_that_cannot_be_told(favoured, proposed):
    assert into_an_order(favoured=favoured).is_proposed is proposed
    assert into_an_order(favoured=favoured, reworded=True).is_proposed
