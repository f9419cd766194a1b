"""An item's published ratings, grades and arguments, and whether they were given to its present wording."""

import pytest

from app.db import transaction
from app.models import Round
from app.policy import Role
from app.registers import service as registers
from app.results.service import publish_round
from tests.conftest import HTMX
from tests.factories import ITEMS
from tests.maps import mapped
from tests.maps.mapped import path
from tests.results import mapping, voting

EARLIER = "Given to an earlier wording"


@pytest.fixture
def published(make):
    return mapped.closed(make)[0]


@pytest.fixture
def reader(make, as_person, published):
    return as_person(make.member(published, Role.EXPERT))


def test_it_is_a_fragment_for_htmx_and_a_page_without(reader, published):
    fragment = reader.get(path(published, "items/T01"), headers=HTMX).text
    page = reader.get(path(published, "items/T01")).text
    assert "<html" not in fragment
    assert "<h1" in page
    for text in (fragment, page):
        assert "Both “Likelihood” and “Impact” are rated high." in text
        assert "12 ratings; median 5" in text


def test_arguments_stand_on_two_sides_in_a_readers_own_order(make, as_person, reader, published):
    html = reader.get(path(published, "items/G01")).text
    pro, contra = html.partition("Against")[::2]
    assert sorted(n for n in range(12) if f"Argument {n:02} for" in pro) == list(range(12))
    assert sorted(n for n in range(12) if f"Doubt {n:02}" in contra) == list(range(12))
    assert html == reader.get(path(published, "items/G01")).text
    others = [as_person(make.member(published, Role.OBSERVER)) for _ in range(3)]
    orders = {reader.get(path(published, "items/G01")).text.partition("<h4>")[2].partition("</main>")[0]}
    orders |= {
        one.get(path(published, "items/G01")).text.partition("<h4>")[2].partition("</main>")[0]
        for one in others
    }
    assert len(orders) > 1


def test_a_framework_has_its_grades_and_an_element_the_frameworks_that_reach_it(reader, published):
    framework = reader.get(path(published, "items/FW-01")).text
    assert "Element 1" in framework
    assert "Views divided" in framework
    element = reader.get(path(published, "items/E01")).text
    assert "Framework 1" in element
    assert "Framework 2" in element


def test_a_minor_rewording_keeps_what_was_said_and_a_major_one_marks_it(make, reader, published):
    mapped.reword(make, published, "T01", minor=True)
    assert EARLIER not in reader.get(path(published, "items/T01")).text
    mapped.reword(make, published, "T01", minor=False, title="Something else entirely")
    html = reader.get(path(published, "items/T01")).text
    assert EARLIER in html
    assert "Both “Likelihood” and “Impact” are rated high." in html


def test_what_was_said_of_a_merged_item_is_told_of_the_one_it_became(make, reader, published):
    with transaction(make.engine) as session:
        one, other = (session.merge(mapped.item(make, published, code)) for code in ("T01", "T02"))
        registers.merge(session, item=one, into=other, reason="The same.", by=None)
    html = reader.get(path(published, "items/T02")).text
    assert "Said of T01, which has been merged into this entry." in html
    assert "Both “Likelihood” and “Impact” are rated high." in html
    assert reader.get(path(published, "items/T01")).status_code == 200


def test_ratings_of_every_published_round_stand_the_latest_first(make, reader, published):
    round_ = make.rating_round(published, options=2)
    ballots = [{"W01": {"OV": 8, "C1": 8, "C2": 7}, "W02": {"OV": 4, "C1": 4, "C2": 4}}] * 12
    voting.cast(make.engine, round_, ballots)
    voting.close(make.engine, round_)
    assert "Nothing about this entry has been published yet." in reader.get(path(published, "items/W01")).text
    with transaction(make.engine) as session:
        publish_round(session, round_=session.get_one(Round, round_.id), by=None)
    html = reader.get(path(published, "items/W01")).text
    assert "12 ratings; median 8" in html
    assert f"/seminars/{published.slug}/outcome/W01" in html


def test_an_item_that_is_not_there_is_not_found(reader, published):
    for code in ("T99", "%00", "x" * 500):
        assert reader.get(path(published, f"items/{code}")).status_code in {400, 404}


def test_what_was_said_of_the_whole_is_not_said_of_its_parts(make, reader, published):
    with transaction(make.engine) as session:
        whole = session.merge(mapped.item(make, published, "T01"))
        parts = [
            registers.NewItem(title=f"Part {name}", text="A part.", fields=ITEMS[whole.kind][1], links={})
            for name in "AB"
        ]
        codes = [
            part.code
            for part in registers.split(session, item=whole, parts=parts, reason="They are two.", by=None)
        ]
    for code in codes:
        html = reader.get(path(published, f"items/{code}")).text
        assert "This earlier entry went into it:" in html
        assert EARLIER in html
        assert "which has been merged into this entry" not in html
        assert "Both “Likelihood” and “Impact” are rated high." in html


def test_what_nobody_could_grade_is_not_said_to_be_uncovered(make, as_person):
    found, round_ = mapped.seminar(make)
    for _ in range(mapped.EXPERTS):
        mapping.vote(make, round_, {"Q3": {"FW-01": {"E01": "cannot_say"}, "FW-02": {"E01": 0}}})
    voting.close(make.engine, round_, publish=True, settings=make.settings)
    reader = as_person(make.member(found, Role.OBSERVER))
    assert "Nobody has graded this." in reader.get(path(found, "items/FW-01")).text
    assert "The panel finds nothing covered here." in reader.get(path(found, "items/FW-02")).text
    assert "Nobody has graded this." in reader.get(path(found, "items/E02")).text
    assert "The panel finds 1 of 1 elements covered in full by no framework" in (
        reader.get(path(found, "coverage")).text
    )


def test_an_element_names_the_frameworks_on_which_views_divide_whatever_the_middle(make, as_person):
    found, round_ = mapped.seminar(make)
    for number in range(mapped.EXPERTS):
        grade = 2 if number % 3 == 0 else 0
        mapping.vote(make, round_, {"Q3": {"FW-01": {"E01": grade}}})
    voting.close(make.engine, round_, publish=True, settings=make.settings)
    html = as_person(make.member(found, Role.OBSERVER)).get(path(found, "items/E01")).text
    assert "Framework 1" in html
    assert "Views divided" in html
