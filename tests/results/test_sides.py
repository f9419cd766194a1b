"""A reason is told with its author's side only where many stand on it, and on all that is not told."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.db import transaction
from app.models import Round
from app.policy import Role
from app.questions.fingerprint import fingerprint
from app.results import disclosure, exporting, small_groups, snapshot
from app.results.held import Held
from app.results.held import without as without_held
from app.results.tally import AGAINST, FOR, NEITHER, UNTOLD, RateTally
from app.rounds import queries as rounds
from tests.results import mapping, voting
from tests.results.panels import panel, scale

SCALES = (scale("OV"),)


def tally_of(scores, texts=()):
    """One option, rated so, with texts by their sides."""
    rationales = [("W01", text, side) for text, side in texts]
    made = panel([((score,),) for score in scores], count=1, scales=SCALES, rationales=rationales, rules={})
    return snapshot.tally(made, invited=99, enrolled=99, quorum_share=0.5)


def guarded(scores, texts, minimum=5) -> RateTally:
    found = small_groups.guarded(tally_of(scores, texts), minimum)
    assert isinstance(found, RateTally)
    return found


def told(scores, texts, minimum=5):
    return guarded(scores, texts, minimum).reasons("W01")


def left(tally, held):
    """The reasons that are left without those that are held."""
    found = without_held(tally, held)
    assert isinstance(found, RateTally)
    return found.reasons("W01")


EACH = [("F", FOR), ("A", AGAINST), ("N", NEITHER)]


@pytest.mark.parametrize(
    ("scores", "sides"),
    [
        ([8] * 5 + [2] * 5 + [5] * 5, {"F": FOR, "A": AGAINST, "N": NEITHER}),
        # four against: the smallest other group goes with them, lest theirs be the only untold texts
        ([8] * 7 + [2] * 4 + [5] * 5, {"F": FOR, "A": UNTOLD, "N": UNTOLD}),
        ([8] * 5 + [2] * 4 + [5] * 9, {"F": UNTOLD, "A": UNTOLD, "N": NEITHER}),
        # who abstained or rated nothing is neither for nor against
        ([8] * 6 + [2] * 6 + ["cannot_say"] * 3 + [None] * 2, {"F": FOR, "A": AGAINST, "N": NEITHER}),
    ],
)
def test_sides_of_small_groups_are_untold_and_none_follows_from_the_others(scores, sides):
    assert dict(told(scores, EACH)) == sides


def test_where_nobody_stands_on_the_other_side_that_side_hides_nobody():
    assert told([8] * 9 + [5] * 2, [("F", FOR), ("N", NEITHER)]) == [("F", UNTOLD), ("N", UNTOLD)]
    assert told([8] * 9, [("F", FOR)]) == [("F", FOR)]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([1, 3, 4, 6, 7, 9, "cannot_say", None]), min_size=5, max_size=30),
    st.integers(2, 8),
)
def test_every_author_is_one_of_as_many_as_the_minimum(scores, minimum):
    texts = [(f"{place:02}", side_of(score)) for place, score in enumerate(scores)]
    sizes = {side: sum(one == side for _, one in texts) for side in (FOR, AGAINST, NEITHER)}
    guarded = told(scores, texts, minimum)
    shown = {side for _, side in guarded} - {UNTOLD}
    untold = {side for side, size in sizes.items() if size} - shown
    assert all(sizes[side] >= minimum for side in shown if guarded)
    if guarded and shown:
        assert not untold or (len(untold) > 1 and sum(sizes[side] for side in untold) >= minimum)


def side_of(score):
    if not isinstance(score, int) or 3 < score < 7:
        return NEITHER
    return FOR if score > 6 else AGAINST


def test_a_side_follows_from_the_authors_own_overall_rating(engine, make):
    _, round_ = voting.running(make, options=1, experts=15)
    ballots = [voting.alike(1, OV=n, C1=5, C2=5, why=f"Gave {n}.") for n in [1, 2, 3, 4, 5, 6, 7, 8, 9]]
    ballots.append(voting.alike(1, OV="cannot_say", C1=9, why="Abstained."))
    voting.cast(engine, round_, ballots)
    (result,) = voting.close(engine, round_)
    sides = dict(zip(result.numbers["rationales"]["W01"], result.numbers["sides"]["W01"], strict=True))
    assert sides == {
        **dict.fromkeys(("Gave 1.", "Gave 2.", "Gave 3."), AGAINST),
        **dict.fromkeys(("Gave 4.", "Gave 5.", "Gave 6.", "Abstained."), NEITHER),
        **dict.fromkeys(("Gave 7.", "Gave 8.", "Gave 9."), FOR),
    }


def test_two_who_say_the_same_keep_their_sides_and_words_let_through_keep_that_of_the_text():
    tally = tally_of([8] * 5 + [2] * 5, [("Same.", FOR), ("Same.", AGAINST), ("By us, of X.", FOR)])
    assert tally.reasons("W01") == [("By us, of X.", FOR), ("Same.", AGAINST), ("Same.", FOR)]
    held = Held({("W01", fingerprint("By us, of X.")): "By us."})
    assert left(tally, held)[0] == ("By us.", FOR)
    gone = Held({("W01", fingerprint("Same.")): None})
    assert left(tally, gone) == [("By us, of X.", FOR)]


def test_of_an_option_whose_reasons_are_withheld_no_side_is_told():
    tally = guarded([8] * 3, [("F", FOR)])
    assert (tally.rationales, tally.sides, tally.withheld) == ({}, {}, ["W01"])


def test_a_question_without_an_overall_criterion_knows_no_sides(engine, make):
    _, round_ = mapping.held(make)
    for place in range(6):
        mapping.vote(make, round_, {"Q1": {"T01": {"LIK": 5, "IMP": 5, "why": f"Reason {place}."}}})
    results = voting.close(engine, round_, settings=make.settings)
    assert results[0].numbers["sides"] == {}


def test_no_file_with_single_ballots_tells_a_side(engine, make):
    _, round_ = voting.running(make, options=1, experts=10)
    voting.cast(engine, round_, [voting.alike(1, OV=8, C1=5, C2=5, why="Because.")] * 10)
    voting.close(engine, round_, publish=True)
    with transaction(engine, write=False) as session:
        question = rounds.rate_question(session, session.get_one(Round, round_.id))
        assert question
        shown = disclosure.released_of(session, question=question, roles=[Role.EXPERT])
        assert isinstance(shown, RateTally)
        assert shown.sides == {"W01": [FOR] * 10}
        assert exporting.content(session, question=question)["result"]["sides"] == {}


def test_a_tally_without_sides_has_its_texts_all_the_same():
    tally = replace(tally_of([8] * 5, [("F", FOR)]), sides={})
    assert tally.reasons("W01") == [("F", UNTOLD)]
