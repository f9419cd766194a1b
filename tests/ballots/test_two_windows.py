"""Two windows of one expert: neither overwrites the other in silence, and nothing typed is lost."""

import re
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from app.ballots.merging import merge
from app.ballots.service import Saved
from app.db import transaction
from app.models import Ballot, Participation
from tests.conftest import HTMX


def test_an_older_window_does_not_overwrite_what_it_has_not_seen(voter):
    voter.save(OV=3)
    voter.save(OV=8, seen={"OV": 1})  # the newer window
    saved = voter.save(OV=5, seen={"OV": 1})  # the older one
    assert saved.stale
    assert saved.merges["W01"].conflicts == {"OV": 8}
    assert voter.history("OV") == [3, 8]


def test_an_older_window_that_left_a_field_alone_leaves_it_alone(voter):
    voter.save(OV=3)
    voter.save(OV=8, seen={"OV": 1})
    saved = voter.save(OV=3, C1=4, seen={"OV": 1})  # still shows the 3, and changes something else
    assert not saved.stale
    assert saved.merges["W01"].newer == {"OV": 8}
    assert voter.in_force().judgements == {"OV": 8, "C1": 4}
    # and it still does not claim to have seen the 8
    assert saved.merges["W01"].seen["OV"] == 1


def test_two_first_answers_meet(voter):
    voter.save(OV=3, seen={})
    assert voter.save(OV=5, seen={}).stale
    assert not voter.save(OV=3, seen={}).stale
    assert voter.history("OV") == [3]


def test_having_seen_the_other_the_author_decides(voter):
    voter.save(OV=3)
    voter.save(OV=8, seen={"OV": 1})
    assert not voter.save(OV=5, seen={"OV": 2}).stale
    assert voter.history("OV") == [3, 8, 5]


def test_a_rationale_typed_in_two_windows_is_kept_in_both(desk, voter):
    voter.save(rationale="The first window")
    sent = {"W01.rationale": "The second window", "W01.seen": ""}
    fragment = desk.post(f"{voter.form}/W01", data=sent, headers=HTMX)
    assert fragment.status_code == 409
    assert "“The first window” there" in fragment.text
    page = desk.post(voter.form, data=sent)
    assert page.status_code == 409
    assert ">The second window</textarea>" in page.text
    assert "“The first window” there" in page.text
    assert voter.in_force().rationale == "The first window"


def test_the_button_in_the_message_saves_what_stands_here(desk, voter):
    voter.save(OV=3)
    sent = {"W01.OV": "5", "W01.seen": ""}
    fragment = desk.post(f"{voter.form}/W01", data=sent, headers=HTMX)
    button = re.search(r'<button[^>]* name="W01.seen" value="([^"]*)"', fragment.text)
    assert button
    answer = desk.post(voter.form, data=sent | {"W01.seen": ["", button[1]]})
    assert answer.status_code == 303
    assert voter.history("OV") == [3, 5]


def test_the_page_that_tells_of_a_clash_does_not_overwrite_by_being_sent_again(desk, voter):
    voter.save(OV=3)
    page = desk.post(voter.form, data={"W01.OV": "5", "W02.OV": "6", "W01.seen": ""})
    assert page.status_code == 409
    seen = re.search(r'name="W01.seen" form="ballot" value="([^"]*)"', page.text)
    assert seen
    assert desk.post(voter.form, data={"W01.OV": "5", "W01.seen": seen[1]}).status_code == 409
    assert voter.history("OV") == [3]
    assert voter.in_force("W02").score("OV") == 6


@pytest.mark.parametrize("seen", ["OV:99", "OV:-1", "OV", "nonsense", "OV:1 OV:2 C1:x", "🌍:1"])
def test_a_window_that_claims_nonsense_harms_nothing(desk, voter, seen):
    answer = desk.post(f"{voter.form}/W01", data={"W01.OV": "7", "W01.seen": seen}, headers=HTMX)
    assert answer.status_code == 200
    assert voter.history("OV") == [7]


def together(*acts):
    """All acts begin at once; what each gave, or raised."""
    barrier = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(place, act):
        barrier.wait(timeout=10)
        try:
            results[place] = act()
        except Exception as error:  # noqa: BLE001 - what was raised is what is looked at
            results[place] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_savers_at_the_same_moment_write_one_revision_each_or_are_told(voter):
    results = together(*(lambda n=n: voter.save(OV=n, seen={}) for n in range(1, 9)))
    assert all(isinstance(result, Saved) for result in results)
    assert sum(not result.stale for result in results) == 1
    assert len(voter.history("OV")) == 1
    winner = next(result for result in results if not result.stale)
    assert winner.merges["W01"].writes == {"OV": voter.history("OV")[0]}


def test_the_first_saves_of_different_cards_at_the_same_moment_all_hold(voter):
    results = together(
        *(lambda code=code: voter.save(code, OV=5, seen={}) for code in ("W01", "W02", "W03") * 3)
    )
    assert not any(isinstance(result, Exception) or result.stale for result in results)
    assert [voter.history("OV", code) for code in ("W01", "W02", "W03")] == [[5], [5], [5]]
    with transaction(voter.engine, write=False) as session:
        assert len(session.exec(select(Ballot)).all()) == 1
        assert len(session.exec(select(Participation)).all()) == 1


VALUES = st.one_of(st.integers(1, 9), st.sampled_from(["cannot_say"]), st.none())


@given(history=st.lists(VALUES, max_size=6), base=st.integers(0, 6), value=VALUES)
def test_whatever_was_changed_elsewhere_is_never_overwritten_unseen(history, base, value):
    result = merge({"OV": value}, {"OV": base}, {"OV": history})
    current = history[-1] if history else None
    if "OV" in result.writes:
        assert base >= len(history)  # the window showed what is in force
        assert value != current
    outcomes = [name for name in ("writes", "newer", "conflicts") if "OV" in getattr(result, name)]
    assert len(outcomes) == (value != current)
    if outcomes == ["newer"]:
        assert value == (history[base - 1] if base else None)
