"""How far frameworks cover the mandate: a list of them, a page for each, an answer for each element."""

import re

import pytest

from app.db import transaction
from app.models import Item, ItemLink
from app.models.registers import LinkKind
from app.questions.answers import Answer, Entry
from tests.conftest import HTMX

PART = "Q3"


def fields(page, name):
    """The values of a field that are chosen."""
    return re.findall(
        rf'<input type="radio" name="{re.escape(name)}" value="([^"]*)" form="ballot" checked', page
    )


def test_the_list_says_how_many_elements_of_each_framework_are_answered_for(table, mapper):
    mapper.say("FW-02", Entry({"E01": 2, "E03": "cannot_say", "E02.sure": 1}), question=PART)
    page = table.get(f"{mapper.path}/{PART}").text
    found = re.findall(r'href="[^"]*/(FW-\d\d)".*?(\d) of 3 elements', page, re.DOTALL)
    assert found == [("FW-01", "0"), ("FW-02", "2")]
    assert "1 of 2 frameworks answered for" in page


def test_a_frameworks_page_saves_and_stays_without_script_or_goes_to_the_next(table, mapper):
    path = f"{mapper.path}/{PART}/FW-01"
    sent = {"FW-01.E01": "2", "FW-01.E02": "cannot_say", "FW-01.E01.sure": "3", "FW-01.E01.source": "OP 2"}
    answer = table.post(path, data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert mapper.in_force("FW-01", PART) == Answer(
        {"E01": 2, "E02": "cannot_say", "E01.sure": 3}, "", {"E01.source": "OP 2"}
    )
    page = table.get(path).text
    assert (fields(page, "FW-01.E01"), fields(page, "FW-01.E02"), fields(page, "FW-01.E03")) == (
        ["2"],
        ["cannot_say"],
        [],
    )
    assert '<option value="3" selected>Sure</option>' in page
    assert 'value="OP 2"' in page
    onward = table.post(path, data={"then": "next"})
    assert onward.headers["location"] == f"{mapper.path}/{PART}/FW-02"


def test_a_script_gets_the_saved_line_and_how_many_elements_are_answered_for(table, mapper):
    sent = {"FW-01.E01": "0", "FW-01.E02": "1", "FW-01.E02.source": "p. 4", "FW-01.seen": ""}
    fragment = table.post(f"{mapper.path}/{PART}/FW-01", data=sent, headers=HTMX)
    assert fragment.status_code == 200
    assert 'name="FW-01.seen" form="ballot" value="E01:1,E02:1,E02.source:1,"' in fragment.text
    assert "2 of 3 elements" in fragment.text
    assert "1 of 2 frameworks answered for" in fragment.text


def test_the_starting_hypothesis_is_said_and_chosen_for_nobody(table, mapper, engine):
    with transaction(engine) as session:
        items = {item.code: item for item in session.exec(select_items(mapper))}
        session.add(
            ItemLink(
                seminar_id=mapper.seminar.id,
                source_id=items["FW-01"].id,
                kind=LinkKind.COVERS,
                target_id=items["E02"].id,
                value="partial",
            )
        )
    page = table.get(f"{mapper.path}/{PART}/FW-01").text
    element = re.search(r'<fieldset[^>]*id="FW-01.E02".*?</fieldset>', page, re.DOTALL)
    assert element
    assert "Starting hypothesis: In part" in element[0]
    assert page.count("Starting hypothesis: ") == 1
    assert " checked" not in page
    assert "agree" not in page.lower()


def select_items(mapper):
    from sqlmodel import select  # noqa: PLC0415

    return select(Item).where(Item.seminar_id == mapper.seminar.id)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("FW-01.E01", "3", "Please choose a point from 0 to 2"),
        ("FW-01.E01.sure", "9", "Please choose a point from 1 to 3"),
        ("FW-01.E09", "1", "does not ask for “E09”"),
        ("FW-01.E01.source", "x" * 600, "shorten this to 500 characters"),
        ("FW-01.E01.source.sure", "1", "does not ask for"),
    ],
)
def test_what_does_not_fit_is_refused_in_words_and_the_rest_is_saved(table, mapper, field, value, words):
    path = f"{mapper.path}/{PART}/FW-01"
    page = table.post(path, data={field: value, "FW-01.E02": "1"})
    assert page.status_code == 422
    assert words in page.text
    assert mapper.in_force("FW-01", PART) == Answer({"E02": 1})
    fragment = table.post(path, data={field: value, "FW-01.E02": "1"}, headers=HTMX)
    assert (fragment.status_code, words in fragment.text) == (422, True)


def test_a_source_typed_in_two_windows_is_kept_in_both(table, mapper):
    mapper.say("FW-01", Entry(texts={"E01.source": "The first window"}), {}, question=PART)
    path = f"{mapper.path}/{PART}/FW-01"
    sent = {"FW-01.E01.source": "The second window", "FW-01.seen": "", "FW-01.E02": "2"}
    page = table.post(path, data=sent)
    assert page.status_code == 409
    assert 'value="The second window"' in page.text
    assert "E01 Element 1: source: “The first window” there." in page.text
    assert mapper.in_force("FW-01", PART) == Answer({"E02": 2}, "", {"E01.source": "The first window"})
    button = re.search(r'<button[^>]* name="FW-01.seen" value="([^"]*)"', page.text)
    assert button
    again = table.post(f"{mapper.path}/{PART}", data=sent | {"FW-01.seen": ["", button[1]]})
    assert again.status_code == 303
    assert mapper.history("E01.source", "FW-01", PART) == ["The first window", "The second window"]
