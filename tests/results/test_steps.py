"""Of all that a real-time round ever shows, its result among it, no two differ in what few answered."""

from itertools import combinations
from typing import Any
from uuid import UUID, uuid5

from hypothesis import event, given, settings
from hypothesis import strategies as st

from app.questions.answers import Answer
from app.results import steps
from app.results.steps import left_out, next_step, without

LEAST = 3
NAMESPACE = UUID(int=0)
BALLOTS = [uuid5(NAMESPACE, str(number)) for number in range(14)]
CELLS = [("W01", "OV"), ("W01", "C1"), ("W02", "OV")]

# what some, many or one of them say, or take back, between two looks
values = st.one_of(st.integers(1, 9), st.integers(1, 9), st.just("cannot_say"), st.none())
some = st.sets(st.sampled_from(BALLOTS), min_size=1)
changes = st.lists(st.tuples(some, st.sampled_from(CELLS), values), max_size=4)
histories = st.lists(changes, min_size=1, max_size=7)


def course(history):
    """The panel's sheets as they are at each look."""
    said: dict[Any, Any] = {}
    for change in history:
        for ballots, place, value in change:
            said |= {(ballot, place): value for ballot in ballots}
        yield panel(said)


def panel(said):
    found: dict[Any, Any] = {}
    for (ballot, (code, criterion)), value in said.items():
        if value is not None:
            found.setdefault(ballot, {}).setdefault(code, {})[criterion] = value
    return {
        ballot: {code: Answer(values) for code, values in sheet.items()} for ballot, sheet in found.items()
    }


def cell(sheets, code, criterion):
    """What the ballots say there."""
    found = {
        ballot: sheet[code].judgements.get(criterion) for ballot, sheet in sheets.items() if code in sheet
    }
    return {ballot: value for ballot, value in found.items() if value is not None}


def whole(sheets):
    return {ballot: sheet for ballot, sheet in sheets.items() if sheet}


def released(history, *, singly):
    """All steps in their order, and the sheets that the result counts."""
    shown: list[Any] = []
    now: Any = {}
    for now in course(history):
        step = next_step(shown, now, LEAST, singly=singly)
        shown += [step] if step != (shown[-1] if shown else {}) else []
    out = left_out(shown, now, LEAST, singly=singly)
    event(f"steps: {len(shown)}, left out: {bool(out)}")
    return shown, without(now, out, singly=singly), now


def attack(shown, result):
    """The fewest ballots that the difference of two releases shows: what they say anew, or said once."""
    fewest = len(BALLOTS)
    for before, after in combinations([*shown, result], 2):
        if not before:
            continue  # nothing was shown of it yet, so nothing is subtracted
        new = sum(before.get(ballot) != said for ballot, said in after.items())
        gone = sum(after.get(ballot) != said for ballot, said in before.items())
        is_last = after is result and new >= LEAST
        fewest = min([fewest, *(many for many in (new, 0 if is_last else gone) if many)])
    return fewest


@given(histories)
@settings(max_examples=300, deadline=None)
def test_no_two_releases_of_any_history_tell_in_any_cell_what_few_said(history):
    shown, result, _ = released(history, singly=True)
    for code, criterion in CELLS:
        found = [cell(step, code, criterion) for step in shown]
        assert attack(found, cell(result, code, criterion)) >= LEAST
        assert all(len(one) >= LEAST for one in found if one)


@given(histories)
@settings(max_examples=150, deadline=None)
def test_where_an_answer_is_one_whole_ballots_go_on_together(history):
    shown, result, now = released(history, singly=False)
    assert attack([whole(step) for step in shown], whole(result)) >= LEAST
    assert all(result[ballot] in (said, {}) for ballot, said in now.items())


@given(st.lists(st.integers(0, 5), min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_while_nobody_takes_anything_back_every_answer_counts(arrivals):
    """However they come: in ones, in twos, or one alone after all the others."""
    history, there = [], 0
    for many in arrivals:
        history.append([(BALLOTS[there : there + many], CELLS[0], 5)])
        there += many
    _, result, now = released(history, singly=True)
    assert result == now


def says(ballots, value=5):
    return {ballot: {"W01": Answer({"OV": value})} for ballot in ballots}


def test_as_many_as_are_shown_at_first_are_held_back():
    assert next_step([], says(BALLOTS[:5]), LEAST, singly=True) == {}
    assert len(next_step([], says(BALLOTS[:6]), LEAST, singly=True)) == 3
    assert len(next_step([], says(BALLOTS[:10]), LEAST, singly=True)) == 7


def test_whom_it_holds_back_is_drawn_by_chance():
    drawn = {frozenset(next_step([], says(BALLOTS), LEAST, singly=True)) for _ in range(30)}
    assert len(drawn) > 1


def test_who_changes_her_mind_waits_for_others_who_do_and_holds_up_nobody():
    shown = says(BALLOTS[:6])
    now = says(BALLOTS[:13]) | says(BALLOTS[:1], 9)
    step = next_step([shown], now, LEAST, singly=True)
    assert len(step) > len(shown)
    assert step[BALLOTS[0]] == shown[BALLOTS[0]]


def test_what_was_held_back_and_taken_back_takes_the_rest_of_it_along():
    """Two who are left of three that were held back would be seen alone, and so would one who leaves."""
    shown = says(BALLOTS[:6])
    two_more = shown | says(BALLOTS[6:8])
    (out,) = left_out([shown], two_more, LEAST, singly=True).values()
    assert out == set(BALLOTS[6:8])

    one_left = {ballot: said for ballot, said in two_more.items() if ballot != BALLOTS[0]}
    (out,) = left_out([shown], one_left, LEAST, singly=True).values()
    assert (out > set(BALLOTS[6:8]), len(out)) == (True, 4)

    one_turned = shown | says(BALLOTS[:1], 9)
    (out,) = left_out([shown], one_turned, LEAST, singly=True).values()
    assert (BALLOTS[0] in out, len(out)) == (True, 3)


def test_where_nothing_was_shown_nothing_is_left_out():
    assert left_out([], says(BALLOTS[:2]), LEAST, singly=True) == {}


def test_what_is_kept_is_read_again_as_it_was():
    first = {BALLOTS[0]: {"W01": Answer({"OV": 7, "C1": "cannot_say"}, "Because.", {"source": "OP 2"})}}
    then = {BALLOTS[0]: {"W01": Answer({"OV": 6}, "Because.")}, BALLOTS[1]: {"W02": Answer({"OV": 1})}}
    for before, after in (({}, first), (first, then), (then, {BALLOTS[1]: then[BALLOTS[1]]})):
        assert steps.read(before, steps.written(before, after)) == after
    assert len(steps.written(then, first)) == 2
    assert steps.written(then, then) == []


def test_a_reason_that_came_alone_waits_for_others():
    before = {ballot: {"W01": Answer({"OV": 5})} for ballot in BALLOTS}
    now = before | {BALLOTS[0]: {"W01": Answer({"OV": 5}, "A telling reason.")}}

    assert next_step([before], now, LEAST, singly=True) == before
