"""One address is one person, however it is written."""

import pytest
from sqlmodel import select

from app.identity.addresses import NotAnAddress, tidy_address, tidy_name
from app.identity.service import find_or_make_person
from app.identity.tokens import tidy_code
from app.models import Person


def test_the_same_address_is_the_same_person(session):
    first = find_or_make_person(session, email=" Ada@Example.ORG ")
    second = find_or_make_person(session, email="ada@example.org", name="Ada", locale="fr")
    third = find_or_make_person(session, email="ada@example.org", name="Somebody else", locale="es")

    assert first.id == second.id == third.id
    assert (third.email, third.name, third.locale) == ("ada@example.org", "Ada", "fr")
    assert len(session.exec(select(Person)).all()) == 1


@pytest.mark.parametrize(
    "typed", ["a@example.org", "A.B+c@sub.example.org", "o'neil@example.org", "x_y-z@a-b.example.museum"]
)
def test_addresses(typed):
    assert tidy_address(f"  {typed} ") == typed.lower()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a",
        "a@b",
        "@example.org",
        "a@",
        "a@example..org",
        ".a@example.org",
        "a.@example.org",
        "a@-example.org",
        "a@example.org, b@example.org",
        "a@example.org\nb@example.org",
        "A <a@example.org>",
        '"a b"@example.org',
        "a@exämple.org",
        "ä@example.org",
        "a@[127.0.0.1]",
        "a" * 250 + "@example.org",
        "a@example.org\x00",
    ],
)
def test_what_is_no_address(typed):
    with pytest.raises(NotAnAddress):
        tidy_address(typed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("Ada\r\nBcc: x@example.org", "Ada Bcc: x@example.org"),
        ("A\x00d\x07a", "Ada"),
        ("أمل حداد", "أمل حداد"),
        ("x" * 500, "x" * 200),
    ],
)
def test_names_stand_on_one_line(typed, name):
    assert tidy_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "code"),
    [("123 456", "123456"), ("123-456", "123456"), ("١٢٣٤٥٦", "123456"), ("x", ""), ("", "")],
)
def test_codes_are_read_as_people_type_them(typed, code):
    assert tidy_code(typed) == code
