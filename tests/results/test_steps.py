"""From one step of a real-time round to the next nothing changes in fewer ballots than the minimum group."""

from typing import Any
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from app.questions.answers import Answer
from app.results import steps
from app.results.steps import next_step

LEAST = 3
NAMESPACE = UUID(int=0)
BALLOTS = [uuid5(NAMESPACE, str(number)) for number in range(9)]
CELLS = [("W01", "OV"), ("W01", "C1"), ("W02", "OV")]

judgements = st.one_of(st.none(), st.integers(1, 9), st.just("cannot_say"))
sheets_of = st.dictionaries(st.sampled_from(CELLS), judgements, max_size=len(CELLS))
panels = st.dictionaries(st.sampled_from(BALLOTS), sheets_of, max_size=len(BALLOTS))


def sheet(said):
    found: dict[str, Any] = {}
    for (code, criterion), value in said.items():
        if value is not None:
            found.setdefault(code, {})[criterion] = value
    return {code: Answer(values) for code, values in found.items()}


def panel(ballots):
    return {ballot: sheet(said) for ballot, said in ballots.items()}


def cell(sheets, ballot, code, criterion):
    answer = sheets.get(ballot, {}).get(code)
    return answer.judgements.get(criterion) if answer else None


@given(st.lists(panels, min_size=1, max_size=6))
@settings(max_examples=200, deadline=None)
def test_of_any_history_each_cell_of_two_steps_is_the_same_or_differs_in_enough_ballots(history):
    shown: Any = {}
    for now in history:
        step = next_step(shown, panel(now), LEAST, singly=True)
        for code, criterion in CELLS:
            before = {ballot: cell(shown, ballot, code, criterion) for ballot in BALLOTS}
            after = {ballot: cell(step, ballot, code, criterion) for ballot in BALLOTS}
            differing = sum(before[ballot] != after[ballot] for ballot in BALLOTS)
            assert differing == 0 or differing >= LEAST
            resting = sum(value is not None for value in after.values())
            assert resting == 0 or resting >= LEAST or after == before
        shown = step


@given(st.lists(panels, min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_where_an_answer_is_one_whole_ballots_go_on_together(history):
    shown: Any = {}
    for now in history:
        step = next_step(shown, panel(now), LEAST, singly=False)
        differing = sum(shown.get(ballot, {}) != step.get(ballot, {}) for ballot in BALLOTS)
        assert differing == 0 or differing >= LEAST
        assert step == shown or step == {ballot: said for ballot, said in panel(now).items() if said}
        shown = step


def test_what_is_kept_is_read_again_as_it_was():
    said = {BALLOTS[0]: {"W01": Answer({"OV": 7, "C1": "cannot_say"}, "Because.", {"source": "OP 2"})}}
    assert steps.read(steps.written(said)) == said


def test_a_reason_that_came_alone_waits_for_others():
    before = {ballot: {"W01": Answer({"OV": 5})} for ballot in BALLOTS[:4]}
    now = before | {BALLOTS[0]: {"W01": Answer({"OV": 5}, "A telling reason.")}}

    assert next_step(before, now, LEAST, singly=True) == before
