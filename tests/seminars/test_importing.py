"""A list of people is imported whole, or not at all and every fault is named by row and column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from app.models import AuditEntry, Membership, Message, Person, Sector
from app.policy import Role
from app.seminars import pseudonyms
from app.seminars.importing import MOST_ROWS, BrokenList, Fault, Line, decode, read_list

SECTORS = {"CIV": "Civil society", "IND": "Industry"}


@pytest.fixture
def seminar(make, session, settings):
    seminar = make.seminar()
    pseudonyms.make_key(session, settings, seminar)
    for code, label in SECTORS.items():
        session.add(Sector(seminar_id=seminar.id, code=code, label=label))
    session.commit()
    return seminar


@pytest.fixture
def organiser(make, seminar, as_person):
    return as_person(make.member(seminar, Role.ORGANISER, make.person(email="olga@example.org")))


@pytest.fixture
def page(seminar):
    return f"/seminars/{seminar.slug}/panel/import"


@pytest.mark.parametrize(
    "text",
    [
        "email,name,role,sector,region\na@x.org,Ada,expert,CIV,Europe\nb@x.org,Bob,observer,,\n",
        "email;name;role;sector;region\r\na@x.org;Ada;Expert;civil society;Europe\r\nb@x.org;Bob;OBSERVER",
        "\ufeffEMAIL\tName\tRole\tSector\tRegion\nA@X.ORG\tAda\texpert\tCIV\tEurope\nb@x.org\tBob\tobserver\t",
        'role,"email",region,"name",sector,,\nexpert,"a@x.org",Europe,"Ada",CIV,,\n\n,,,,\nobserver,b@x.org,,Bob\n',
    ],
    ids=["commas", "semicolons", "mark and tabs", "other order, gaps"],
)
def test_lists_as_spreadsheets_write_them(text):
    first, second = (line.invitee for line in read_list(text, SECTORS))

    assert (first.email, first.name, first.role, first.sector, first.region) == (
        "a@x.org",
        "Ada",
        Role.EXPERT,
        "CIV",
        "Europe",
    )
    assert (second.email, second.role, second.sector, second.region) == ("b@x.org", Role.OBSERVER, None, None)


def test_a_list_of_addresses_alone_is_a_list_of_experts():
    lines = read_list("email\na@x.org\nb@x.org\n", {})
    assert [line.invitee.role for line in lines] == [Role.EXPERT, Role.EXPERT]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", {(0, "")}),
        ("email,name\n", {(0, "")}),
        ("name,role\nAda,expert\n", {(1, "")}),
        ("email,email\na@x.org,b@x.org\n", {(1, "email")}),
        ("email,phone\na@x.org,1\n", {(1, "")}),
        ("email,role\nbad,king\n", {(2, "email"), (2, "role")}),
        ("email,sector\na@x.org,CIV\nb@x.org,XXX\n", {(3, "sector")}),
        ("email\na@x.org\n\nA@x.org\n", {(4, "email")}),
        ("email\na@x.org,surplus\n", {(2, "")}),
        ('email,name\na@x.org,"Ada\nb@x.org,Bob\n', {(2, "")}),
        ('email,name\na@x.org,"A"da\n', {(2, "")}),
        ("email,region\na@x.org," + "x" * 65 + "\n", {(2, "region")}),
        ("email\n" + "".join(f"p{n}@x.org\n" for n in range(MOST_ROWS + 1)), {(0, "")}),
        ("email,name\na@x.org," + "x" * 200_000 + "\n", {(2, "")}),
    ],
)
def test_every_fault_is_named_by_row_and_column(text, faults):
    with pytest.raises(BrokenList) as broken:
        read_list(text, SECTORS)

    assert {(fault.row, fault.column) for fault in broken.value.faults} == faults


def test_a_file_in_another_encoding_is_refused_in_words():
    with pytest.raises(BrokenList) as broken:
        decode("email,name\na@x.org,Zoé".encode("latin-1"))
    assert "UTF-8" in str(broken.value.faults[0].error)


@given(st.text(alphabet=st.sampled_from('email,;\t"\n\r@x.org=+-a \x00é'), max_size=200))
def test_whatever_is_pasted_is_read_or_refused(text):
    try:
        found: list[Line] | list[Fault] = read_list(text, SECTORS)
    except BrokenList as broken:
        found = broken.faults
    assert found


def test_a_good_list_invites_everybody(organiser, page, session):
    response = organiser.post(page, data={"people": "email,role\na@x.org,\nb@x.org,observer\n"})

    assert response.status_code == 303
    assert len(session.exec(select(Message)).all()) == 2
    assert set(session.exec(select(Person.email)).all()) == {"olga@example.org", "a@x.org", "b@x.org"}


def test_of_a_list_with_one_fault_nobody_is_invited_and_it_stays_in_the_page(organiser, page, session):
    people = "email,role\na@x.org,expert\nb@x.org,king\n"
    response = organiser.post(page, data={"people": people})

    assert response.status_code == 422
    assert "Nothing was imported: there is one fault" in response.text
    assert people in response.text
    assert session.exec(select(Message)).all() == []
    assert session.exec(select(Person.email)).all() == ["olga@example.org"]
    assert session.exec(select(AuditEntry)).all() == []


def test_who_cannot_be_invited_is_found_before_anybody_is(organiser, page, session):
    organiser.post(page, data={"people": "email\na@x.org\n"})
    before = len(session.exec(select(AuditEntry)).all())
    session.commit()

    rows = [
        "email,role",
        "new@x.org,expert",
        "a@x.org,expert",
        "olga@example.org,expert",
        "a@x.org,organizer",
    ]
    response = organiser.post(page, data={"people": "\n".join(rows)})

    assert response.status_code == 422
    assert "already been invited" in response.text
    assert "Nobody can be an expert and a facilitator" in response.text
    assert "3 faults" in response.text
    assert session.exec(select(Person).where(Person.email == "new@x.org")).all() == []
    assert len(session.exec(select(Membership)).all()) == 2
    assert len(session.exec(select(AuditEntry)).all()) == before


def test_a_file_goes_before_what_was_pasted_and_is_shown_when_it_has_faults(organiser, page):
    response = organiser.post(
        page,
        data={"people": "email\npasted@x.org\n"},
        files={"file": ("people.csv", "\ufeffemail;name\nbad;Zoé\n".encode(), "text/csv")},
    )

    assert response.status_code == 422
    assert "bad;Zoé" in response.text
    assert "pasted@x.org" not in response.text


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00e", b"\x00\x01\x02", b"PK\x03\x04" + b"\x00" * 100, b"\xef\xbb\xbf"]
)
def test_a_file_that_is_no_list_is_refused(organiser, page, content):
    response = organiser.post(page, files={"file": ("x.csv", content, "text/csv")}, data={"people": "kept"})

    assert response.status_code == 422
    assert "Nothing was imported" in response.text


def test_a_list_over_the_limit_of_any_body_is_refused(organiser, page):
    response = organiser.post(page, data={"people": "x" * 3_000_000})
    assert response.status_code == 413
