"""What cannot be read is refused with 4xx, and nothing of it is taken for something else."""

import asyncio

import pytest
from sqlmodel import select

from app.models import Person


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in/%00",
        "/sign-in/a%00b",
        "/invitation/%00",
        "/seminars/%00/panel",
        "/sign-in?next=%00",
        "/sign-in?%00=1",
        "/static/%00",
    ],
)
def test_a_nul_in_the_address_is_refused(browser, path):
    assert browser.get(path).status_code == 400


def test_a_nul_in_a_form_is_left_out(make, as_person, session):
    browser = as_person(make.person())
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    for body in (b"name=A%00da", b"name=A\x00da", b"name=Ada&extra=%00", b"%00=x&name=Ada&\x00"):
        assert browser.post("/profile", content=body, headers=form).status_code == 303
        assert session.exec(select(Person.name)).one() == "Ada"
        session.commit()


def test_a_nul_in_a_form_of_parts_is_left_out(make, as_person, session):
    parts = {"name": (None, b"A\x00da"), "file": ("na\x00me.csv", b"\x00", "text/csv")}

    assert as_person(make.person()).post("/profile", files=parts).status_code == 303
    assert session.exec(select(Person.name)).one() == "Ada"


@pytest.mark.parametrize(
    "path", ["/sign-in/%FF%FE", "/invitation/%C3%28", "/seminars/%ED%A0%80", "/seminars/%F0%9F%90%A6"]
)
def test_bytes_that_are_no_text_find_nothing(browser, path):
    assert browser.get(path).status_code in {303, 404, 410}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/json", b'{"language": "fr"}'),
        ("application/x-www-form-urlencoded; charset=nonsense", b"language=%FF"),
        ("", b"language=fr"),
        ("nonsense", b"\xff\xfe\x00"),
    ],
)
def test_a_body_that_is_no_form_is_refused(browser, content_type, body):
    response = browser.post("/language", content=body, headers={"Content-Type": content_type})
    assert 400 <= response.status_code < 500


def test_more_fields_than_any_form_has_are_refused(browser):
    response = browser.post("/language", data={f"f{number}": "x" for number in range(2000)})
    assert 400 <= response.status_code < 500


@pytest.mark.parametrize("length", ["-1", "abc", "1e9", "²", "9" * 400])
def test_a_length_that_is_none_is_refused(browser, length):
    response = browser.post("/language", content=b"", headers={"Content-Length": length.encode("latin-1")})
    assert response.status_code in {400, 413}


def test_a_body_over_the_limit_is_refused_without_being_read_to_its_end(app, settings):
    """The sender gives no length and would go on for ever."""
    taken = 0

    async def endless():
        nonlocal taken
        taken += 65536
        return {"type": "http.request", "body": b"x" * 65536, "more_body": True}

    status = asyncio.run(_status(app, endless))

    assert status == 413
    assert taken <= settings.max_body_bytes + 2 * 65536


def test_half_of_a_form_is_not_taken_for_the_whole(make, app, session):
    person = make.person()
    parts = iter([{"type": "http.request", "body": b"email=" + person.email.encode(), "more_body": True}])

    async def interrupted():
        return next(parts, {"type": "http.disconnect"})

    assert asyncio.run(_status(app, interrupted)) is None
    assert session.exec(select(Person)).one().email == person.email


async def _status(app, receive) -> int | None:
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/sign-in",
        "raw_path": b"/sign-in",
        "query_string": b"",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 1),
        "headers": [
            (b"host", b"127.0.0.1:8000"),
            (b"sec-fetch-site", b"same-origin"),
            (b"content-type", b"application/x-www-form-urlencoded"),
        ],
    }
    answers = []

    async def send(message):
        answers.append(message)

    await app(scope, receive, send)
    return answers[0]["status"] if answers else None


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example"])
def test_another_host_is_refused(browser, host):
    assert browser.get("/sign-in", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    "cookie",
    [
        b"colloquy=\xff\xfe; language=\xff",
        b"=; ;;; colloquy",
        b'colloquy="unclosed; language="',
        b"colloquy=" + b"x" * 4000,
        b"language[]=fr; __Host-colloquy=1; colloquy=",
        b"colloquy=a\tb; $Version=1",
    ],
)
def test_a_malformed_cookie_is_no_cookie(browser, cookie):
    assert browser.get("/sign-in", headers={"Cookie": cookie}).status_code == 200
    assert browser.get("/profile", headers={"Cookie": cookie}).status_code == 303


@pytest.mark.parametrize("accepted", ["", "*", "xx;q=a", "fr;q=0, en", ",,,", "é", "fr" * 4000])
def test_any_wish_for_a_language_gets_a_page(browser, accepted):
    headers = {"Accept-Language": accepted.encode("latin-1")}
    assert browser.get("/sign-in", headers=headers).status_code == 200


def test_head_is_answered_as_get_without_the_body(browser):
    get, head = browser.get("/sign-in"), browser.head("/sign-in")

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


def test_signs_that_no_workbook_and_no_figure_can_hold_are_left_out_of_a_form(make, as_person, session):
    typed = {"name": "\x07A\x1bd\x0b\ufffe\uffffa"}

    assert as_person(make.person()).post("/profile", data=typed).status_code == 303
    assert session.exec(select(Person.name)).one() == "Ada"
