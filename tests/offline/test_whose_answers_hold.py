"""Web and paper: what is confirmed later holds, both are logged, and the author is told."""

from datetime import timedelta

from sqlmodel import select

from app import clock
from app.db import transaction
from app.models import Proposal, Round
from app.models.ballots import EntryState
from app.models.proposals import ProposalState
from app.models.rounds import RoundState
from app.results import service as results


def test_the_form_holds_over_what_was_answered_before_and_what_is_blank_changes_nothing(post):
    content = post.filled_in({"Q1.W01.OV": "3"})
    post.voter.answer_all(7)
    post.voter.submit()
    post.enter(content, by_clerk=True)
    assert post.sealed["Q1"]["answers"]["W01"] == {"OV": 3, "C1": 7}
    assert post.sealed["Q1"]["answers"]["W03"] == {"OV": 7, "C1": 7}
    assert post.voter.history("OV") == [7, 3]
    assert [entry.action for entry in post.audit] == ["offline:form:replace"]


def test_what_is_answered_after_the_form_holds_over_it(post):
    post.enter(post.filled_in({"Q1.W01.OV": "3"}))
    post.voter.save("W01", OV=8)
    post.voter.submit(blanks_meant=True)
    assert post.sealed["Q1"]["answers"] == {"W01": {"OV": 8}}
    assert [entry.action for entry in post.audit] == ["offline:form:enter"]


def test_saved_answers_stand_on_the_form_of_their_author_alone(post, make, as_person):
    post.voter.save("W01", OV=7, rationale="Known only to me.")
    assert post.form_says(post.download(), "Q1.W01.OV") == "7"
    assert "Known only to me." in post.text_of(post.download())
    organiser = as_person(make.member(post.voter.seminar, "organiser"))
    answer = organiser.post(
        f"{post.round_path}/forms/people", data={"member": str(post.voter.membership.id), "kind": "docx"}
    )
    assert answer.status_code == 200
    forms = post.forms_in(answer.content)
    assert len(forms) == 1
    assert "Known only to me." not in post.text_of(forms[0])
    assert post.form_says(forms[0], "Q1.W01.OV") == ""


def test_a_form_that_comes_too_late_is_refused_in_words_and_kept_for_who_gets_more_time(post):
    where = post.read(post.filled_in({"Q1.W01.OV": "3"}), by_clerk=True)
    set_closing(post, -timedelta(minutes=1))
    answer = post.decide(where, by_clerk=True)
    assert answer.status_code == 409
    assert "closing time of round" in answer.text
    assert post.entries[0].state is EntryState.READ
    assert post.entries[0].content["cells"]
    assert post.seal is None
    assert post.messages == []

    set_closing(post, timedelta(hours=1))
    assert post.decide(where, by_clerk=True).status_code == 303
    assert post.sealed["Q1"]["answers"] == {"W01": {"OV": 3}}


def test_the_same_form_sent_again_takes_the_place_of_what_was_read_before(post):
    first = post.read(post.filled_in({"Q1.W01.OV": "3"}))
    second = post.read(post.filled_in({"Q1.W01.OV": "4"}))
    assert [entry.state for entry in post.entries] == [EntryState.DROPPED, EntryState.READ]
    assert post.entries[0].content == {}
    assert post.decide(first).status_code == 409
    assert post.decide(second).status_code == 303
    assert post.decide(second).status_code == 409
    assert post.sealed["Q1"]["answers"] == {"W01": {"OV": 4}}
    assert len(post.messages) == len(post.audit) == 1


def test_what_is_laid_aside_is_forgotten(post):
    where = post.read(post.filled_in({"Q1.W01.OV": "3"}))
    assert post.decide(where, then="drop").status_code == 303
    assert post.entries[0].state is EntryState.DROPPED
    assert post.entries[0].content == {}
    assert post.seal is None


def test_no_form_is_taken_before_a_round_opens_nor_after_it_is_published(post):
    content = post.filled_in({"Q1.W01.OV": "3"})
    for state in (RoundState.DRAFT, RoundState.PUBLISHED):
        with transaction(post.voter.engine) as session:
            session.get_one(Round, post.voter.round.id).state = state
        assert post.send(content).status_code == 409
        assert post.send(content, by_clerk=True).status_code == 409
        assert post.expert.post(f"{post.round_path}/form.docx").status_code == 409


def test_closing_forgets_which_forms_were_entered(post):
    post.enter(post.filled_in({"Q1.W01.OV": "3"}), by_clerk=True)
    with transaction(post.voter.engine) as session:
        round_ = session.get_one(Round, post.voter.round.id)
        results.close_round(session, post.voter.settings, round_=round_, by=None)
    assert post.entries == []


def proposed(post):
    with transaction(post.voter.engine, write=False) as session:
        return sorted((one.title, one.state) for one in session.exec(select(Proposal)))


def test_a_line_that_comes_back_is_the_proposal_that_its_author_has_made_of_it(mapping_post):
    post = mapping_post
    line = {"Q5.P1.kind": "gap", "Q5.P1.title": "No register", "Q5.P1.text": "Nobody keeps one."}
    post.enter(post.filled_in(line), by_clerk=True)
    assert proposed(post) == [("No register", ProposalState.SUBMITTED)]
    with transaction(post.voter.engine, write=False) as session:
        reference = session.exec(select(Proposal.reference)).one()
    page = f"/seminars/{post.voter.seminar.slug}/proposals/{reference}"
    changed = {"title": "No register of dealers", "text": "Nobody keeps one.", "revision": "1"}
    assert post.expert.post(page, data=changed).status_code == 303
    assert post.expert.post(f"{page}/submit").status_code == 303

    post.enter(post.filled_in(line | {"Q1.T01.LIK": "4", "Q1.T01.IMP": "4"}))
    assert proposed(post) == [("No register of dealers", ProposalState.SUBMITTED)]

    post.enter(post.filled_in(line | {"Q5.P1.text": "Nobody keeps one, or wants to."}))
    assert proposed(post) == [("No register", ProposalState.SUBMITTED)]

    post.enter(post.filled_in(line | {"Q5.P1.kind": "opportunity"}))
    assert proposed(post) == [
        ("No register", ProposalState.SUBMITTED),
        ("No register", ProposalState.WITHDRAWN),
    ]


def set_closing(post, when: timedelta) -> None:
    with transaction(post.voter.engine) as session:
        session.get_one(Round, post.voter.round.id).closes_at = clock.now() + when
