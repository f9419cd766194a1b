"""Reminders on demand, the choice without signing in, and the mails that failed, each for whom it is."""

from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import select
from starlette.testclient import TestClient

from app.db import transaction
from app.models import Invitation, Membership, Message, Participation, Person, ReminderChoice, Seminar
from app.models.ballots import Progress
from app.models.notifications import MessageState
from app.notifications import choices
from app.notifications.service import MOST_ATTEMPTS, deliver_due
from app.policy import Role
from app.rounds import notices
from app.seminars import pseudonyms
from app.seminars import service as seminars
from tests.conftest import ORIGIN
from tests.post import letters


@pytest.fixture
def seminar(make):
    return make.seminar()


@pytest.fixture
def round_(make, seminar):
    return make.rating_round(seminar)


@pytest.fixture
def staff(make, seminar, as_person):
    def browser(role: Role) -> TestClient:
        client = as_person(make.member(seminar, role))
        assert isinstance(client, TestClient)
        return client

    return browser


@pytest.fixture
def member(make, seminar, engine):
    def joined(name: str) -> Membership:
        person = make.member(seminar, Role.EXPERT, make.person(name=name))
        with transaction(engine, write=False) as session:
            return session.exec(select(Membership).where(Membership.person_id == person.id)).one()

    return joined


REMIND = "/seminars/seminar-1/rounds/0/remind"
MAIL = "/seminars/seminar-1/mail"


@pytest.fixture
def reminded(engine):
    def found() -> set[UUID]:
        with transaction(engine, write=False) as session:
            mails = select(Message.membership_id).where(Message.kind == notices.REMINDER)
            return set(session.exec(mails))

    return found


@pytest.fixture
def submitted(engine, round_):
    def has(member: Membership) -> None:
        with transaction(engine) as session:
            session.add(
                Participation(membership_id=member.id, round_id=round_.id, progress=Progress.SUBMITTED)
            )

    return has


def test_a_facilitator_reminds_all_and_learns_no_name(staff, member, submitted, reminded):
    wanted, done = member("Ada Awaited"), member("Dora Done")
    submitted(done)
    browser = staff(Role.FACILITATOR)

    page = browser.get(REMIND)
    assert "One expert would get this reminder now." in page.text
    assert "Postpone this reminder by three days" in page.text
    sent = browser.post(REMIND)
    after = browser.get(sent.headers["Location"])

    assert "One reminder leaves within seconds." in after.text
    assert reminded() == {wanted.id}
    for text in (page.text, after.text):
        assert "Ada" not in text
        assert "person" not in text.lower().split("<main")[1]
    assert "Nobody was reminded." in browser.get(browser.post(REMIND).headers["Location"]).text


def test_an_organizer_chooses_by_name(staff, member, submitted, reminded):
    wanted, other, done = member("Ada Awaited"), member("Otto Other"), member("Dora Done")
    submitted(done)
    browser = staff(Role.ORGANISER)

    page = browser.get(f"{REMIND}/people")
    assert "Ada Awaited" in page.text
    assert "Dora Done" not in page.text
    chosen = {"member": [str(wanted.id), str(done.id), "nobody"]}
    assert browser.post(f"{REMIND}/people", data=chosen).status_code == 303
    assert reminded() == {wanted.id}
    assert browser.post(f"{REMIND}/people").headers["Location"].endswith("?sent=0")
    assert "was reminded in the last day" in browser.get(f"{REMIND}/people").text
    assert reminded() == {wanted.id}
    assert other.id not in reminded()


@pytest.mark.parametrize("path", [REMIND, f"{REMIND}/people"])
def test_of_a_round_that_is_not_open_nobody_is_reminded(make, seminar, staff, path):
    make.rating_round(seminar, state="closed")
    browser = staff(Role.ORGANISER if path.endswith("people") else Role.FACILITATOR)

    assert browser.get(path).status_code == 409
    assert browser.post(path).status_code == 409


@pytest.fixture
def stranger(app: FastAPI):
    """What a mail program sends: no cookie, no origin, no fetch metadata."""
    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as client:
        yield client


@pytest.fixture
def chosen(engine):
    def found() -> ReminderChoice | None:
        with transaction(engine, write=False) as session:
            return session.exec(select(ReminderChoice)).one_or_none()

    return found


@pytest.fixture
def link(engine, settings, member):
    """The one in Ada's reminders."""
    ada = member("Ada")
    with transaction(engine, write=False) as session:
        return f"/reminders/{choices.token_of(session, settings, ada)}"


def test_by_the_link_reminders_are_postponed_stopped_and_resumed(link, chosen, browser):
    page = browser.get(link)
    assert "Remind me in 3 days" in page.text
    assert "Ada" not in page.text
    assert chosen() is None

    for _ in range(2):
        assert browser.post(f"{link}/wish", data={"wish": "postpone"}).headers["Location"] == link
    assert "You get no reminder before" in browser.get(link).text
    for _ in range(2):
        assert browser.post(f"{link}/wish", data={"wish": "stop"}).status_code == 303
    assert "You get no more reminders" in browser.get(link).text
    assert browser.post(f"{link}/wish", data={"wish": "resume"}).status_code == 303
    found = chosen()
    assert found
    assert (found.stopped_at, found.postponed_until) == (None, None)
    assert browser.post(f"{link}/wish", data={"wish": "explode"}).status_code == 422


def test_a_mail_program_stops_them_by_one_click_and_nothing_else_is_open_to_it(link, chosen, stranger):
    for path in (f"{link}/wish", "/sign-out", "/seminars/seminar-1/rounds/0/remind", f"{link}/", f"/x{link}"):
        assert stranger.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 403
    assert stranger.post(link).status_code == 400
    assert stranger.post("/reminders/forged.token", data={"List-Unsubscribe": "One-Click"}).status_code == 404
    assert chosen() is None

    for _ in range(2):
        clicked = stranger.post(link, data={"List-Unsubscribe": "One-Click"})
        assert (clicked.status_code, clicked.text) == (200, "You will get no more reminders.")
    found = chosen()
    assert found
    assert found.stopped_at


@pytest.fixture
def failed(engine, settings, seminar):
    """An invitation that a mail server refused for good."""

    def refused(address: str = "typo@example.org") -> Message:
        with transaction(engine) as session:
            there = session.get_one(Seminar, seminar.id)
            pseudonyms.make_key(session, settings, there)
            seminars.invite(
                session, settings, seminar=there, email=address, name="Ada", role=Role.EXPERT, by=None
            )
            message = session.exec(select(Message)).one()
            message.state, message.attempts = MessageState.FAILED, 1
            message.problem = "550 no such user"
        return message

    return refused


def test_an_organizer_sees_what_failed_and_sends_it_to_the_right_address(staff, failed, engine, settings):
    message = failed()
    with transaction(engine, write=False) as session:
        nonce = session.exec(select(Invitation.nonce)).one()
    browser = staff(Role.ORGANISER)
    page = browser.get(MAIL)
    assert "550 no such user" in page.text
    assert "typo@example.org" in page.text
    mail = {"mail": str(message.id)}

    wrong = browser.post(MAIL, data=mail | {"email": "nowhere"})
    assert wrong.status_code == 422
    assert "Please enter an e-mail address" in wrong.text
    assert browser.post(MAIL, data=mail | {"email": "right@example.org"}).status_code == 303
    assert browser.post(MAIL, data=mail).status_code == 409

    assert deliver_due(engine, settings) == 1
    assert [letter.to for letter in letters(settings.mail_folder)] == ["right@example.org"]
    with transaction(engine, write=False) as session:
        assert session.exec(select(Invitation.nonce)).one() != nonce
        assert session.get_one(Message, message.id).attempts == MOST_ATTEMPTS + 1
    assert "550" not in browser.get(f"{MAIL}?state=sent").text


def test_the_address_of_who_has_joined_is_nobodys_to_change(staff, failed, engine, settings):
    message = failed()
    with transaction(engine) as session:
        member = session.get_one(Membership, message.membership_id)
        seminars.join(session, settings, membership=member)
    browser = staff(Role.ORGANISER)

    assert "This person has joined with this address" in browser.get(MAIL).text
    refused = browser.post(MAIL, data={"mail": str(message.id), "email": "mine@example.org"})

    assert refused.status_code == 422
    with transaction(engine, write=False) as session:
        assert "mine@example.org" not in set(session.exec(select(Person.email)))


def test_a_mail_of_another_seminar_is_not_found(make, as_person, failed):
    message = failed()
    other = make.seminar(slug="other")
    browser = as_person(make.member(other, Role.ORGANISER))

    for mail, status in ((str(message.id), 404), ("none", 422), ("", 422)):
        assert browser.post("/seminars/other/mail", data={"mail": mail}).status_code == status


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.EXPERT, Role.OBSERVER, Role.CLERK])
def test_nobody_else_sees_the_mails(staff, role):
    assert staff(role).get(MAIL).status_code == 403
