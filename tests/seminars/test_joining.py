"""An invitation's link stays good until the seminar ends, and does nothing without its code."""

import pytest
from fastapi import FastAPI
from sqlmodel import col, select
from starlette.testclient import TestClient

from app import audit
from app.identity.limits import CODES_BY_CLIENT
from app.models import (
    AuditEntry,
    Invitation,
    Membership,
    Panellist,
    Person,
    PseudonymLink,
    Seminar,
    WebSession,
)
from app.models.seminars import MembershipState, SeminarStatus
from app.notifications.service import deliver_due
from app.policy import Role
from app.seminars import pseudonyms, service
from tests.conftest import BROWSER, ORIGIN
from tests.crowds import at_once
from tests.post import Letter, letters


@pytest.fixture
def seminar(make, session, settings):
    seminar = make.seminar(title="A seminar", attribution="No view is ascribed to anybody.")
    pseudonyms.make_key(session, settings, seminar)
    session.commit()
    make.member(seminar, Role.ORGANISER, make.person(name="Olga Organizer"))
    return seminar


@pytest.fixture
def invite(engine, session, settings, seminar):
    """The letter that an invitation to the address brings."""

    def invited(address: str = "ada@example.org", role: Role = Role.EXPERT, name: str = "Ada") -> Letter:
        service.invite(session, settings, seminar=seminar, email=address, name=name, role=role, by=None)
        session.commit()
        assert deliver_due(engine, settings) == 1
        return letters(settings.mail_folder)[-1]

    return invited


@pytest.fixture
def other_browser(app: FastAPI):
    client = TestClient(app, base_url=ORIGIN, headers=BROWSER, follow_redirects=False)
    yield client
    client.close()


def state(session, address: str = "ada@example.org") -> MembershipState:
    session.expire_all()
    found = session.exec(select(Membership).join(Person).where(Person.email == address)).one()
    session.commit()
    return MembershipState(found.state)


def test_the_page_says_what_it_is_and_who_asks(invite, browser):
    letter = invite()
    page = browser.get(letter.link)

    assert page.status_code == 200
    for words in (
        "A seminar",
        "Olga Organizer invites you",
        "Expert",
        "What is asked of you",
        "No view is ascribed to anybody.",
        "Join the seminar",
        "Decline",
    ):
        assert words in page.text
    assert browser.get(f"{letter.link}/privacy").status_code == 200


def test_the_code_joins_signs_in_and_gives_a_pseudonym(invite, browser, session, seminar):
    letter = invite()
    response = browser.post(letter.link, data={"code": letter.code})

    assert (response.status_code, response.headers["location"]) == (303, f"/seminars/{seminar.slug}")
    assert browser.get("/profile").status_code == 200
    assert state(session) == MembershipState.JOINED
    assert session.exec(select(Panellist)).one().pseudonym.startswith("Expert ")
    assert session.exec(select(Invitation)).one().answered_at is not None


def test_whatever_a_scanner_does_nothing_changes(invite, browser, session):
    letter = invite()
    for _ in range(3):
        assert browser.get(letter.link).status_code == 200
        assert browser.head(letter.link).status_code == 200
        assert browser.get(f"{letter.link}/decline").status_code == 200
        assert browser.get(f"{letter.link}/privacy").status_code == 200
        assert browser.post(letter.link).status_code == 422
        assert browser.post(f"{letter.link}/decline").status_code == 422

    assert state(session) == MembershipState.INVITED
    assert session.exec(select(Invitation)).one().opened_at is None
    assert session.exec(select(WebSession)).all() == []
    assert session.exec(select(PseudonymLink)).all() == []


def test_a_wrong_code_shows_that_somebody_is_there_and_nothing_more(invite, browser, session):
    letter = invite()
    wrong = browser.post(letter.link, data={"code": "000000" if letter.code != "000000" else "1"})

    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.text
    assert state(session) == MembershipState.INVITED
    assert session.exec(select(Invitation)).one().opened_at is not None


def test_the_same_link_signs_in_again_with_the_code(invite, browser, other_browser, session):
    letter = invite()
    browser.post(letter.link, data={"code": letter.code})

    assert "You have joined" in other_browser.get(letter.link).text
    assert other_browser.post(letter.link).status_code == 422
    assert other_browser.post(letter.link, data={"code": letter.code}).status_code == 303
    assert other_browser.get("/profile").status_code == 200
    assert len(session.exec(select(Panellist)).all()) == 1


def test_who_is_signed_in_as_the_invited_need_not_type_the_code(invite, as_person, session):
    letter = invite(role=Role.OBSERVER)
    person = session.exec(select(Person).where(Person.email == "ada@example.org")).one()
    session.commit()
    browser = as_person(person)

    assert 'name="code"' not in browser.get(letter.link).text
    assert browser.post(letter.link).status_code == 303
    assert state(session) == MembershipState.JOINED


def test_who_is_signed_in_as_somebody_else_must(invite, as_person, make, session):
    letter, stranger = invite(), make.person()
    browser = as_person(stranger)

    assert browser.post(letter.link).status_code == 422
    assert state(session) == MembershipState.INVITED
    assert browser.post(letter.link, data={"code": letter.code}).status_code == 303
    emails = session.exec(select(Person.email).join(WebSession)).all()
    assert list(emails) == ["ada@example.org"]


def test_declining_and_changing_ones_mind(invite, browser, session):
    letter = invite()
    declined = browser.post(f"{letter.link}/decline", data={"code": letter.code})

    assert declined.headers["location"] == letter.link
    assert state(session) == MembershipState.DECLINED
    page = browser.get(letter.link).text
    assert "You have declined" in page
    assert browser.post(letter.link, data={"code": letter.code}).status_code == 303
    assert state(session) == MembershipState.JOINED
    assert browser.post(f"{letter.link}/decline", data={"code": letter.code}).status_code == 409


def test_the_link_ends_with_the_seminar(invite, browser, session, seminar):
    letter = invite()
    stored = session.get_one(Seminar, seminar.id)
    stored.status = SeminarStatus.CONCLUDED
    session.add(stored)
    session.commit()

    assert "This seminar has ended" in browser.get(letter.link).text
    assert browser.post(letter.link, data={"code": letter.code}).status_code == 409
    assert state(session) == MembershipState.INVITED


def test_the_link_ends_when_the_member_is_taken_out(invite, browser, session):
    letter = invite()
    browser.post(letter.link, data={"code": letter.code})
    membership = session.exec(select(Membership).where(Membership.role == Role.EXPERT)).one()
    service.withdraw(session, membership=membership, by=None)
    session.commit()

    assert "no longer open" in browser.get(letter.link).text
    assert browser.post(letter.link, data={"code": letter.code}).status_code == 409


@pytest.mark.parametrize("token", ["x", "a" * 43, "%F0%9F%90%A6", "' OR 1=1 --", "a" * 3000])
def test_a_made_up_link_finds_nothing(browser, token):
    assert browser.get(f"/invitation/{token}").status_code == 404
    assert browser.post(f"/invitation/{token}", data={"code": "123456"}).status_code == 404


def test_codes_of_one_invitation_can_be_tried_ten_times_an_hour(invite, browser, other_browser):
    letter, neighbour = invite(), invite("neighbour@example.org")
    wrong = f"{(int(letter.code) + 1) % 10**6:06}"
    tries = [browser.post(letter.link, data={"code": wrong}).status_code for _ in range(11)]

    assert tries == [422] * 10 + [429]
    assert browser.post(letter.link, data={"code": letter.code}).status_code == 429
    assert other_browser.post(neighbour.link, data={"code": neighbour.code}).status_code == 303


def test_a_whole_room_behind_one_address_can_join(app, invite):
    invited = [invite(f"expert{number}@example.org") for number in range(CODES_BY_CLIENT.times + 5)]

    for letter in invited:
        with TestClient(app, base_url=ORIGIN, headers=BROWSER, follow_redirects=False) as client:
            assert client.post(letter.link, data={"code": letter.code}).status_code == 303


def test_thirty_experts_join_at_once_and_the_log_stays_whole(app, invite, session):
    invited = [invite(f"expert{number}@example.org") for number in range(30)]

    answers = at_once(
        app,
        [{"method": "POST", "url": letter.link, "data": {"code": letter.code}} for letter in invited],
    )

    assert [answer.status_code for answer in answers] == [303] * 30
    names = session.exec(select(Panellist.pseudonym)).all()
    assert len(set(names)) == 30
    joined = session.exec(select(AuditEntry).where(col(AuditEntry.action) == "seminar:member:join")).all()
    assert len(joined) == 30
    assert audit.first_fault(session) is None
