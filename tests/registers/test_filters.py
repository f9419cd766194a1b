"""A register is narrowed and ordered by its address alone."""

import re

import pytest

from app.db import transaction
from app.models import Item
from app.models.registers import Kind
from app.policy import Role
from app.registers import service


@pytest.fixture
def codes(registers, make, as_person):
    """The codes that a register shows at an address, in their order."""
    reader = as_person(make.member(registers.seminar, Role.EXPERT))

    def shown(kind, **wanted):
        page = reader.get(f"/seminars/open/registers/{kind}", params={"view": "list"} | wanted)
        assert page.status_code == 200
        return re.findall(r'<p class="entry-code"><span class="code">([^<]+)</span>', page.text)

    return shown


@pytest.mark.parametrize(
    ("kind", "wanted", "expected"),
    [
        ("option", {}, ["W1", "W2"]),
        ("option", {"q": "quick"}, ["W2"]),
        ("option", {"q": "STEP one"}, ["W2"]),
        ("option", {"q": "step nowhere"}, []),
        ("option", {"q": "dear"}, ["W2"]),
        ("option", {"q": "w1"}, ["W1"]),
        ("option", {"element": "E1"}, ["W1"]),
        ("option", {"time_horizon": "short"}, ["W2"]),
        ("option", {"time_horizon": "short", "element": "E1"}, []),
        ("option", {"sort": "soonest"}, ["W2", "W1"]),
        ("option", {"sort": "cheapest"}, ["W1", "W2"]),
        ("option", {"sort": "title"}, ["W1", "W2"]),
        ("stakeholder", {"sector": "CIV"}, ["NGO"]),
        ("stakeholder", {"level": "national"}, ["POL"]),
        ("stakeholder", {"q": "reseau"}, ["NGO"]),
        ("stakeholder", {"q": "cops"}, ["POL"]),
        ("stakeholder", {"sort": "title"}, ["POL", "NGO"]),
        ("framework", {"legal_nature": "guidance"}, ["F-NEW"]),
        ("framework", {"scope": "SALW"}, ["F-OLD"]),
        ("framework", {"element": "E1"}, ["F-NEW"]),  # F-OLD does not cover it
        ("framework", {"element": "E2"}, ["F-OLD", "F-NEW"]),
        ("framework", {"sort": "newest"}, ["F-NEW", "F-OLD"]),
        ("framework", {"sort": "oldest"}, ["F-OLD", "F-NEW"]),
        ("framework", {"q": "symbol"}, ["F-NEW"]),
        ("threat", {"element": "E1"}, []),
        ("threat", {"element": "E2"}, ["T1"]),
        ("gap", {"element": "E1", "sort": "links"}, ["G1"]),
        ("opportunity", {"element": "E1"}, []),
        ("element", {"part": "object"}, ["E2"]),
    ],
)
def test_it_shows(codes, kind, wanted, expected):
    assert codes(kind, **wanted) == expected


@pytest.mark.parametrize(
    "wanted",
    [
        {"sector": "nowhere"},
        {"sort": "best"},
        {"element": "E99"},
        {"view": "sideways"},
        {"unknown": "x"},
        {"q": "  "},
    ],
)
def test_what_cannot_be_chosen_is_left_out(codes, wanted):
    assert codes("option", **wanted) == ["W1", "W2"]


def test_the_form_shows_what_was_chosen_and_the_views_keep_it(registers, make, as_person):
    reader = as_person(make.member(registers.seminar, Role.EXPERT))
    page = reader.get(
        "/seminars/open/registers/framework", params={"q": "code", "scope": "IED", "sort": "newest"}
    ).text
    assert 'name="q" type="search" value="code"' in page
    assert '<option value="IED" selected>' in page
    assert '<option value="newest" selected>' in page
    assert "1 of 2 entries" in page
    assert "?view=list&amp;q=code&amp;sort=newest&amp;scope=IED" in page
    assert '<input type="hidden" name="view" value="map">' in page


def test_nothing_found_says_what_to_do(registers, make, as_person):
    reader = as_person(make.member(registers.seminar, Role.EXPERT))
    page = reader.get("/seminars/open/registers/framework", params={"q": "zzz"}).text
    assert "Nothing fits this search." in page
    assert "Show all" in page


def test_a_very_long_search_is_cut_and_answered(registers, make, as_person):
    reader = as_person(make.member(registers.seminar, Role.EXPERT))
    assert reader.get("/seminars/open/registers/gap", params={"q": "x" * 5000}).status_code == 200


@pytest.fixture
def settled(registers, engine):
    """W1 was merged, F-OLD withdrawn."""
    with transaction(engine) as session:
        one, two, old = (session.get_one(Item, registers.items[code].id) for code in ("W1", "W2", "F-OLD"))
        service.merge(session, item=one, into=two, reason="The same.", by=None)
        service.retire(session, item=old, reason="Out of force.", by=None)


@pytest.mark.parametrize(
    ("kind", "status", "expected"),
    [
        ("option", "", ["W2"]),
        ("option", "merged", ["W1"]),
        ("option", "withdrawn", []),
        ("option", "all", ["W1", "W2"]),
        ("framework", "withdrawn", ["F-OLD"]),
        ("framework", "nonsense", ["F-NEW"]),
    ],
)
def test_what_was_merged_or_withdrawn_is_shown_when_it_is_asked_for(codes, settled, kind, status, expected):
    assert codes(kind, status=status) == expected


def test_a_long_register_is_shown_page_by_page(registers, codes, engine):
    with transaction(engine) as session:
        for number in range(1, 231):
            service.add_item(
                session,
                seminar=registers.seminar,
                kind=Kind.PRACTICE,
                code=f"P{number:03}",
                title="Practice" if number % 2 else "Habit",
                fields={},
                position=number,
            )
    assert codes("practice") == [f"P{number:03}" for number in range(1, 101)]
    assert codes("practice", page=3) == [f"P{number:03}" for number in range(201, 231)]
    assert codes("practice", page=2, q="habit") == [f"P{number:03}" for number in range(202, 231, 2)]
    for wild in ("0", "-1", "x", "99999999999999999999", "٣"):
        assert len(codes("practice", page=wild)) in {100, 30}
