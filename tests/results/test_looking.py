"""A closed round stays sealed until a facilitator looks, and can be opened again only until then."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlmodel import select

from app import clock
from app.db import transaction
from app.errors import AppError, Invalid
from app.models import (
    AuditEntry,
    Deadline,
    HeldText,
    Item,
    Membership,
    Message,
    Question,
    Result,
    Round,
    Seminar,
)
from app.models.registers import ItemStatus
from app.models.rounds import RoundState
from app.moderation import texts
from app.policy import Role
from app.results import disclosure, service
from app.rounds import lifecycle, refusals
from app.rounds import queries as rounds
from tests.results import voting

WEEK = timedelta(weeks=1)
STAFF = [Role.FACILITATOR, Role.ORGANISER]


@pytest.fixture
def closed(engine, make):
    """A round that six experts answered, closed and not looked at."""
    _, round_ = voting.running(make, options=2, experts=8)
    voting.cast(engine, round_, [voting.alike(2, OV=7, C1=6, why="A telling reason.")] * 6)
    voting.took_part(engine, round_, submitted=6)
    voting.close(engine, round_, look=False)
    return round_


def reopen(engine, round_, until=None, reason="Somebody could not sign in."):
    with transaction(engine) as session:
        return service.reopen_round(
            session,
            round_=session.get_one(Round, round_.id),
            closes_at=until or clock.now() + WEEK,
            reason=reason,
            by=None,
        )


def look(engine, round_, by=None):
    with transaction(engine) as session:
        service.look(session, round_=session.get_one(Round, round_.id), by=by)


@pytest.mark.parametrize("roles", [[role] for role in Role] + [STAFF])
def test_before_anybody_looks_nobody_is_told_anything(engine, closed, roles):
    with transaction(engine) as session, pytest.raises(disclosure.NotReleased):
        disclosure.released(session, round_=session.get_one(Round, closed.id), roles=roles)


def test_who_may_read_closed_results_is_told_why_not_yet(engine, closed):
    with transaction(engine) as session, pytest.raises(disclosure.NotLookedAt, match="stays sealed"):
        disclosure.released(session, round_=session.get_one(Round, closed.id), roles=[Role.ORGANISER])


def test_after_a_facilitator_has_looked_the_staff_can_read_it_and_the_panel_cannot(engine, make, closed):
    facilitator = make.person()
    look(engine, closed, by=facilitator)

    with transaction(engine) as session:
        round_ = session.get_one(Round, closed.id)
        for role in STAFF:
            assert disclosure.released(session, round_=round_, roles=[role]).submitted == 6
        with pytest.raises(disclosure.NotReleased):
            disclosure.released(session, round_=round_, roles=[Role.EXPERT])
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "round:result:look")).one()
        assert entry.actor_id == facilitator.id


def test_looking_again_is_noted_once(engine, closed):
    look(engine, closed)
    look(engine, closed)

    with transaction(engine) as session:
        assert (
            len(session.exec(select(AuditEntry).where(AuditEntry.action == "round:result:look")).all()) == 1
        )


def test_publishing_is_looking(engine, closed):
    with transaction(engine) as session:
        round_ = service.publish_round(session, round_=session.get_one(Round, closed.id), by=None)
        assert round_.looked_at == round_.published_at


def test_a_sealed_round_is_opened_again_answered_and_counted_anew(engine, closed):
    reopen(engine, closed)
    with transaction(engine) as session:
        round_ = session.get_one(Round, closed.id)
        assert (round_.state, round_.closed_at) == (RoundState.OPEN, None)
        assert session.exec(select(Result)).all() == []
    voting.cast(engine, closed, [None] * 6 + [voting.alike(2, OV=1, C1=1)] * 2)

    voting.close(engine, closed)

    with transaction(engine) as session:
        (result,) = session.exec(select(Result))
        told = [entry.details.get("digest") for entry in session.exec(select(AuditEntry))]
        # two digests, before and after, would let who knows the six try what the two said
        assert [digest for digest in told if digest] == [result.input_digest]
        tally = disclosure.released(session, round_=session.get_one(Round, closed.id), roles=STAFF)
        assert tally.submitted == 8


def test_the_reopening_is_logged_with_its_reason_and_the_panel_is_told(engine, closed):
    reopen(engine, closed, reason=" A storm. ")

    with transaction(engine) as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "round:state:reopen")).one()
        assert entry.details["reason"] == "A storm."
        assert {mail.kind for mail in session.exec(select(Message))} == {"round_reopened"}


def test_once_somebody_has_looked_it_is_never_opened_again(engine, closed):
    look(engine, closed)

    with pytest.raises(lifecycle.LookedAt):
        reopen(engine, closed)


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        ("draft", lifecycle.NotYetOpened),
        ("scheduled", lifecycle.NotYetOpened),
        ("open", lifecycle.IsOpen),
        ("published", lifecycle.IsPublished),
    ],
)
def test_only_a_closed_round_is_opened_again(engine, make, state, refusal):
    round_ = make.rating_round(make.seminar(), state=state)

    with pytest.raises(refusal):
        reopen(engine, round_)
    if state != "published":
        with pytest.raises(refusal):
            look(engine, round_)


def test_it_wants_a_time_to_come_and_a_reason(engine, closed):
    with pytest.raises(Invalid) as refusal:
        reopen(engine, closed, until=clock.now(), reason=" ")
    assert set(refusal.value.errors) == {"closes_at", "reason"}


def test_no_two_rounds_are_open_at_once(engine, make, closed):
    with transaction(engine) as session:
        seminar = session.get_one(Seminar, closed.seminar_id)
    make.rating_round(seminar, state="open")

    with pytest.raises(refusals.AnotherIsOpen):
        reopen(engine, closed)


def test_a_round_on_which_a_later_one_rests_is_not_opened_again(engine, make, closed):
    with transaction(engine) as session:
        seminar = session.get_one(Seminar, closed.seminar_id)
    make.rating_round(seminar, state="closed", previous_id=closed.id)

    with pytest.raises(refusals.BuiltUpon):
        reopen(engine, closed)


def test_what_it_asks_about_must_still_stand(engine, closed):
    with transaction(engine) as session:
        item = session.exec(select(Item).where(Item.code == "W01")).one()
        item.status = ItemStatus.WITHDRAWN

    with pytest.raises(refusals.NoLongerStands):
        reopen(engine, closed)


def test_texts_that_were_held_before_are_held_through_both_closings(engine, make):
    seminar, before = voting.running(make, options=1, experts=6)
    voting.cast(engine, before, [voting.alike(1, OV=7, why="A telling reason.")] * 6)
    voting.close(engine, before)
    with transaction(engine) as session:
        (question,) = rounds.questions(session, session.get_one(Round, before.id))
        found = texts.sealed_texts(session, seminar=seminar, question=question)
        texts.hold_back(
            session,
            seminar=seminar,
            question=question,
            code="W01",
            digest=found[0].digest,
            instead=None,
            reason="It names somebody.",
            by=None,
        )
        service.publish_round(session, round_=session.get_one(Round, before.id), by=None)
    now = make.rating_round(seminar, 1)
    voting.cast(engine, now, [voting.alike(1, OV=7, why="A telling reason.")] * 6)

    voting.close(engine, now, look=False)
    reopen(engine, now)
    voting.close(engine, now)

    with transaction(engine) as session:
        (question,) = rounds.questions(session, session.get_one(Round, now.id))
        held = session.exec(select(HeldText).where(HeldText.question_id == question.id)).all()
        assert [one.reason for one in held] == ["It names somebody."]
        tally = disclosure.released(session, round_=session.get_one(Round, now.id), roles=STAFF)
        assert tally.rationales == {}


class Other(Thread):
    """Somebody else, in a transaction of their own."""

    def __init__(self, deed) -> None:
        super().__init__(daemon=True)
        self.deed = deed
        self.refusal: AppError | None = None

    def run(self) -> None:
        try:
            self.deed()
        except AppError as error:
            self.refusal = error


def test_of_one_who_looks_and_one_who_opens_again_at_once_one_succeeds(engine, closed):
    reopener = Other(lambda: reopen(engine, closed))

    with transaction(engine) as session:
        service.look(session, round_=session.get_one(Round, closed.id), by=None)
        reopener.start()
        reopener.join(0.5)
    reopener.join(30)

    assert isinstance(reopener.refusal, lifecycle.LookedAt)
    with transaction(engine) as session:
        assert session.exec(select(Question)).all()
        assert len(session.exec(select(Result)).all()) == 1


def test_a_worker_does_not_close_what_was_opened_again_meanwhile(engine, settings, closed):
    reopen(engine, closed)

    with transaction(engine) as session:
        assert not service.close_due(session, settings, closed.id)
        assert session.get_one(Round, closed.id).state is RoundState.OPEN


def test_a_deadline_of_one_from_before_does_not_outlast_the_new_time(engine, make, closed):
    with transaction(engine) as session:
        member = session.exec(select(Membership).limit(1)).one()
        passed = Deadline(
            round_id=closed.id,
            membership_id=member.id,
            closes_at=clock.now() - timedelta(hours=1),
            reason="x",
        )
        session.add(passed)
    until = clock.now() + WEEK
    reopen(engine, closed, until)

    with clock.standing_at(until), transaction(engine) as session:
        assert service.close_due(session, make.settings, closed.id)


def test_from_page_to_page_it_is_opened_again_or_looked_at(engine, make, as_person, closed):
    with transaction(engine) as session:
        seminar = session.get_one(Seminar, closed.seminar_id)
    facilitator = as_person(make.member(seminar, Role.FACILITATOR))
    at = f"/seminars/{seminar.slug}/rounds/{closed.number}"
    page = facilitator.get(at).text
    assert "The result is counted and sealed" in page
    assert f"{at}/look" in page
    assert f"{at}/reopen" in page
    assert "Read the result" not in page
    assert "can never be opened again" in facilitator.get(f"{at}/look").text

    wrong = facilitator.post(f"{at}/reopen", data={"closes_at": "2031-01-01T12:00", "reason": ""})
    assert wrong.status_code == 422
    again = facilitator.post(f"{at}/reopen", data={"closes_at": "2031-01-01T12:00", "reason": "A storm."})
    assert (again.status_code, again.headers["location"]) == (303, at)
    assert "A storm." in facilitator.get(at).text
    facilitator.post(f"{at}/close")
    assert facilitator.post(f"{at}/look").status_code == 303
    assert facilitator.get(f"{at}/reopen").status_code == 409
    assert "Read the result before it is published" in facilitator.get(at).text


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ORGANISER])
def test_no_page_and_no_file_tells_the_staff_what_is_sealed(engine, make, as_person, closed, role):
    with transaction(engine) as session:
        seminar = session.get_one(Seminar, closed.seminar_id)
    browser = as_person(make.member(seminar, role))
    at = f"/seminars/{seminar.slug}"
    for path in (
        "",
        "/outcome",
        "/outcome/export.json",
        "/outcome/figures/overall-support.csv",
        "/outcome/figures/overall-support.svg",
        f"/rounds/{closed.number}",
        f"/rounds/{closed.number}/questions/Q1/export.csv",
        f"/rounds/{closed.number}/feedback",
        f"/rounds/{closed.number}/feedback/Q1",
        f"/rounds/{closed.number}/agenda",
        f"/rounds/{closed.number}/monitor",
        "/maps/items/W01",
    ):
        answer = browser.get(f"{at}{path}")
        assert "telling reason" not in answer.text, path
        assert "median" not in answer.text.lower() or answer.status_code != 200, path
