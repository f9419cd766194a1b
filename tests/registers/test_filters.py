"""A register is narrowed and ordered by its address alone."""

import re

import pytest

from app.policy import Role


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
