"""What of a mapping round is released, to whom, and which texts never are."""

import pytest
from sqlmodel import select

from app.db import transaction
from app.models import Round, Seminar
from app.models.registers import Kind
from app.models.rounds import RoundState
from app.policy import Role
from app.results import disclosure, queries, sealed
from app.results.disclosure import NotReleased, Withheld
from tests.results import mapping, voting

QUESTIONS = ("Q1", "Q2", "Q3", "Q4", "Q5")
MEMBERS = [Role.EXPERT, Role.OBSERVER]
SECRET = "A telling text"


def everything(text=SECRET):
    return {
        "Q1": mapping.plane(3, 4, "T01", why=text),
        "Q2": {"STK-01": {"INF": 5, "INT": 1, "why": text}},
        "Q3": {"FW-01": {"E01": 1, "E01.source": text, "why": text}},
        "Q4": {"G01": {"for": text, "against": text}},
    }


def released(engine, round_, code, role=Role.FACILITATOR):
    with transaction(engine, write=False) as session:
        return disclosure.released_of(session, question=mapping.question(session, round_, code), roles=[role])


def texts_of(tally):
    return str(tally.as_numbers())


@pytest.mark.parametrize("role", Role)
def test_of_an_open_mapping_no_function_tells_anything_to_anybody(engine, make, role):
    seminar, round_ = mapping.held(make)
    for _ in range(6):
        mapping.vote(make, round_, everything())
    with transaction(engine) as session:
        for code in QUESTIONS:
            question = mapping.question(session, round_, code)
            for door in (disclosure.released_of, disclosure.released_question_answers):
                with pytest.raises(NotReleased):
                    door(session, question=question, roles=[role])
            with pytest.raises(sealed.StillOpen):
                sealed.sheets(session, question)
        for type_ in ("rate", "cover", "comment", "propose"):
            assert disclosure.latest_of(session, seminar=seminar, roles=[role], type=type_) is None
        assert queries.results_of(session, session.get_one(Round, round_.id)) == []


@pytest.fixture
def closed(engine, make):
    seminar, round_ = mapping.held(make)
    for _ in range(6):
        mapping.vote(make, round_, everything())
    voting.close(engine, round_, settings=make.settings)
    return seminar, round_


@pytest.mark.parametrize("code", QUESTIONS)
def test_the_panel_waits_for_publication_and_staff_do_not(engine, closed, code):
    _, round_ = closed
    assert released(engine, round_, code, Role.ORGANISER).submitted == 6
    for role in MEMBERS:
        with pytest.raises(NotReleased):
            released(engine, round_, code, role)
    with transaction(engine) as session:
        session.get_one(Round, round_.id).state = RoundState.PUBLISHED
    assert {released(engine, round_, code, role).submitted for role in MEMBERS} == {6}


@pytest.mark.parametrize("code", QUESTIONS)
def test_a_mapping_of_too_few_is_withheld_from_everybody(engine, make, code):
    _, round_ = mapping.held(make)
    for _ in range(4):
        mapping.vote(make, round_, everything())
    voting.close(engine, round_, settings=make.settings, publish=True)
    for role in Role:
        with pytest.raises(Withheld):
            released(engine, round_, code, role)


def test_texts_of_few_raters_are_withheld_and_the_figures_stay(engine, make):
    _, round_ = mapping.held(make)
    for number in range(6):
        said = everything() if number < 4 else {"Q4": {"G01": {"for": "Another"}}}
        mapping.vote(make, round_, said)
    voting.close(engine, round_, settings=make.settings, publish=True)
    plane, cover = released(engine, round_, "Q1"), released(engine, round_, "Q3")
    cell = cover.cell("FW-01", "E01")
    assert SECRET not in texts_of(plane) + texts_of(cover)
    assert (plane.withheld, plane.option("T01").by_criterion["LIK"].n) == (["T01"], 4)
    assert (cover.withheld, cell.n, cell.sources, cell.sources_withheld) == (["FW-01"], 4, [], True)
    # who comments is not known: each of the six may have written it
    assert released(engine, round_, "Q4").of("G01")["against"] == [SECRET] * 4


@pytest.mark.parametrize("instead", [None, "A […] text"])
@pytest.mark.parametrize(("code", "item"), [("Q1", "T01"), ("Q2", "STK-01"), ("Q3", "FW-01"), ("Q4", "G01")])
def test_a_held_text_is_nowhere_and_what_was_let_through_instead_is(engine, closed, code, item, instead):
    _, round_ = closed
    with transaction(engine) as session:
        mapping.hold_back(session, round_, code, item, SECRET, instead)
    for role in (Role.FACILITATOR, Role.ORGANISER):
        tally = texts_of(released(engine, round_, code, role))
        assert SECRET not in tally
        assert ("A […] text" in tally) is (instead is not None)
    others = [other for other in ("Q1", "Q2", "Q3", "Q4") if other != code]
    assert all(SECRET in texts_of(released(engine, round_, other)) for other in others)


def test_a_held_text_says_nothing_by_its_place(engine, make):
    _, round_ = mapping.held(make)
    for text in ("Alpha", "Mu", "Omega", "Beta", "Zeta"):
        mapping.vote(make, round_, everything(text))
    voting.close(engine, round_, settings=make.settings)
    with transaction(engine) as session:
        mapping.hold_back(session, round_, "Q4", "G01", "Beta", "Tau")
    assert released(engine, round_, "Q4").of("G01")["for"] == ["Alpha", "Mu", "Omega", "Tau", "Zeta"]


def test_a_text_held_on_one_item_is_not_held_on_another(engine, make):
    _, round_ = mapping.held(make)
    for _ in range(5):
        mapping.vote(make, round_, {"Q4": {code: {"for": SECRET} for code in ("G01", "G02")}})
    voting.close(engine, round_, settings=make.settings)
    with transaction(engine) as session:
        mapping.hold_back(session, round_, "Q4", "G01", SECRET)
    tally = released(engine, round_, "Q4")
    assert (tally.of("G01")["for"], tally.of("G02")["for"]) == ([], [SECRET] * 5)


def test_a_held_reason_leaves_the_ranking_too(engine, make):
    seminar, round_ = voting.running(make, options=1, experts=5)
    voting.cast(engine, round_, [voting.alike(1, OV=7, C1=6, C2=5, why=SECRET)] * 5)
    voting.close(engine, round_, publish=True)
    with transaction(engine) as session:
        mapping.hold_back(session, round_, "Q1", "W01", SECRET)
    with transaction(engine) as session:
        there = session.get_one(Round, round_.id)
        roles = [Role.ORGANISER]
        assert disclosure.released(session, round_=there, roles=roles).rationales == {}
        assert disclosure.released_answers(session, round_=there, roles=roles).rationales == {}
        found = disclosure.latest_released(session, seminar=seminar, roles=roles)
        assert found is not None
        assert SECRET not in str(found[1])


def test_only_those_who_may_export_get_single_ballots(engine, closed):
    with transaction(engine, write=False) as session:
        session.get_one(Round, closed[1].id)
        for code in QUESTIONS:
            question = mapping.question(session, closed[1], code)
            with pytest.raises(NotReleased):
                disclosure.released_question_answers(session, question=question, roles=MEMBERS)
        cover, comment = (mapping.question(session, closed[1], code) for code in ("Q3", "Q4"))
        rows = disclosure.released_question_answers(session, question=cover, roles=[Role.ORGANISER])
        assert rows is not None
        assert rows.columns[:3] == ["row", "FW-01.E01", "FW-01.E01.sure"]
        assert [row[:3] for row in rows.rows] == [[number, 1, None] for number in range(1, 7)]
        assert not any(isinstance(cell, str) for row in rows.rows for cell in row)
        texts = disclosure.released_question_answers(session, question=comment, roles=[Role.ORGANISER])
        assert texts is None


def test_the_latest_result_is_found_by_type_subject_and_layout(engine, make, closed):
    seminar, _ = closed
    later = make.mapping_round(seminar)
    with transaction(engine) as session:
        held = session.get_one(Seminar, seminar.id)
        staff = [Role.FACILITATOR]

        def latest(**wanted):
            found = disclosure.latest_of(session, seminar=held, roles=staff, **wanted)
            return found and (found.round_.number, found.question.code)

        assert latest(type="rate", layout="plane", about=Kind.THREAT) == (0, "Q1")
        assert latest(type="rate", layout="plane", about=Kind.STAKEHOLDER) == (0, "Q2")
        assert latest(type="rate", layout="cards") is None
        assert latest(type="cover") == (0, "Q3")
        assert latest(type="comment", about=Kind.OPPORTUNITY) == (0, "Q4")
        assert latest(type="comment", about=Kind.OPTION) is None
        assert latest(type="propose", about=Kind.GAP) == (0, "Q5")
        assert latest(type="propose", about=Kind.OPTION) is None
        assert disclosure.latest_released(session, seminar=held, roles=staff) is None
    for _ in range(5):
        mapping.vote(make, later, everything())
    voting.close(engine, later, settings=make.settings)
    with transaction(engine, write=False) as session:
        found = disclosure.latest_of(session, seminar=seminar, roles=staff, type="cover")
        assert found is not None
        assert found.round_.number == later.number
        assert disclosure.latest_of(session, seminar=seminar, roles=MEMBERS, type="cover") is None


def test_a_plane_is_never_the_basis_of_a_ranking(engine, make, closed):
    seminar, round_ = closed
    with transaction(engine) as session:
        session.exec(select(Round)).one().state = RoundState.PUBLISHED
        with pytest.raises(NotReleased):
            disclosure.released(session, round_=session.get_one(Round, round_.id), roles=[Role.ORGANISER])
        assert disclosure.latest_released(session, seminar=seminar, roles=[Role.ORGANISER]) is None
