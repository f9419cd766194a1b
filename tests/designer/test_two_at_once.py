"""Two who design at once do not overwrite each other in silence, and nothing that either typed is lost."""

import pytest

from app.policy import Role

pytestmark = pytest.mark.database

PATHS = {
    "/settings": {"title": "Mine", "feedback": "none", "reveal": "publication", "quorum": "60"},
    "/questions/Q1": {"prompt": "Mine?", "criterion.OV": "everyone"},
    "/questions/Q1/subjects": {"kind": "option", "code": "W01", "then": "ticks"},
    "/questions/Q1/agreement": {"rule": "iqr", "width": "1.5"},
}
THEIRS = {
    "/settings": PATHS["/settings"] | {"title": "Theirs"},
    "/questions/Q1": {"prompt": "Theirs?", "criterion.OV": "everyone"},
    "/questions/Q1/subjects": {"kind": "option", "code": "W02", "then": "ticks"},
    "/questions/Q1/agreement": {"rule": "cns", "index": "0.9"},
}


def state(desk):
    question = desk.question()
    return desk.fresh().title, question.prompt, question.settings, desk.about()


@pytest.mark.parametrize("path", PATHS)
def test_the_second_is_told_and_may_save_again_knowing_it(desk, make, as_person, path):
    desk.add("cards")
    other = as_person(make.member(desk.seminar, Role.FACILITATOR))
    seen = desk.seen(path)
    assert other.post(desk.place + path, data=THEIRS[path] | {"seen": seen}).status_code == 303
    theirs = state(desk)

    late = desk.post(path, **PATHS[path], seen=seen)

    assert late.status_code == 409
    assert "This was changed in another window" in late.text
    assert state(desk) == theirs
    for typed in (value for value in PATHS[path].values() if value in {"Mine", "Mine?", "1.5"}):
        assert f'value="{typed}"' in late.text or f">{typed}</textarea>" in late.text
    again = desk.post(path, **PATHS[path], seen=desk.seen(path))
    assert again.status_code == 303
    assert state(desk) != theirs


def test_the_same_holds_of_a_criterion(desk):
    place = f"/seminars/{desk.seminar.slug}/criteria/C1"
    typed = {"label": "Mine", "scale": "1-9", "anchor.1": "No", "anchor.9": "Yes"}
    seen = desk.browser.get(place).text.partition('name="seen" value="')[2].partition('"')[0]
    assert desk.browser.post(place, data=typed | {"label": "Theirs", "seen": seen}).status_code == 303

    late = desk.browser.post(place, data=typed | {"seen": seen})

    assert late.status_code == 409
    assert 'value="Mine"' in late.text
    assert "Theirs" in late.text


def test_a_form_that_comes_back_after_the_question_has_gone_finds_nothing(desk):
    desk.add("cards")
    seen = desk.seen("/questions/Q1")
    desk.post("/questions/Q1/remove")

    assert desk.post("/questions/Q1", prompt="Mine?", seen=seen).status_code == 404
