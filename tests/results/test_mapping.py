"""Every question of a mapping round is counted by its type, and counted again alike."""

import json
from typing import Any

import pytest
from sqlmodel import select

from app.db import transaction
from app.models import Item, ItemLink, Proposal, Result, Round, Seal, Seminar
from app.models.proposals import ProposalState
from app.models.registers import Kind, LinkKind
from app.policy import Role
from app.results import disclosure, tallies
from app.results.recount import recompute
from app.results.sealed import BrokenSeal
from tests.results import mapping, voting


def covers(grade, sure=None, source=None, framework="FW-01", element="E01", why=""):
    said = {element: grade, f"{element}.sure": sure, f"{element}.source": source, "why": why}
    return {framework: {part: value for part, value in said.items() if value is not None}}


def everything(number):
    return {
        "Q1": mapping.plane(1 + number % 5, "cannot_say", "T01", why=f"Reason {number}."),
        "Q2": {"STK-01": {"INF": 5, "INT": 1 + number % 2}},
        "Q3": covers(number % 3, sure=2, source=f"Article {number % 2}", why=f"Read {number}."),
        "Q4": {"G01": {"for": f"For {number}."}, "O02": {"against": "Too dear."}},
    }


@pytest.fixture
def voted(engine, make):
    seminar, round_ = mapping.held(make)
    with transaction(engine) as session:
        items = {item.code: item.id for kind in ("framework", "element") for item in _items(session, kind)}
        link = {"source_id": items["FW-01"], "kind": LinkKind.COVERS, "target_id": items["E01"]}
        session.add(ItemLink(seminar_id=seminar.id, value="partial", **link))
        held = session.get_one(Seminar, seminar.id)
        held.mandate = {"resolution": {"id": "FW-02"}}
    panel = [mapping.vote(make, round_, everything(number)) for number in range(6)]
    with transaction(engine) as session:
        asked = mapping.question(session, round_, "Q5")
        states = ["draft", "submitted", "submitted", "accepted", "withdrawn"]
        for number, state in enumerate(states):
            session.add(
                Proposal(
                    seminar_id=seminar.id,
                    panellist_id=panel[number].id,
                    question_id=asked.id,
                    reference=f"P-{number}",
                    kind=Kind.GAP if number < 3 else Kind.THREAT,
                    state=ProposalState(state),
                    title="A telling title",
                )
            )
    return seminar, round_


def _items(session, kind):
    return session.exec(select(Item).where(Item.kind == Kind(kind))).all()


@pytest.fixture
def results(engine, make, voted):
    return voting.close(engine, voted[1], settings=make.settings)


def released(engine, round_, code, role=Role.FACILITATOR):
    with transaction(engine, write=False) as session:
        return disclosure.released_of(session, question=mapping.question(session, round_, code), roles=[role])


def test_each_question_has_a_result_of_its_own(results):
    assert [result.method for result in results] == [
        "colloquy-plane-2",
        "colloquy-plane-2",
        "colloquy-cover-2",
        "colloquy-comment-2",
        "colloquy-propose-1",
    ]
    assert len({result.input_digest for result in results}) == 5


def test_a_plane_has_a_distribution_for_each_axis_and_no_rank(engine, voted, results):
    tally = released(engine, voted[1], "Q1")
    threat = tally.option("T01")
    assert [scale.code for scale in tally.scales] == ["LIK", "IMP"]
    assert threat.by_criterion["LIK"].counts == [2, 1, 1, 1, 1]
    assert threat.by_criterion["IMP"].abstained == {"cannot_say": 6}
    assert (threat.rank, threat.score, threat.label, tally.kendall_w, tally.ranked_by) == (
        None,
        None,
        "",
        None,
        [],
    )
    assert tally.rationales == {"T01": [f"Reason {number}." for number in range(6)]}


def test_coverage_has_grades_sureness_sources_and_the_grade_of_the_register(engine, voted, results):
    tally = released(engine, voted[1], "Q3")
    cell, other = tally.cell("FW-01", "E01"), tally.cell("FW-01", "E02")
    assert (cell.n, cell.counts, cell.median, cell.grade, cell.sure) == (6, [2, 2, 2], 1.0, "partial", 2.0)
    assert (cell.sources, cell.hypothesis, cell.dont_know) == (["Article 0", "Article 1"], 1, 0)
    assert (other.n, other.grade, other.median, other.gap, other.divided) == (0, None, None, False, False)
    assert tally.own == "FW-02"
    assert [element.title for element in tally.elements] == ["Element 1", "Element 2", "Element 3"]
    assert tally.rationales["FW-01"] == [f"Read {number}." for number in range(6)]


def test_arguments_are_listed_by_side_and_tied_to_nothing(engine, voted, results):
    tally = released(engine, voted[1], "Q4")
    assert tally.of("G01") == {"for": [f"For {number}." for number in range(6)], "against": []}
    assert tally.of("O02") == {"for": [], "against": ["Too dear."] * 6}
    assert tally.of("G02") == {"for": [], "against": []}
    assert [subject.code for subject in tally.subjects] == ["G01", "G02", "O01", "O02"]


def test_of_proposals_only_numbers_are_kept(engine, voted, results):
    tally = released(engine, voted[1], "Q5")
    assert tally.counts == {"gap": {"submitted": 2}, "threat": {"accepted": 1, "withdrawn": 1}}
    assert tally.total == 4
    assert "telling" not in json.dumps(tally.as_numbers())
    assert "P-1" not in json.dumps(tally.as_numbers())


def test_every_result_is_read_back_as_it_was_frozen(results):
    for result in results:
        numbers = json.loads(json.dumps(result.numbers))
        tally = tallies.read(result.method, numbers)
        assert json.loads(json.dumps(tally.as_numbers())) == numbers
        assert (tally.submitted, tally.enrolled, tally.quorum_reached) == (6, 6, True)


def test_every_result_equals_its_recount_whatever_moderation_does_since(engine, voted, results):
    with transaction(engine) as session:
        for proposal in session.exec(select(Proposal)):
            proposal.state = ProposalState.DECLINED
        for link in session.exec(select(ItemLink)):
            session.delete(link)
        session.get_one(Seminar, voted[0].id).mandate = {}
    with transaction(engine, write=False) as session:
        assert [recompute(session, session.get_one(Result, one.id)).faults for one in results] == [()] * 5


CHANGES: dict[str, tuple[tuple[str, ...], Any, str]] = {
    "Q1": (("answers", "T01", "LIK"), 5, "ratings"),
    "Q2": (("rationales", "STK-01"), "Forged.", "rationales"),
    "Q3": (("answers", "FW-01", "E01"), "cannot_say", "grades"),
    "Q4": (("texts", "G01", "for"), "Forged.", "arguments"),
    "Q5": (("proposals",), ["P-9"], "proposals"),
}


@pytest.mark.parametrize("code", CHANGES)
def test_a_ballot_that_was_changed_is_named_in_the_one_result_that_it_touches(engine, results, code):
    path, value, part = CHANGES[code]
    with transaction(engine) as session:
        seal = session.exec(select(Seal).order_by(Seal.receipt)).all()[1]
        content = json.loads(json.dumps(seal.content))
        place = content["questions"].setdefault(code, {})
        for name in path[:-1]:
            place = place.setdefault(name, {})
        place[path[-1]] = value
        seal.content = content
    with transaction(engine, write=False) as session:
        faults = [recompute(session, session.get_one(Result, one.id)).faults for one in results]
    touched = int(code[1]) - 1
    assert faults[touched][0] == f"the {part} are not those that were counted"
    assert [place for place, found in enumerate(faults) if found] == [touched]


FROZEN: dict[str, list[tuple[tuple[str, ...], Any, str]]] = {
    "Q3": [
        (("cells", "FW-01", "E01", "counts"), [6, 0, 0], "numbers.cells.FW-01.E01.counts"),
        (("cells", "FW-01", "E01", "hypothesis"), 0, "the registers are not those"),
        (("own",), None, "the registers are not those"),
        (("cells", "FW-01", "E01", "sources"), ["Forged"], "numbers.cells.FW-01.E01.sources"),
        (("cells",), {}, "numbers.cells"),
        (("frameworks",), None, "cannot be read"),
    ],
    "Q4": [(("arguments", "G01", "for"), ["Forged."], "numbers.arguments.G01.for")],
    "Q5": [
        (("counts", "gap"), {"accepted": 9}, "the counts are not those"),
        (("sealed",), 3, "numbers.sealed"),
    ],
}


@pytest.mark.parametrize(
    ("code", "path", "value", "named"), [(code, *one) for code, some in FROZEN.items() for one in some]
)
def test_a_number_that_was_changed_is_named(engine, results, code, path, value, named):
    with transaction(engine) as session:
        stored = session.get_one(Result, results[int(code[1]) - 1].id)
        numbers = json.loads(json.dumps(stored.numbers))
        place = numbers
        for name in path[:-1]:
            place = place[name]
        place[path[-1]] = value
        stored.numbers = numbers
    with transaction(engine, write=False) as session:
        faults = recompute(session, session.get_one(Result, results[int(code[1]) - 1].id)).faults
    assert any(named in fault for fault in faults)


@pytest.mark.parametrize(
    "content",
    [
        {"questions": []},
        {"questions": {"Q1": {"answers": {"T01": {"LIK": 6}}}}},
        {"questions": {"Q1": {"answers": {"T01": {"LIK": True}}}}},
        {"questions": {"Q1": {"answers": [1]}}},
        {"questions": {"Q3": {"answers": {"FW-01": {"E01": 3}}}}},
        {"questions": {"Q3": {"answers": {"FW-01": {"E01": [0]}}}}},
        {"questions": {"Q3": {"answers": {"FW-01": {"E01": True}}}}},
        {"questions": {"Q3": {"answers": {"FW-01": {"E01": 1, "E01.sure": 4}}}}},
        {"questions": {"Q3": {"texts": {"FW-01": {"E01.source": 7}}}}},
        {"questions": {"Q3": {"rationales": {"FW-01": 7}}}},
        {"questions": {"Q4": {"texts": {"G01": {"for": 7}}}}},
        {"questions": {"Q4": {"texts": {"G01": 7}}}},
        {"questions": {"Q5": {"proposals": [7]}}},
        {"questions": {"Q5": {"proposals": [[]]}}},
        {"questions": {"Q5": 7}},
    ],
)
def test_a_ballot_that_no_question_can_have_sealed_is_a_clear_refusal(engine, make, voted, content):
    with transaction(engine) as session:
        session.exec(select(Seal)).all()[0].content = content
    with pytest.raises(BrokenSeal):
        voting.close(engine, voted[1], settings=make.settings)
    with transaction(engine) as session:
        assert session.get_one(Round, voted[1].id).state == "open"


def test_an_empty_round_closes_with_every_result(engine, make):
    _, round_ = mapping.held(make)
    results = voting.close(engine, round_, settings=make.settings, publish=True)
    assert len(results) == 5
    with transaction(engine, write=False) as session:
        assert all(recompute(session, session.get_one(Result, one.id)).equal for one in results)
