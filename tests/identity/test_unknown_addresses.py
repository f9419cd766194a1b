"""Nobody learns from the sign-in page who is on a panel."""

import re
from threading import current_thread

import pytest
from sqlalchemy import event
from sqlmodel import select

from app.models import SignInLink
from tests.post import letters


def test_known_and_unknown_addresses_get_the_same_answer(make, browser, settings):
    make.person(email="known@example.org")
    answers = {}
    for address in ("known@example.org", "unknown@example.org"):
        browser.cookies.clear()
        response = browser.post("/sign-in", data={"email": address})
        page = browser.get(response.headers["location"])
        headers = {name: _without_secret(value) for name, value in response.headers.items()}
        answers[address] = (response.status_code, headers, response.content, page.status_code, page.text)

    assert answers["known@example.org"] == answers["unknown@example.org"]
    assert [letter.to for letter in letters(settings.mail_folder)] == ["known@example.org"]


def test_a_code_for_an_unknown_address_is_wrong_like_any_other(make, browser):
    make.person(email="known@example.org")
    pages = []
    for address in ("known@example.org", "unknown@example.org"):
        browser.post("/sign-in", data={"email": address})
        pages.append(browser.post("/sign-in/code", data={"code": "12345"}))

    assert [page.status_code for page in pages] == [422, 422]
    assert pages[0].text == pages[1].text


def test_the_request_itself_does_not_look_whether_it_knows_the_address(make, app, browser):
    """The same statements run before the answer leaves; what differs comes later, in a thread of its own."""
    make.person(email="known@example.org")
    browser.post("/sign-in", data={"email": "first@example.org"})
    statements: list[list[str]] = []

    def note(_connection, _cursor, statement, *_rest):
        if not current_thread().name.startswith("sign-in mail"):
            statements[-1].append(statement)

    event.listen(app.state.engine, "before_cursor_execute", note)
    for address in ("known@example.org", "unknown@example.org"):
        statements.append([])
        browser.post("/sign-in", data={"email": address})
    event.remove(app.state.engine, "before_cursor_execute", note)

    assert statements[0]
    assert statements[0] == statements[1]
    assert not any("person" in statement for statement in statements[0])


@pytest.mark.parametrize(
    "address",
    ["", "x", "a@b", "a b@example.org", "a@example.org\r\nBcc: b@example.org", "a@" + "x" * 300 + ".org"],
)
def test_what_is_no_address_is_told_so_and_kept(browser, address, session, settings):
    response = browser.post("/sign-in", data={"email": address})

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text
    assert session.exec(select(SignInLink)).all() == []
    assert not settings.mail_folder.exists()


def _without_secret(value: str) -> str:
    return re.sub(r"colloquy-browser=[^;]+", "colloquy-browser=…", value)
