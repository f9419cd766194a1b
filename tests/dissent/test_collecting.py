"""Statements are written outside the main view, supported by others, and approved in their final wording."""

import pytest
from sqlmodel import SQLModel, select

from app.db import transaction
from app.dissent import faults
from app.errors import Invalid
from app.models import AuditEntry, Message, MinorityOwner, Round, Seminar
from app.models.dissent import StatementState
from app.models.rounds import RoundState
from app.models.seminars import SeminarStatus
from tests.dissent.collecting import AUTHOR, INSIDE, SECOND, TEXT, THIRD, UNDECIDED


def state_of(panel, statement):
    return panel[AUTHOR].sees(statement).state


def conclude(panel):
    with transaction(panel.engine) as session:
        session.get_one(Seminar, panel.seminar.id).status = SeminarStatus.CONCLUDED


def test_who_stands_within_the_main_view_writes_none_and_may_support(panel):
    for place in (INSIDE, UNDECIDED):
        with pytest.raises(faults.WithinMainView):
            panel[place].write()
    with pytest.raises(faults.NotPublished):
        panel[AUTHOR].write(code="W02")

    statement = panel[AUTHOR].write()
    panel[INSIDE].support(statement)

    assert not panel.readiness(statement).is_held  # she does not count
    with pytest.raises(faults.TooFewHolders):
        panel.release(statement)


def test_two_outside_the_main_view_are_enough_and_are_called_by_a_word(panel):
    statement = panel[AUTHOR].write()
    panel[SECOND].support(statement)
    panel.release(statement)

    (one,) = panel.printed()
    assert (one.text, one.size, one.count) == (TEXT, "some participants", None)
    assert (one.round_number, one.version, one.wording) == (0, 1, 1)


def test_a_single_dissent_is_printed_as_of_one_participant_if_she_consents(panel):
    statement = panel[AUTHOR].write()
    with pytest.raises(faults.TooFewHolders):
        panel.release(statement)

    panel[AUTHOR].revise(statement, TEXT, alone=True)
    assert panel.readiness(statement).is_alone
    panel.release(statement)

    assert [one.size for one in panel.printed()] == ["one participant"]


def test_another_wording_waits_for_its_author_and_counts_who_approved_it(panel):
    statement = panel[AUTHOR].write()
    panel[SECOND].support(statement)
    panel.edit(statement, "It would freeze trials.")

    assert state_of(panel, statement) is StatementState.EDITED
    assert panel[SECOND].sees(statement).awaits_me
    with pytest.raises(faults.NotApproved):
        panel.release(statement, seen=2)

    panel[AUTHOR].approve(statement)
    assert state_of(panel, statement) is StatementState.APPROVED
    with pytest.raises(faults.TooFewHolders):  # the other approved the earlier wording
        panel.release(statement, seen=2)

    panel[SECOND].approve(statement)
    panel.release(statement, seen=2)
    assert [one.text for one in panel.printed()] == ["It would freeze trials."]


def test_of_a_wording_that_was_changed_meanwhile_nothing_is_approved_or_overwritten(panel):
    statement = panel[AUTHOR].write()
    panel.edit(statement, "It would freeze trials.")
    for deed in (
        lambda: panel[AUTHOR].approve(statement, seen=1),
        lambda: panel[SECOND].support(statement, seen=1),
        lambda: panel[AUTHOR].revise(statement, "Mine.", seen=1),
        lambda: panel.edit(statement, "Yours.", seen=1),
        lambda: panel.release(statement, seen=1),
    ):
        with pytest.raises(faults.Reworded):
            deed()


def test_each_says_something_of_a_wording_once(panel):
    statement = panel[AUTHOR].write()
    panel.edit(statement, "It would freeze trials.")
    panel[AUTHOR].reply(statement, "Not trials, but whatever is new.")
    panel[AUTHOR].reply(statement, "Not trials, but whatever is new.")  # the form was sent twice
    with pytest.raises(faults.HasReplied):
        panel[AUTHOR].reply(statement, "And another thing.")
    with pytest.raises(faults.NotOwner):
        panel[SECOND].reply(statement, "I have no part in it.")

    assert panel.readiness(statement).replies == ["Not trials, but whatever is new."]


def test_what_is_withheld_is_seen_by_its_author_who_writes_it_anew(panel):
    statement = panel[AUTHOR].write()
    panel[SECOND].support(statement)
    panel.withhold(statement, "It names a person.")
    with pytest.raises(faults.NotCollected):
        panel[THIRD].support(statement)

    panel[AUTHOR].revise(statement, "Without a name.")

    assert state_of(panel, statement) is StatementState.WRITTEN
    assert panel[SECOND].sees(statement).awaits_me


def test_a_released_wording_is_never_changed(panel):
    statement = panel.released()
    for deed in (
        lambda: panel[AUTHOR].revise(statement, "Other words."),
        lambda: panel.edit(statement, "Other words."),
        lambda: panel.withhold(statement),
        lambda: panel[THIRD].support(statement),
        lambda: panel.release(statement),
    ):
        with pytest.raises(faults.StaysReleased):
            deed()
    assert [one.text for one in panel.printed()] == [TEXT]


def test_what_was_released_is_taken_back_until_the_seminar_ends(panel):
    statement = panel.released()
    panel[SECOND].withdraw(statement)
    assert panel.printed() == []  # one alone, who has not consented to that
    assert state_of(panel, statement) is StatementState.APPROVED

    panel[SECOND].support(statement)
    panel.release(statement)
    conclude(panel)
    with pytest.raises(faults.IsFinal):
        panel[AUTHOR].withdraw(statement)
    with pytest.raises(faults.NotTaken):
        panel[THIRD].write()
    assert len(panel.printed()) == 1


def test_whose_author_takes_it_back_is_gone_and_another_can_be_written(panel):
    statement = panel.released()
    panel[AUTHOR].withdraw(statement)
    assert panel.printed() == []
    with pytest.raises(faults.NotCollected):
        panel[THIRD].support(statement)
    assert panel[AUTHOR].write("Said otherwise.").reference != statement.reference


def test_one_expert_has_one_statement_on_an_option_however_often_the_form_is_sent(panel):
    statement = panel[AUTHOR].write()
    assert panel[AUTHOR].write().id == statement.id
    with pytest.raises(faults.HasOne):
        panel[AUTHOR].write("Something else.")


def test_what_is_empty_or_too_long_is_refused(panel):
    for text in (" ", "x" * 1501):
        with pytest.raises(Invalid):
            panel[AUTHOR].write(text)
    statement = panel[AUTHOR].write()
    for text, reason in ((TEXT, "Because."), ("Other words.", "")):
        with pytest.raises(Invalid):
            panel.edit(statement, text, reason=reason)


def test_the_log_says_what_was_done_and_neither_words_nor_holders(panel):
    statement = panel[AUTHOR].write()
    panel[SECOND].support(statement)
    panel.edit(statement, "Marked words.", reason="Marked reason.")
    for place in (AUTHOR, SECOND):
        panel[place].approve(statement)
    panel.release(statement, seen=2)
    with transaction(panel.engine, write=False) as session:
        entries = [one for one in session.exec(select(AuditEntry)) if one.action.startswith("dissent:")]
        mails = session.exec(select(Message).where(Message.kind == "minority_wording")).all()
        owners = session.exec(select(MinorityOwner)).all()
    assert [one.action for one in entries] == ["dissent:statement:edit", "dissent:statement:release"]
    assert {one.actor_id for one in entries} == {panel.facilitator.id}
    assert {one.details["item"] for one in entries} == {"W01"}
    assert "Marked" not in str(entries)
    # the whole panel is told, so that nobody learns whose it is
    assert len(mails) == len(panel.settled.voters)
    assert not hasattr(owners[0], "created_at")


def test_no_order_of_writing_is_left_in_storage(panel):
    statement = panel[AUTHOR].write()
    panel[SECOND].support(statement)
    if panel.engine.dialect.name == "postgresql":
        with transaction(panel.engine, write=False) as session:
            rows = session.connection().exec_driver_sql("select distinct xmin::text from minority_owner")
            assert len(rows.all()) == 1  # the last deed wrote every row
    else:
        table = SQLModel.metadata.tables["minority_owner"]
        assert table.dialect_options["sqlite"]["with_rowid"] is False


def test_statements_are_taken_from_the_round_that_asks_again(panel):
    with transaction(panel.engine) as session:
        session.get_one(Round, panel.settled.now.id).state = RoundState.DRAFT
    with pytest.raises(faults.NotTaken):
        panel[AUTHOR].write()
    with transaction(panel.engine) as session:
        session.delete(session.get_one(Round, panel.settled.now.id))
    panel[AUTHOR].write()  # the rating is not repeated at all
