"""What a question is about: a whole register, what a filter finds, or one by one."""

import pytest

from app.db import transaction
from app.designer import service
from app.models import Item
from app.models.registers import ItemStatus, Kind
from app.rounds import subjects as in_step

pytestmark = pytest.mark.database

PAGE = "/questions/Q1/subjects"


@pytest.fixture
def asked(desk, make):
    """The desk with a rating about three ways forward, and threats and gaps in their registers."""
    make.items(desk.seminar, Kind.THREAT, 3)
    make.items(desk.seminar, Kind.GAP, 2)
    desk.add("cards")
    return desk


def choose(desk, **fields):
    return desk.post(PAGE, **({"seen": desk.seen(PAGE)} | fields))


def settings(desk):
    return desk.question().settings["about"]


def test_by_hand_what_is_ticked_is_chosen_and_nothing_joins(asked):
    choose(asked, kind="option", code=["W03", "W01"], then="ticks")

    assert asked.about() == ["W01", "W03"]
    assert settings(asked) == []


def test_what_the_page_does_not_show_stays_chosen(asked):
    choose(asked, kind="threat", code=["T02"], then="ticks")
    choose(asked, kind="option", q="Option 2", code=[], then="ticks")

    assert asked.about() == ["W01", "W03", "T02"]
    choose(asked, kind="option", code=["W02", "W03"], then="ticks")
    assert asked.about() == ["W03", "T02", "W02"]


def test_what_a_filter_finds_is_added_and_taken_out_at_once(asked):
    choose(asked, kind="option", then="none")
    assert asked.about() == []

    choose(asked, kind="threat", q="Threat", then="all")
    choose(asked, kind="threat", q="Threat 3", then="none")

    assert asked.about() == ["T01", "T02"]


def test_a_filter_by_field_and_words_narrows_the_list(asked, make):
    make.items(asked.seminar, Kind.STAKEHOLDER, 3)
    page = asked.get(f"{PAGE}?kind=stakeholder&level=national&q=3").text

    assert 'value="STK-03"' in page
    assert 'value="STK-01"' not in page
    assert 'name="level" value="national"' in page
    assert asked.get(f"{PAGE}?kind=stakeholder&level=regional").text.count('name="code"') == 0
    assert asked.get(f"{PAGE}?kind=option&time_horizon=never&element=E99").status_code == 200


def test_whole_registers_are_asked_about_with_what_joins_them(asked, engine, make):
    choose(asked, register=["gap", "threat"], then="register")

    assert asked.about() == ["T01", "T02", "T03", "G01", "G02"]
    assert settings(asked) == ["threat", "gap"]
    (new,) = make.items(asked.seminar, Kind.THREAT, 4)[3:]
    with transaction(engine) as session:
        in_step.include(session, item=session.get_one(Item, new.id))
    assert asked.about()[-1] == "T04"


def test_a_whole_register_must_be_named(asked):
    answer = choose(asked, register=["weather"], then="register")

    assert answer.status_code == 422
    assert "Please choose at least one register." in answer.text
    assert asked.about() == ["W01", "W02", "W03"]


def test_nothing_joins_what_is_chosen_by_hand(asked, engine, make):
    choose(asked, kind="option", code=["W01", "W02"], then="ticks")
    (new,) = make.options(asked.seminar, 4)[3:]

    with transaction(engine) as session:
        in_step.include(session, item=session.get_one(Item, new.id))
        in_step.catch_up(session, seminar_id=asked.seminar.id)

    assert asked.about() == ["W01", "W02"]


def test_a_question_that_says_nothing_of_it_goes_on_as_before(asked, engine, make):
    draft = make.rating_round(asked.seminar, state="draft")
    (new,) = make.options(asked.seminar, 4)[3:]

    with transaction(engine) as session:
        in_step.include(session, item=session.get_one(Item, new.id))

    asked.round_ = draft
    assert asked.about() == ["W01", "W02", "W03", "W04"]


def test_what_is_chosen_is_put_in_order(asked):
    choose(asked, kind="threat", then="all")
    choose(asked, order="code", then="order")

    assert asked.about() == ["T01", "T02", "T03", "W01", "W02", "W03"]
    assert settings(asked) == []


def test_the_same_part_of_the_list_is_shown_again(asked):
    answer = choose(asked, kind="threat", q="Threat", code=["T01"], then="ticks")

    assert answer.headers["location"].endswith("/subjects?kind=threat&q=Threat")
    assert "4 are chosen" in asked.browser.get(answer.headers["location"]).text


def test_what_stands_no_longer_or_elsewhere_cannot_be_chosen(asked, engine, make):
    (other,) = make.options(make.seminar(), 1)
    own = make.options(asked.seminar, 3)
    keys = [other.id, *(item.id for item in own)]
    with transaction(engine) as session:
        session.get_one(Item, own[0].id).status = ItemStatus.WITHDRAWN
    with transaction(engine) as session:
        service.set_subjects(session, round_=asked.round_, code="Q1", by=None, items=[*keys, *keys])

    assert asked.about() == ["W02", "W03"]


def test_something_that_has_fallen_is_named_on_the_checklist(asked, engine, make):
    first, *_others = make.options(asked.seminar, 3)
    with transaction(engine) as session:
        session.get_one(Item, first.id).status = ItemStatus.WITHDRAWN

    assert "does not stand in its register any more" in asked.get().text


def test_eighty_five_items_make_a_light_page(asked, make):
    make.items(asked.seminar, Kind.STAKEHOLDER, 85)

    page = asked.get(f"{PAGE}?kind=stakeholder")

    assert page.text.count('name="code"') == 85
    assert len(page.content) < 60_000


def test_a_question_that_is_about_nothing_there_yet_has_no_such_page(desk):
    desk.add("propose")

    assert desk.get(PAGE).status_code == 404
    assert desk.post(PAGE, then="all").status_code == 404
