"""The monitor tells numbers of people and mails, day by day and from round to round."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from sqlmodel import Session, col, select

from app import clock
from app.db import transaction
from app.models import Membership, Message, Participation, Round
from app.models.ballots import Progress
from app.models.notifications import MessageState
from app.models.rounds import RoundState
from app.models.seminars import MembershipState
from app.monitor import queries
from app.policy import Role
from tests.results import voting

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def joined(engine, make, seminar):
    """The memberships of six experts."""
    people = [make.expert(seminar).id for _ in range(6)]
    with transaction(engine, write=False) as session:
        found = session.exec(select(Membership).where(Membership.seminar_id == seminar.id)).all()
    return sorted(found, key=lambda member: people.index(member.person_id))


def path(round_, seminar, rest=""):
    return f"/seminars/{seminar.slug}/rounds/{round_.number}/monitor{rest}"


@pytest.fixture
def course(engine, make):
    """Three of six experts submit, one a day; one only begins, one only looks."""
    seminar = make.seminar(timezone="Asia/Tokyo")
    experts = joined(engine, make, seminar)
    round_ = make.rating_round(seminar, 1, opened_at=NOON, opens_at=NOON, closes_at=NOON + timedelta(days=20))
    reached = [Progress.SUBMITTED] * 3 + [Progress.STARTED, Progress.OPENED]
    with transaction(engine) as session:
        for day, (expert, progress) in enumerate(zip(experts, reached, strict=False)):
            at = NOON + timedelta(days=day)
            session.add(
                Participation(
                    membership_id=expert.id,
                    round_id=round_.id,
                    progress=progress,
                    created_at=at,
                    started_on=None if progress is Progress.OPENED else at.date(),
                    submitted_at=at + timedelta(hours=4) if progress is Progress.SUBMITTED else None,
                )
            )
    return seminar, round_


def days(engine, round_, zone="UTC"):
    with transaction(engine, write=False) as session:
        return queries.course(session, session.get_one(Round, round_.id), zone)


def test_counts_rise_day_by_day(engine, course):
    _, round_ = course
    with clock.standing_at(NOON + timedelta(days=5)):
        found = days(engine, round_)
    assert [day.submitted for day in found] == [1, 2, 3, 3, 3, 3]
    assert [day.started for day in found] == [1, 2, 3, 4, 4, 4]
    assert [day.opened for day in found] == [1, 2, 3, 4, 5, 5]


def test_a_day_is_that_of_the_seminars_calendar(engine, course):
    _, round_ = course
    with clock.standing_at(NOON + timedelta(days=3)):
        found = days(engine, round_, "Asia/Tokyo")
    # submitted at 16 hours UTC: in Tokyo it was the day after
    assert [day.submitted for day in found] == [0, 1, 2, 3]


def test_who_has_left_the_seminar_is_not_counted(engine, course):
    _, round_ = course
    with transaction(engine) as session:
        member = session.exec(select(Membership).order_by(col(Membership.created_at)).limit(1)).one()
        member.state = MembershipState.WITHDRAWN
        session.add(member)
    with clock.standing_at(NOON + timedelta(days=5)):
        assert days(engine, round_)[-1].opened == 4


def test_before_it_is_opened_there_is_nothing_to_monitor(make, as_person):
    seminar = make.seminar()
    round_ = make.rating_round(seminar, 1, state=RoundState.DRAFT)
    assert as_person(make.member(seminar, Role.FACILITATOR)).get(path(round_, seminar)).status_code == 404


@pytest.mark.parametrize("role", [Role.EXPERT, Role.OBSERVER, Role.CLERK])
def test_it_is_for_the_staff(make, as_person, course, role):
    seminar, round_ = course
    reader = as_person(make.member(seminar, role))
    assert reader.get(path(round_, seminar)).status_code == 403
    assert reader.get(path(round_, seminar, "/course.csv")).status_code == 403


def test_the_page_states_its_finding_and_has_the_numbers_as_a_table(make, as_person, course):
    seminar, round_ = course
    html = as_person(make.member(seminar, Role.FACILITATOR)).get(path(round_, seminar)).text
    assert "3 of 6 experts have submitted; the quorum of 4 is not reached" in html
    assert "Experts who had come so far when the day was over" in html
    assert "style=" not in html


def test_the_figure_is_a_picture_or_numbers(make, as_person, course):
    seminar, round_ = course
    reader = as_person(make.member(seminar, Role.ORGANISER))
    for theme, width in (("light", "wide"), ("dark", "narrow")):
        svg = reader.get(path(round_, seminar, f"/course.svg?theme={theme}&width={width}"))
        assert ET.fromstring(svg.text).tag.endswith("svg")
    assert reader.get(path(round_, seminar, "/course.png")).content.startswith(b"\x89PNG")
    assert (
        reader.get(path(round_, seminar, "/course.csv")).text.splitlines()[0].lstrip("\ufeff")
        == "day,opened,started,submitted"
    )
    assert reader.get(path(round_, seminar, "/course.pdf")).status_code == 404


def mail(session: Session, member, round_, state: MessageState, kind="round_opened"):
    session.add(
        Message(kind=kind, membership_id=member.id, round_id=round_ and round_.id, state=state, due_at=NOON)
    )


def test_mails_are_counted_and_nobody_is_named(engine, make, as_person, course):
    seminar, round_ = course
    with transaction(engine) as session:
        members = session.exec(select(Membership).where(Membership.seminar_id == seminar.id)).all()
        states = [MessageState.SENT, MessageState.SENT, MessageState.FAILED, MessageState.QUEUED]
        for member, state in zip(members, states, strict=False):
            mail(session, member, round_, state)
        mail(session, members[4], None, MessageState.FAILED, "invitation")
    with transaction(engine, write=False) as session:
        (counted,) = queries.mails(session, session.get_one(Round, round_.id))
        assert (counted.waiting, counted.sent, counted.failed) == (1, 2, 1)
        assert queries.bounced_invitations(session, seminar) == 1
    html = as_person(make.member(seminar, Role.FACILITATOR)).get(path(round_, seminar)).text
    assert "The invitation of one expert could not be delivered" in html
    assert "@" not in html.partition("<main")[2].partition("</main>")[0]


def test_passages_count_who_stayed_left_and_came(engine, make):
    seminar = make.seminar()
    experts = joined(engine, make, seminar)
    plan = [make.rating_round(seminar, 1, state=RoundState.PUBLISHED) for _ in range(2)]
    with transaction(engine) as session:
        for round_, taking_part in zip(plan, (experts[:4], experts[2:]), strict=True):
            for expert in taking_part:
                session.add(
                    Participation(membership_id=expert.id, round_id=round_.id, progress=Progress.SUBMITTED)
                )
    with transaction(engine, write=False) as session:
        first, second = queries.passages(session, seminar)
    assert (first.submitted, first.stayed, first.left, first.came) == (4, None, None, None)
    assert (second.submitted, second.stayed, second.left, second.came) == (4, 2, 2, 2)


def test_leavers_who_stood_apart_are_a_finding_of_the_page(engine, make, as_person):
    seminar, first = voting.running(make, options=2)
    voting.cast(engine, first, [voting.alike(2, OV=2)] * 6 + [voting.alike(2, OV=8)] * 9)
    voting.close(engine, first, publish=True)
    second = make.rating_round(seminar, 2, previous=first)
    voting.cast(engine, second, [None] * 6 + [voting.alike(2, OV=8)] * 9)
    voting.close(engine, second, publish=True)
    html = as_person(make.member(seminar, Role.FACILITATOR)).get(path(second, seminar)).text
    assert "Yes: they had stood farther from the middle of the panel." in html
    assert "On 2 subjects the two groups differ more than chance would explain" in html
