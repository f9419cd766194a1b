"""What becomes of an option after it was rated is said beside its result, and in the files."""

import json

import pytest

from app.db import transaction
from app.models import Item, Seminar
from app.outcome import exporting
from app.policy import Role
from app.registers import service as registers
from tests.outcome import judged
from tests.outcome.judged import path

EARLIER = "Given to an earlier wording, which meant something else."


@pytest.fixture
def published(make, engine):
    return judged.published(make, engine)


@pytest.fixture
def options(make, published):
    return make.options(published[0], 4)


def reword(session, item, *, minor):
    registers.reword(
        session,
        item=item,
        title="Another title",
        text="Another text.",
        fields={"time_horizon": "short", "cost_class": "low", "trade_off": ""},
        minor=minor,
        reason="Clearer.",
        by=None,
    )


def told(engine, published):
    with transaction(engine, write=False) as session:
        seminar = session.get_one(Seminar, published[0].id)
        content = exporting.build(
            session, judged.SETTINGS, seminar=seminar, form="json", roles={Role.ORGANISER}
        )
    return {one["code"]: one for one in json.loads(content)["rounds"][-1]["options"]}


@pytest.mark.parametrize(("minor", "said"), [(True, "minor"), (False, "major")])
def test_a_rewording_is_told_and_a_major_one_marks_the_result(
    engine, make, as_person, published, options, minor, said
):
    with transaction(engine) as session:
        reword(session, session.get_one(Item, options[0].id), minor=minor)
    page = as_person(make.member(published[0], Role.EXPERT)).get(path(published[0], "/W01")).text
    assert (EARLIER in page) is not minor
    assert "Another title" not in page.split("</h1>")[0]
    found = told(engine, published)
    assert (found["W01"]["reworded_since"], found["W02"]["reworded_since"]) == (said, "no")
    assert found["W01"]["version"] == 1


def test_what_was_merged_or_withdrawn_keeps_its_result_and_says_so(
    engine, make, as_person, published, options
):
    with transaction(engine) as session:
        one, other, third = (session.get_one(Item, item.id) for item in options[:3])
        registers.merge(session, item=one, into=other, reason="They say the same.", by=None)
        registers.retire(session, item=third, reason="Overtaken.", by=None)
    reader = as_person(make.member(published[0], Role.EXPERT))
    assert "was merged into another one" in reader.get(path(published[0], "/W01")).text
    assert "was withdrawn" in reader.get(path(published[0], "/W03")).text
    found = told(engine, published)
    assert [found[code]["status"] for code in ("W01", "W02", "W03")] == ["merged", "accepted", "withdrawn"]


def test_what_was_split_keeps_its_result_and_its_parts_have_none(engine, make, as_person, published, options):
    fields = {"time_horizon": "short", "cost_class": "low", "trade_off": ""}
    with transaction(engine) as session:
        whole = session.get_one(Item, options[0].id)
        halves = [
            registers.NewItem(title=f"Half {name}", text="A half.", fields=fields, links={}) for name in "AB"
        ]
        parts = registers.split(session, item=whole, parts=halves, reason="They are two.", by=None)
        codes = {part.code for part in parts}
    reader = as_person(make.member(published[0], Role.EXPERT))
    assert "was withdrawn" in reader.get(path(published[0], "/W01")).text
    found = told(engine, published)
    assert found["W01"]["status"] == "withdrawn"
    assert not codes & set(found)
    for code in codes:
        assert reader.get(path(published[0], f"/{code}")).status_code == 404
