"""Whatever is sent to the forms of a draft is refused in words or saved whole; nothing is a fault."""

import pytest

from tests.house import hostile
from tests.house.enemy import encoded

pytestmark = pytest.mark.database

FORMS = {
    "/settings": {
        "title": "A round",
        "instructions": "Please.",
        "previous": "",
        "feedback": "none",
        "reveal": "publication",
        "quorum": "60",
        "opens_at": "2031-01-01T10:00",
        "closes_at": "2031-02-01T10:00",
        "reminders": "7",
    },
    "/questions/Q1": {
        "prompt": "How good?",
        "criterion.OV": "everyone",
        "abstention": "x",
        "rationale": "Why?",
    },
    "/questions/Q1/subjects": {"kind": "option", "q": "", "page": "1", "code": "W01", "then": "ticks"},
    "/questions/Q1/agreement": {"rule": "iqr", "width": "1", "index": "1", "in_low": "1"},
    "/questions/Q1/move": {"to": "up"},
    "/questions/Q2": {"prompt": "What?", "kind": "option", "limit": "3", "fewest": "1", "most": "9"},
    "/questions/Q3": {"prompt": "Where?", "across": "LIK", "upwards": "IMP", "by_sector": "on"},
    "/questions/new": {"form": "cards"},
}


@pytest.mark.parametrize("path", FORMS)
def test_no_value_of_any_field_is_a_fault(desk, path):
    for form in ("cards", "propose", "plane"):
        desk.add(form)
    seen = {} if path.endswith(("/move", "/new")) else {"seen": desk.seen(path)}
    names, headers = list(FORMS[path]), {"Content-Type": hostile.FORM}
    for place, value in enumerate(hostile.IN_FIELDS):
        one = {names[place % len(names)]: value}
        for spoilt in (one, dict.fromkeys(names, value)):
            sent = encoded(list((FORMS[path] | seen | spoilt).items()))
            answer = desk.browser.post(desk.place + path, content=sent, headers=headers)
            assert answer.status_code in {303, 404, 409, 413, 422}, (spoilt, value)
    assert desk.get().status_code == 200
