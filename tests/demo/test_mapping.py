"""The demonstration's first two rounds: what its panel mapped, argued and proposed, and what became of it."""

import re
from collections import Counter
from itertools import chain
from statistics import mean

import pytest
from sqlmodel import col, select

from app.db import transaction
from app.demo import service
from app.models import Item, ItemVersion, Membership, Participation, Proposal, Remark, Result, Subject
from app.models.ballots import Progress
from app.models.proposals import ProposalState
from app.models.registers import Kind
from app.moderation import queries as moderation
from app.policy import Role
from app.proposals import queries as proposals
from app.registers import history
from app.registers.queries import items
from app.results import disclosure
from app.results.spread import is_divided
from app.rounds import queries as rounds
from app.seminars import pseudonyms
from tests import demonstrations

PANEL = {Role.EXPERT}


@pytest.fixture
def demo(demo_engine):
    """A session on the demonstration."""
    with transaction(demo_engine, write=False) as session:
        yield session


@pytest.fixture
def seminar(demo):
    return service.find(demo)


def home(session):
    seminar = service.find(session)
    assert seminar
    return seminar


def plane(session, about):
    found = disclosure.latest_of(
        session, seminar=home(session), roles=PANEL, type="rate", about=about, layout="plane"
    )
    assert found
    return found.tally


def coverage(session):
    found = disclosure.latest_of(session, seminar=home(session), roles=PANEL, type="cover")
    assert found
    return found.tally


def arguments(session, about):
    found = disclosure.latest_of(session, seminar=home(session), roles=PANEL, type="comment", about=about)
    assert found
    return found.tally.arguments


def test_the_first_rounds_have_their_quorum(demo, seminar):
    mapping, commenting, *_ = rounds.plan(demo, seminar)
    held = [rounds.participation(demo, one, seminar.min_group) for one in (mapping, commenting)]
    assert [one.whole.submitted for one in held] == [36, 28]
    assert all(one.has_quorum for one in held)


def test_threats_lie_apart_and_the_panel_is_of_two_minds_about_three(demo):
    tally = plane(demo, Kind.THREAT)
    medians = {tuple(option.by_criterion[axis].median for axis in ("LIK", "IMP")) for option in tally.options}
    assert len(tally.options) == 16
    assert len(medians) >= 8
    assert {
        option.code
        for option in tally.options
        for one in option.by_criterion.values()
        if is_divided(one.counts)
    } == {"T03", "T05", "T12"}
    assert all(tally.rationales[option.code] for option in tally.options)


def test_threats_are_compared_by_sectors_that_are_large_enough_and_stakeholders_by_none(demo, seminar):
    shown = [
        group.code
        for group in plane(demo, Kind.THREAT).groups
        if any(cells for cells in group.by_item.values())
    ]
    assert set(shown) == {"SEC-UNS", "SEC-REG", "SEC-LAW", "SEC-CSO"}
    assert plane(demo, Kind.STAKEHOLDER).groups == []


def test_every_stakeholder_has_its_place_and_those_of_one_level_are_alike(demo, seminar):
    tally = plane(demo, Kind.STAKEHOLDER)
    assert len(tally.options) == 85
    assert all(one.n >= seminar.min_group for option in tally.options for one in option.by_criterion.values())
    view = {option.code: option.by_criterion for option in tally.options}
    levels = {one.code: one.fields["level"] for one in items(demo, seminar=seminar, kind=Kind.STAKEHOLDER)}
    leaning = {
        level: mean(view[code]["INF"].mean - view[code]["INT"].mean for code in view if levels[code] == level)
        for level in ("national", "industry", "civil_society")
    }
    assert leaning["civil_society"] < 0 < min(leaning["national"], leaning["industry"])
    of_two_minds = {
        code for code, axes in view.items() if any(is_divided(one.counts) for one in axes.values())
    }
    assert {"STK-ECOM", "STK-COMM", "STK-PSC"} <= of_two_minds
    assert len(of_two_minds) < 10


def test_nine_of_the_ten_who_know_the_programme_say_the_same_and_where_it_can_be_read(demo):
    cell = coverage(demo).cell("FW-PGS", "E10")
    assert (cell.counts, cell.grade, cell.dont_know) == ([1, 9, 0], "partial", 0)
    assert len(cell.sources) == 9


def test_coverage_is_scattered_around_the_hypothesis_and_here_and_there_contradicts_it(demo):
    tally = coverage(demo)
    cells = [cell for row in tally.cells.values() for cell in row.values()]
    assert len(cells) == 39 * 12
    other = [cell for cell in cells if cell.grade != ("none", "partial", "full")[cell.hypothesis]]
    assert 10 <= len(other) <= 60
    assert sum(cell.dont_know for cell in cells) > 300
    assert any(cell.divided for cell in cells)
    assert sum(cell.sure is not None for cell in cells) > 300
    # experts answer for the frameworks that they know
    assert max(cell.n + cell.dont_know for cell in cells) < 30


def test_there_are_arguments_on_both_sides_and_each_is_made_once(demo):
    findings, options = arguments(demo, Kind.GAP), arguments(demo, Kind.OPTION)
    assert len(findings) == 32
    assert len(options) >= 20
    texts = [
        text
        for found in (findings, options)
        for sides in found.values()
        for text in chain.from_iterable(sides.values())
    ]
    assert len(texts) == len(set(texts)) > 100
    assert all(sides["for"] and sides["against"] for sides in findings.values())


def test_everything_that_was_written_keeps_to_policy(demo):
    """A few words that would betray operational detail, addresses or names of people."""
    planes = [plane(demo, kind).rationales for kind in (Kind.THREAT, Kind.STAKEHOLDER)]
    texts = [text for found in planes for some in found.values() for text in some]
    texts += [one.text for one in demo.exec(select(Proposal))]
    texts += [one.text for one in demo.exec(select(Remark))]
    assert texts
    telling = re.compile(
        r"@|https?:|\d{4,}|recipe|detonat|circuit|route to|\bMr\b|\bMs\b|\bDr\b", re.IGNORECASE
    )
    assert [text for text in texts if telling.search(text)] == []


def test_proposals_went_each_its_way(demo):
    states = Counter((one.kind, one.state) for one in demo.exec(select(Proposal)))
    assert states == {
        (Kind.STAKEHOLDER, ProposalState.ACCEPTED): 1,
        (Kind.GAP, ProposalState.MERGED): 1,
        (Kind.GAP, ProposalState.WITHDRAWN): 1,
        (Kind.OPPORTUNITY, ProposalState.DECLINED): 1,
        (Kind.OPTION, ProposalState.MERGED): 1,
        (Kind.OPTION, ProposalState.DECLINED): 1,
        (Kind.PRACTICE, ProposalState.SUBMITTED): 1,
        (Kind.GAP, ProposalState.SUBMITTED): 1,
    }
    decided = demo.exec(select(Proposal).where(col(Proposal.state).in_(proposals.DECIDED))).all()
    assert all(one.reason for one in decided)


def test_two_proposals_wait_for_the_facilitator(demo, seminar, visitor):
    waiting = moderation.queue(demo, seminar=seminar)[ProposalState.SUBMITTED]
    assert {one.kind for one in waiting} == {Kind.PRACTICE, Kind.GAP}
    assert seminar.proposing == ["practice", "gap", "opportunity"]
    page = visitor("facilitator").get("/seminars/unscr-2370-op12/moderation")
    assert all(one.title in page.text for one in waiting)


def test_the_visitor_was_asked_about_a_proposal_answered_and_reads_what_became_of_it(
    demo, seminar, visitor, tmp_path
):
    person = service.find_person(demo, Role.EXPERT)
    assert person
    membership = demo.exec(select(Membership).where(Membership.person_id == person.id)).one()
    panellist = pseudonyms.panellist_of(demo, demonstrations.settings(tmp_path), membership)
    mine = proposals.mine(demo, seminar=seminar, panellist=panellist)
    assert [(one.kind, one.state) for one in mine] == [(Kind.STAKEHOLDER, ProposalState.ACCEPTED)]
    assert [remark.by_author for remark in mine[0].remarks] == [False, True, False]
    page = visitor("expert").get(f"/seminars/{seminar.slug}/proposals/{mine[0].reference}")
    assert page.status_code == 200
    assert mine[0].remarks[1].text in page.text


def test_the_reworded_option_means_the_same_and_is_rated_in_its_new_words(demo, seminar):
    option = demo.exec(select(Item).where(Item.seminar_id == seminar.id, Item.code == "W20")).one()
    latest = demo.exec(
        select(ItemVersion).where(ItemVersion.item_id == option.id, ItemVersion.number == 2)
    ).one()
    assert (option.version, latest.minor) == (2, True)
    assert "the date of its last check" in latest.text
    rating = rounds.plan(demo, seminar)[2]
    question = rounds.rate_question(demo, rating)
    assert question
    asked = demo.exec(
        select(Subject).where(Subject.question_id == question.id, Subject.item_id == option.id)
    ).one()
    assert asked.item_version == 2
    assert [change.kind for change in history.changes(demo, option)] == ["reworded"]
    assert len(rounds.subjects(demo, question)) == 26


def test_who_took_part_has_submitted(demo, seminar):
    for round_ in rounds.plan(demo, seminar)[:2]:
        steps = demo.exec(select(Participation.progress).where(Participation.round_id == round_.id)).all()
        assert set(steps) == {Progress.SUBMITTED}


def test_the_maps_are_the_same_each_time(demo_engine, engine, tmp_path):
    def numbers(session):
        found = [plane(session, Kind.THREAT), plane(session, Kind.STAKEHOLDER), coverage(session)]
        found = [demonstrations.unsalted(tally) for tally in found]
        return found, arguments(session, Kind.GAP), arguments(session, Kind.OPTION)

    with transaction(demo_engine, write=False) as session:
        first = numbers(session)
    service.load(engine, demonstrations.settings(tmp_path))
    with transaction(engine, write=False) as session:
        assert numbers(session) == first


def test_every_question_that_was_asked_has_its_result(demo, seminar):
    plan = rounds.plan(demo, seminar)
    asked = [question.id for round_ in plan[:3] for question in rounds.questions(demo, round_)]
    assert set(demo.exec(select(Result.question_id))) == set(asked)
    assert len(asked) == 5 + 2 + 1
