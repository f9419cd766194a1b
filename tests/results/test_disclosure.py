"""Numbers leave by one door, which asks the round's state, the roles and the minimum group."""

import ast

import pytest
from sqlmodel import select

from app.aggregation import rank_acceptability
from app.db import transaction
from app.models import Question, Round, Seminar
from app.policy import Role
from app.results import disclosure, matrix, queries, sealed
from app.results.disclosure import NotReleased, Withheld
from app.settings import ROOT
from tests.results import voting

STAFF = [Role.FACILITATOR, Role.ORGANISER]
MEMBERS = [Role.EXPERT, Role.OBSERVER]


def counted(engine, make, *, experts=5, options=2, published=False, ballot=None, **fields):
    seminar, round_ = voting.running(make, options=options, experts=experts, **fields)
    voting.cast(engine, round_, [ballot or voting.alike(options, OV=7, C1=6, C2=5, why="Because.")] * experts)
    voting.close(engine, round_, publish=published)
    return seminar, round_


def released(engine, round_, *roles):
    with transaction(engine, write=False) as session:
        return disclosure.released(session, round_=session.get_one(Round, round_.id), roles=roles)


@pytest.mark.parametrize("role", Role)
def test_of_an_open_round_no_function_tells_anything_to_anybody(engine, make, role):
    seminar, round_ = voting.running(make, experts=6)
    voting.cast(engine, round_, [voting.alike(3, OV=7)] * 6)
    with transaction(engine) as session:
        held = session.get_one(Round, round_.id)
        question = session.exec(select(Question).where(Question.round_id == round_.id)).one()
        for door in (disclosure.released, disclosure.released_answers):
            with pytest.raises(NotReleased):
                door(session, round_=held, roles=[role])
        assert disclosure.latest_released(session, seminar=seminar, roles=[role]) is None
        assert queries.results_of(session, held) == []
        assert queries.counted(session, held) is None
        with pytest.raises(sealed.StillOpen):
            matrix.load(session, question)


@pytest.mark.parametrize("role", STAFF)
def test_staff_read_a_closed_round_before_it_is_published(engine, make, role):
    _, round_ = counted(engine, make)
    assert released(engine, round_, role).submitted == 5


@pytest.mark.parametrize("role", MEMBERS)
def test_the_panel_and_observers_wait_for_publication(engine, make, role):
    _, closed = counted(engine, make)
    with pytest.raises(NotReleased):
        released(engine, closed, role)
    _, published = counted(engine, make, published=True)
    assert released(engine, published, role).submitted == 5


def test_nobody_is_somebody_without_a_role(engine, make):
    _, round_ = counted(engine, make, published=True)
    with pytest.raises(NotReleased):
        released(engine, round_)


def test_a_result_of_too_few_is_withheld_from_everybody(engine, make):
    seminar, round_ = counted(engine, make, experts=4, published=True)
    for role in Role:
        with pytest.raises(Withheld) as refusal:
            released(engine, round_, role)
        assert "fewer than 5 experts" in str(refusal.value)
        with transaction(engine, write=False) as session:
            assert disclosure.latest_released(session, seminar=seminar, roles=[role]) is None


def test_the_minimum_is_the_seminars_own(engine, make):
    _, round_ = counted(engine, make, experts=3, min_group=3, published=True)
    assert released(engine, round_, Role.EXPERT).submitted == 3


def test_rationales_of_an_option_that_few_rated_are_withheld_and_the_rest_stays(engine, make):
    seminar, round_ = voting.running(make, options=2, experts=6)
    most = voting.alike(2, OV=7, why="Because.")
    away: voting.Said = {
        "W01": {"OV": 7, "why": "Because."},
        "W02": {"OV": "no_expertise", "why": "I know too little."},
    }
    voting.cast(engine, round_, [most] * 4 + [away] * 2)
    voting.close(engine, round_)
    tally = released(engine, round_, Role.FACILITATOR)
    assert tally.withheld == ["W02"]
    assert list(tally.rationales) == ["W01"]
    assert tally.option("W02").by_criterion["OV"].n == 4
    with transaction(engine) as session:
        # what is frozen keeps them: the minimum may be changed to a stricter one, never the result
        (result,) = queries.results_of(session, session.get_one(Round, round_.id))
        assert "W02" in result.numbers["rationales"]
        session.get_one(Seminar, seminar.id).min_group = 7
    with pytest.raises(Withheld):
        released(engine, round_, Role.FACILITATOR)


@pytest.mark.parametrize(("both", "told"), [(4, False), (5, True)])
def test_how_few_moved_between_rounds_is_not_told(engine, make, both, told):
    # the organiser sees by name who submitted in which round, so these few are people she can name
    seminar, first = voting.running(make, options=1, experts=6)
    voting.cast(engine, first, [voting.alike(1, OV=9)] * 6)
    voting.close(engine, first, publish=True)
    second = make.rating_round(seminar, 2, previous=first)
    newcomers: list[voting.Said | None] = [voting.alike(1, OV=2)] * 3
    stayed: list[voting.Said | None] = [voting.alike(1, OV=2)] * both
    voting.cast(engine, second, [*stayed, *[None] * (6 - both), *newcomers])
    voting.close(engine, second)
    option = released(engine, second, Role.ORGANISER).option("W01")
    assert (option.movement is not None) is told
    assert option.evolving is told
    assert option.by_criterion["OV"].n == both + 3


def test_the_latest_released_round_is_the_last_that_the_roles_may_see(engine, make):
    seminar, first = counted(engine, make, published=True)
    second = make.rating_round(seminar, 2, previous=first)
    voting.cast(engine, second, [voting.alike(2, OV=9)] * 5)

    def latest(role):
        with transaction(engine, write=False) as session:
            found = disclosure.latest_released(session, seminar=seminar, roles=[role])
            assert found is not None
            assert found[1].round_number == found[0].number
            return found[0].id

    assert {latest(role) for role in Role} == {first.id}
    voting.close(engine, second)
    assert [latest(role) for role in (*STAFF, *MEMBERS)] == [second.id, second.id, first.id, first.id]


def test_exporters_get_the_answers_without_what_ties_them_to_anything(engine, make):
    _, round_ = counted(engine, make, published=True)
    with transaction(engine, write=False) as session:
        held = session.get_one(Round, round_.id)
        panel = disclosure.released_answers(session, round_=held, roles=[Role.FACILITATOR])
        tally = disclosure.released(session, round_=held, roles=[Role.FACILITATOR])
        with pytest.raises(NotReleased):
            disclosure.released_answers(session, round_=held, roles=[Role.EXPERT, Role.OBSERVER])
    assert panel.pairs is None
    assert panel.ratings.shape == (5, 2, 3)
    used = [place for place, scale in enumerate(panel.scales) if scale.code in tally.ranked_by]
    drawn = rank_acceptability(
        panel.ratings[:, :, used],
        [panel.scales[place].weight for place in used],
        replicates=tally.replicates,
        seed=tally.seed,
    )
    by_code = {option.code: option.expected_rank for option in tally.options}
    assert [by_code[option.code] for option in panel.options] == list(drawn.expected_rank)


def test_no_other_room_reads_frozen_numbers():
    # admin.integrity hands them to the recount and reads nothing in them
    allowed = {"results", "models"}
    readers = {
        path.relative_to(ROOT / "app").as_posix()
        for path in (ROOT / "app").rglob("*.py")
        if path.relative_to(ROOT / "app").parts[0] not in allowed
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app.models")
        if any(name.name == "Result" for name in node.names)
    }
    assert readers == {"admin/integrity.py"}
