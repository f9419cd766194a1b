"""The page on which a seminar is founded."""

import re
import shutil
from datetime import UTC, datetime
from html import unescape

import pytest
from sqlmodel import Session, col, select

from app.founding import template
from app.models import AuditEntry, Item, Membership, Round, Seminar

NAME = "unscr-2370-op12"


@pytest.fixture
def me(make, as_person):
    return as_person(make.person(may_create_seminars=True))


def seminars(engine):
    with Session(engine) as session:
        return session.exec(select(Seminar)).all()


def test_it_offers_the_templates_with_what_they_bring(me):
    page = me.get("/seminars/new")
    assert page.status_code == 200
    text = " ".join(page.text.split())
    assert "a paragraph taken apart into 12 elements" in text
    assert "stakeholders: 85" in text
    assert "ways forward: 26" in text
    assert "a glossary of 101 terms" in text
    assert "Blank seminar" in text
    assert '<option value="Africa/Dakar">' in text


def test_a_template_becomes_a_seminar_of_mine(me, engine):
    answer = me.post(
        "/seminars/new",
        data={
            "template": NAME,
            "title": "",
            "slug": "op12",
            "language": "en",
            "timezone": "Asia/Beirut",
            "first_day": "2027-02-01",
            "anonymity": "pseudonymous",
        },
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/seminars/op12")
    with Session(engine) as session:
        seminar = session.exec(select(Seminar)).one()
        assert seminar.title.startswith("Preventing Terrorists")
        assert seminar.timezone == "Asia/Beirut"
        first = session.exec(select(Round).order_by(col(Round.number))).first()
        assert first is not None
        assert first.opens_at == datetime(2027, 2, 1, 7, 0, tzinfo=UTC)
        assert len(session.exec(select(Item)).all()) == 210
    assert me.get("/seminars/op12/mandate").status_code == 200


def test_a_blank_seminar_takes_its_language_from_the_form(me, engine):
    data = {"template": "", "title": "Sahel", "slug": "sahel", "language": "fr", "timezone": "UTC"}
    assert me.post("/seminars/new", data=data).status_code == 303
    assert [(seminar.title, seminar.language) for seminar in seminars(engine)] == [("Sahel", "fr")]


def test_what_was_typed_stays_beside_what_is_wrong(me, engine, make):
    make.seminar(slug="taken")
    typed = {
        "template": NAME,
        "title": "A <b>fine</b> title",
        "slug": "taken",
        "timezone": "Europe/Paris",
        "first_day": "2027-03-01",
        "anonymity": "pseudonymous",
    }
    answer = me.post("/seminars/new", data=typed)
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert page.count("Another seminar has this address already.") == 2  # in the summary and beside the field
    assert 'href="#f-slug"' in page
    assert 'value="taken"' in page
    assert "A &lt;b&gt;fine&lt;/b&gt; title" in answer.text
    assert 'value="Europe/Paris"' in page
    assert 'value="2027-03-01"' in page
    assert re.search(rf'value="{NAME}" checked', page)
    assert len(seminars(engine)) == 1


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("slug", "Not An Address", "Please use only small letters"),
        ("slug", "new", "Another seminar has this address already."),
        ("timezone", "Nowhere", "There is no time zone of this name."),
        ("first_day", "tomorrow", "This is not in the form expected here."),
        ("first_day", "9999-12-31", "Please choose a day between the years 2000 and 2099."),
        ("template", "../../etc", "Please choose one of the templates offered"),
        ("anonymity", "sealed", "This is not in the form expected here."),
        ("anonymity", "none", "This is not in the form expected here."),
        ("title", "x" * 301, "Please use at most 300 characters."),
        ("slug", "a\x00b", "Please use from 3 to 64 characters."),
    ],
)
def test_each_field_is_refused_kindly(me, engine, field, value, message):
    data = {"template": "", "title": "Sahel", "slug": "sahel", "timezone": "UTC"} | {field: value}
    answer = me.post("/seminars/new", data=data)
    assert answer.status_code == 422
    assert message in unescape(answer.text)
    assert seminars(engine) == []


def test_an_empty_form_and_a_file_in_place_of_a_text_are_refused(me, engine):
    assert me.post("/seminars/new").status_code == 422
    assert me.post("/seminars/new", files={"slug": ("a.txt", b"sahel")}).status_code == 422
    assert seminars(engine) == []


def test_only_those_who_may_start_seminars_see_it(make, as_person, browser, engine):
    other = as_person(make.person())
    assert other.get("/seminars/new").status_code == 403
    assert other.post("/seminars/new", data={"title": "Mine", "slug": "mine"}).status_code == 403
    assert browser.get("/seminars/new").status_code == 303
    assert browser.post("/seminars/new", data={"title": "Mine", "slug": "mine"}).status_code == 401
    assert seminars(engine) == []


def test_a_broken_template_of_the_catalogue_is_shown_with_its_faults_and_refused(
    me, engine, tmp_path, monkeypatch
):
    shutil.copytree(template.CATALOGUE / NAME, tmp_path / "bad")
    (tmp_path / "bad" / "threats.yaml").unlink()
    monkeypatch.setattr(template, "CATALOGUE", tmp_path)

    page = me.get("/seminars/new").text
    assert "This template has 1 fault and cannot be used." in page
    assert "threats.yaml:1" in page
    assert "The file is missing." in page

    answer = me.post("/seminars/new", data={"template": "bad", "slug": "bad", "title": "Bad"})
    assert answer.status_code == 422
    assert "This template has faults and cannot be used." in answer.text
    with Session(engine) as session:
        for table in (Seminar, Membership, Item, AuditEntry):
            assert session.exec(select(table)).all() == []
