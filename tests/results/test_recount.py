"""A frozen result can be counted again, and what was changed since is named."""

import pytest
from sqlmodel import select

from app.db import transaction
from app.models import AnswerRevision, Criterion, ItemVersion, Membership, Result, Seal, Seminar
from app.models.seminars import MembershipState
from app.results.recount import recompute
from tests.results import voting
from tests.results.panels import wording


@pytest.fixture
def result(engine, make):
    seminar, first = voting.running(make, options=2, experts=6, wording=wording())
    voting.cast(engine, first, [voting.alike(2, OV=n, C1=6, C2=5) for n in range(3, 9)])
    voting.close(engine, first)
    second = make.rating_round(seminar, 2, previous=first)
    voting.cast(engine, second, [voting.alike(2, OV=n, C1=5, C2=7, why=f"For {n}.") for n in range(4, 10)])
    (result,) = voting.close(engine, second)
    return result


def faults(engine, result):
    with transaction(engine, write=False) as session:
        return recompute(session, session.get_one(Result, result.id)).faults


def test_an_untouched_result_is_equal_to_its_recount(engine, result):
    assert faults(engine, result) == ()


def test_what_may_change_after_closing_changes_no_recount(engine, make, result):
    with transaction(engine) as session:
        seminar = session.exec(select(Seminar)).one()
        session.exec(select(Membership)).all()[0].state = MembershipState.WITHDRAWN
        for answer in session.exec(select(AnswerRevision)):
            answer.score = 1  # drafts: what counts is what was sealed
    make.expert(seminar)
    assert faults(engine, result) == ()


def seal_of(session, round_number):
    return next(
        seal
        for seal in session.exec(select(Seal).order_by(Seal.receipt)).all()[::-1]
        if bool(seal.content["rationales"]) == (round_number == 1)
    )


def change_rating(session):
    seal = seal_of(session, 1)
    answers = seal.content["answers"] | {"W01": {"OV": 1, "C1": 5, "C2": 7}}
    seal.content = seal.content | {"answers": answers}


def change_rationale(session):
    seal = seal_of(session, 1)
    seal.content = seal.content | {"rationales": {"W01": "Forged."}}


def change_round_before(session):
    seal = seal_of(session, 0)
    seal.content = seal.content | {"answers": {"W01": {"OV": 9}, "W02": {"OV": 9}}}


def change_weight(session):
    session.exec(select(Criterion).where(Criterion.code == "C1")).one().weight = 1


def change_rules(session):
    seminar = session.exec(select(Seminar)).one()
    labels = [label | {"when": label["when"].replace("0.80", "0.70")} for label in seminar.wording["labels"]]
    seminar.wording = seminar.wording | {"labels": labels}


def change_title(session):
    session.exec(select(ItemVersion)).all()[0].title = "Another title"


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (change_rating, "ratings"),
        (change_rationale, "rationales"),
        (change_round_before, "before"),
        (change_weight, "scales"),
        (change_rules, "wording"),
        (change_title, "question"),
    ],
)
def test_a_changed_part_of_the_input_is_named(engine, result, change, part):
    with transaction(engine) as session:
        change(session)
    found = faults(engine, result)
    assert found[0] == f"the {part} are not those that were counted"


def changed(numbers, *path, to):
    if not path:
        return to
    head, *rest = path
    copy = list(numbers) if isinstance(numbers, list) else dict(numbers)
    copy[head] = changed(numbers[head], *rest, to=to)
    return copy


@pytest.mark.parametrize(
    ("path", "to", "named"),
    [
        (("options", 0, "score"), 9.9, "numbers.options[0].score"),
        (("options", 1, "label"), "broad_agreement", "numbers.options[1].label"),
        (("rationales", "W01", 0), "Forged.", "numbers.rationales.W01[0]"),
        (("submitted",), 40, "numbers.submitted"),
        (("inputs", "ratings"), "0" * 64, "the ratings are not those"),
        (("options",), [], "numbers.options"),
        (("scales",), None, "the frozen numbers cannot be read"),
        (("stray",), 1, "the frozen numbers cannot be read"),
    ],
)
def test_a_changed_number_is_named(engine, result, path, to, named):
    with transaction(engine) as session:
        held = session.get_one(Result, result.id)
        held.numbers = (
            changed(held.numbers | {"stray": 0}, *path, to=to)
            if path == ("stray",)
            else changed(held.numbers, *path, to=to)
        )
    assert any(named in fault for fault in faults(engine, result))


def test_a_changed_digest_is_named(engine, result):
    with transaction(engine) as session:
        session.get_one(Result, result.id).input_digest = "0" * 64
    assert faults(engine, result) == ("the digest of the input or the method differs",)


def test_a_ballot_that_is_no_ballot_any_more_is_named(engine, result):
    with transaction(engine) as session:
        seal_of(session, 1).content = {"answers": 7}
    assert faults(engine, result) == ("A sealed ballot of round R1 cannot be read.",)


def test_rules_that_are_broken_since_are_named(engine, result):
    with transaction(engine) as session:
        session.exec(select(Seminar)).one().wording = {"labels": "gone"}
    assert faults(engine, result) == ("rule labels: a list of entries was expected",)
