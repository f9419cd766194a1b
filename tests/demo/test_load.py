"""The demonstration: what is in it, and that it is the same each time and never loaded twice."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, func, select

from app import clock
from app.admin.integrity import first_fault
from app.ballots import queries as ballots
from app.db import transaction
from app.demo import service
from app.demo.story import SLUG
from app.dissent import news
from app.dissent import queries as dissent
from app.models import Invitation, Membership, Message, Person, Seminar
from app.models.notifications import MessageState
from app.models.registers import Kind
from app.models.rounds import RoundState
from app.models.seminars import MembershipState
from app.policy import Role
from app.registers import queries as registers
from app.results import disclosure
from app.rounds import queries as rounds
from app.seminars import pseudonyms
from tests import demonstrations


@pytest.fixture
def demo(demo_engine):
    """A session on the demonstration."""
    with transaction(demo_engine, write=False) as session:
        yield session


@pytest.fixture
def seminar(demo):
    return service.find(demo)


def published(session):
    """The result that an expert sees."""
    seminar = service.find(session)
    assert seminar
    found = disclosure.latest_released(session, seminar=seminar, roles={Role.EXPERT})
    assert found
    return found[1]


def test_it_is_marked_as_synthetic_and_so_is_everybody_in_it(demo, seminar):
    assert seminar.synthetic
    people = demo.exec(select(Person)).all()
    assert all(person.name.startswith("Synthetic ") for person in people)
    assert all(person.email.endswith("@example.org") for person in people)


def test_one_minority_statement_is_printed_and_one_waits_for_the_visitor(demo, seminar):
    found = dissent.released(demo, seminar=seminar, roles={Role.OBSERVER})
    assert [(code, one.size, one.wording) for code, (one,) in found.items()] == [
        ("W25", "a few participants", 2)
    ]
    expert = service.find_person(demo, Role.EXPERT)
    assert expert is not None
    member = demo.exec(select(Membership).where(Membership.person_id == expert.id)).one()
    settings = demonstrations.settings(Path())
    her = pseudonyms.panellist_of(demo, settings, member)
    told = news.news(demo, seminar=seminar, roles={Role.EXPERT}, panellist=her)
    assert (told.to_approve, told.released) == (1, 0)


def test_it_has_the_content_of_the_template(demo, seminar):
    counts = {kind: len(registers.items(demo, seminar=seminar, kind=kind)) for kind in Kind}
    assert counts[Kind.ELEMENT] == 12
    assert counts[Kind.OPTION] == 26
    assert counts[Kind.STAKEHOLDER] == 85 + 1  # one was proposed and accepted
    assert counts[Kind.FRAMEWORK] == 39


def test_three_rounds_are_published_and_one_is_open(demo, seminar):
    plan = rounds.plan(demo, seminar)
    assert [round_.state for round_ in plan] == [
        RoundState.PUBLISHED,
        RoundState.PUBLISHED,
        RoundState.PUBLISHED,
        RoundState.OPEN,
        RoundState.DRAFT,
    ]
    assert plan[3].closes_at is not None
    assert timedelta(days=8) < plan[3].closes_at - clock.now() < timedelta(days=11)
    opened = [round_.opened_at for round_ in plan[:4] if round_.opened_at]
    assert opened == sorted(opened)
    assert opened[3] < clock.now()


def test_the_panel_is_of_forty_one_and_three_who_have_not_come(demo, seminar):
    states = demo.exec(
        select(Membership.state).where(Membership.seminar_id == seminar.id, Membership.role == Role.EXPERT)
    ).all()
    assert states.count(MembershipState.JOINED) == 41
    assert states.count(MembershipState.DECLINED) == 1
    assert states.count(MembershipState.INVITED) == 2


def test_it_is_rated_by_most_and_again_by_fewer(demo, seminar):
    _, _, rating, rerating, _ = rounds.plan(demo, seminar)
    assert rounds.participation(demo, rating, seminar.min_group).whole.submitted == 38
    again = rounds.participation(demo, rerating, seminar.min_group).whole
    assert (again.submitted, again.started) == (31, 35)


def test_the_visitor_has_begun_and_not_finished(demo, seminar, tmp_path):
    person = service.find_person(demo, Role.EXPERT)
    assert person
    membership = demo.exec(select(Membership).where(Membership.person_id == person.id)).one()
    panellist = pseudonyms.panellist_of(demo, demonstrations.settings(tmp_path), membership)
    _, _, rating, rerating, _ = rounds.plan(demo, seminar)
    assert ballots.progress(demo, round_=rating, panellist=panellist).submitted
    progress = ballots.progress(demo, round_=rerating, panellist=panellist)
    assert (progress.asked, progress.answered, progress.complete) == (26, 8, 8)
    assert not progress.submitted


def test_the_shapes_of_the_hints_are_in_the_result(demo):
    tally = published(demo)
    labels = {option.code: option.label for option in tally.options}
    assert labels["W02"] == "broad_agreement"
    assert labels["W13"] == "divergent_views"
    assert labels["W25"] in {"limited_support", "divergent_views"}
    assert len(set(labels.values())) >= 5
    assert {excuse for o in tally.options for excuse in o.by_criterion["OV"].abstained} == {
        "no_expertise",
        "cannot_say",
        "prefer_not",
    }
    assert all(tally.rationales.get(option.code) for option in tally.options)


def test_every_reason_is_there_only_once(demo):
    tally = published(demo)
    reasons = [reason for texts in tally.rationales.values() for reason in texts]
    assert len(reasons) == len(set(reasons)) > 100


def test_everything_in_it_stands_up_to_a_check(demo):
    assert first_fault(demo) is None


def test_no_mail_is_waiting_for_people_who_do_not_exist(demo):
    assert demo.exec(select(func.count()).select_from(Invitation)).one() > 40
    assert set(demo.exec(select(Message.state))) == {MessageState.SENT}


def test_a_second_run_finds_it_and_keeps_the_data(demo_engine, tmp_path):
    with transaction(demo_engine) as session:
        session.exec(select(Seminar)).one().title = "Renamed by a visitor"
    assert service.load(demo_engine, demonstrations.settings(tmp_path)).title == "Renamed by a visitor"
    with Session(demo_engine) as session:
        assert session.exec(select(func.count()).select_from(Seminar)).one() == 1


def test_it_is_the_same_each_time(demo_engine, engine, tmp_path):
    with transaction(demo_engine, write=False) as session:
        first = demonstrations.unsalted(published(session))
    service.load(engine, demonstrations.settings(tmp_path))
    with transaction(engine, write=False) as session:
        assert demonstrations.unsalted(published(session)) == first


def test_it_does_not_touch_a_real_seminar_of_that_address(engine, make, tmp_path):
    make.seminar(slug=SLUG)
    with pytest.raises(service.NotSynthetic):
        service.load(engine, demonstrations.settings(tmp_path))
