"""The page of an item tells what it said before, what became of it, and what it came from."""

import re
from html import unescape

import pytest
from sqlmodel import col, select

from app.db import transaction
from app.models import Item
from app.policy import Role
from app.registers import service
from app.registers.service import NewItem

HOSTILE = "</ins><script>alert(1)</script> {{ 7*7 }} \u202e'\""
OPTION = {"time_horizon": "long", "cost_class": "low", "trade_off": "Slow."}


@pytest.fixture
def page(registers, make, as_person):
    reader = as_person(make.member(registers.seminar, Role.EXPERT))

    def shown(code):
        answer = reader.get(f"/seminars/open/items/{code}")
        assert answer.status_code == 200
        return answer.text

    return shown


def words_of(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture
def deed(engine, registers):
    def done(call):
        with transaction(engine) as session:
            return call(session, lambda code: session.get_one(Item, registers.items[code].id))

    return done


def test_the_words_that_came_and_went_are_marked(page, deed):
    deed(
        lambda session, item: service.reword(
            session,
            item=item("W1"),
            title="A long road",
            text="Many small steps.",
            fields=OPTION | {"time_horizon": "short"},
            minor=False,
            reason="Two experts asked.",
            by=None,
        )
    )
    html = page("W1")
    text = words_of(html)
    assert "<ins>small </ins>" in html
    assert "<del>In years</del><ins>Soon</ins>" in html  # in words, not by their codes
    assert "Reason: Two experts asked." in text
    assert "New meaning" in text
    assert "Answers given before were given to an earlier wording." in text
    assert text.index("Version 2") < text.index("Version 1")


def test_a_minor_rewording_says_that_answers_hold(page, deed):
    deed(
        lambda session, item: service.reword(
            session,
            item=item("G1"),
            title="No entry point",
            text="Nobody replies.",
            fields={},
            minor=True,
            reason="Clearer.",
            by=None,
        )
    )
    text = words_of(page("G1"))
    assert "Same meaning" in text
    assert "hold for this one too" in text


def test_what_was_merged_leads_to_where_it_went_and_back(page, deed):
    deed(
        lambda session, item: service.merge(
            session, item=item("W1"), into=item("W2"), reason="Twice the same.", by=None
        )
    )
    text = words_of(page("W1"))
    assert "was merged into another one" in text
    assert "Twice the same." in text
    assert "It goes on in: W2 A quick step" in text
    assert "This earlier entry went into it: W1 A long road" in words_of(page("W2"))


def test_what_was_split_leads_to_its_parts(page, deed, engine):
    parts = [NewItem("First half", "", OPTION), NewItem("Other half", "", OPTION)]
    deed(
        lambda session, item: service.split(
            session, item=item("W1"), parts=parts, reason="It was two.", by=None
        )
    )
    text = words_of(page("W1"))
    assert "was split into several" in text
    assert "It goes on in: W3 First half W4 Other half" in text
    with transaction(engine) as session:
        for part in session.exec(select(Item).where(col(Item.code).in_(["W3", "W4"]))).all():
            service.retire(session, item=part, reason="Away.", by=None)
    text = words_of(page("W1"))
    assert "What it went into was withdrawn since: W3 First half W4 Other half" in text


def test_what_was_retired_says_why(page, deed):
    deed(lambda session, item: service.retire(session, item=item("T1"), reason="No threat at all.", by=None))
    text = words_of(page("T1"))
    assert "was withdrawn" in text
    assert "No threat at all." in text


def test_hostile_words_stay_words_in_a_difference(page, deed):
    for reason in ("One.", HOSTILE):
        deed(
            lambda session, item, said=reason: service.reword(
                session,
                item=item("W1"),
                title=f"{said} {HOSTILE}",
                text=f"{HOSTILE} {said}",
                fields=OPTION | {"trade_off": HOSTILE + said},
                minor=False,
                reason=HOSTILE,
                by=None,
            )
        )
    html = page("W1")
    assert "<script>alert" not in html
    assert "&lt;/ins&gt;" in html


def test_text_is_markdown_without_anything_that_acts(page, registers):
    text = "First *word*\n\n- one\n- two\n\n![x](https://e.example/x.png) <b>b</b> [go](javascript:alert(1))"
    registers.add(registers.items["G1"].kind, "G8", "Marked", text)
    html = page("G8")
    assert "<em>word</em>" in html
    assert "<li>one</li>" in html
    assert "<img" not in html
    assert "<b>" not in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize(
    ("role", "may"), [(Role.FACILITATOR, True), (Role.ORGANISER, False), (Role.EXPERT, False)]
)
def test_facilitators_are_led_to_what_they_can_make_of_an_item(registers, make, as_person, role, may):
    html = as_person(make.member(registers.seminar, role)).get("/seminars/open/items/W1").text
    for deed in ("reword", "merge", "split", "retire"):
        assert (f'href="/seminars/open/moderation/items/W1/{deed}"' in html) is may


def test_what_no_longer_stands_is_not_settled_again(registers, make, as_person, deed):
    deed(lambda session, item: service.retire(session, item=item("T1"), reason="Away.", by=None))
    html = as_person(make.member(registers.seminar, Role.FACILITATOR)).get("/seminars/open/items/T1").text
    assert "moderation/items/T1" not in html


def test_what_the_panel_said_is_read_in_place_or_behind_a_link(page):
    html = page("W1")
    assert 'hx-get="/seminars/open/maps/items/W1"' in html
    assert '<a href="/seminars/open/maps/items/W1">' in html
    assert "/seminars/open/maps/traces/E2" in page("E2")
