"""Mails about a round say what is asked, until when and how to get there, and nothing of any answer."""

import email
from email.policy import default

import pytest
from sqlmodel import select

from app.db import transaction
from app.models import Invitation, Membership, Message, Person, Round, Seminar
from app.models.notifications import MessageState
from app.models.rounds import RoundState
from app.models.seminars import MembershipState
from app.notifications import letters, service
from app.policy import Role
from app.rounds import notices
from app.rounds import service as rounds
from app.seminars import pseudonyms
from app.seminars import service as seminars
from tests.results import voting

STATES = {notices.PUBLISHED: RoundState.PUBLISHED, notices.NOT_OPENED: RoundState.DRAFT}
# a wording that waits is no news of a round: tests/dissent has its mail
KINDS = sorted({*notices.AUDIENCE, notices.REMINDER, notices.MORE_TIME} - {notices.MINORITY_WORDING})


@pytest.fixture
def invited(make, session, settings):
    """A member with an invitation, as everybody has who was invited."""

    def joined(seminar: Seminar, role: Role = Role.EXPERT, **fields: object) -> Membership:
        there = session.get_one(Seminar, seminar.id)
        pseudonyms.make_key(session, settings, there)
        member = seminars.invite(
            session, settings, seminar=there, email=f"{role}@example.org", name="Ada", role=role, by=None
        )
        seminars.join(session, settings, membership=member)
        person = session.get_one(Person, member.person_id)
        for name, value in fields.items():
            setattr(person, name, value)
        session.add(person)
        session.exec(select(Message)).one().state = MessageState.SENT
        session.commit()
        return member

    return joined


@pytest.fixture
def write(session, settings):
    """The mail of a kind to a member, as it would be sent now."""

    def written(kind: str, round_: Round, member: Membership) -> email.message.EmailMessage:
        there = session.get_one(Round, round_.id)
        there.state = STATES.get(kind, RoundState.OPEN)
        notices.announce(session, there, kind, "x", [member])
        message = session.exec(select(Message).where(Message.kind == kind)).one()
        letter = letters.write(session, settings, message)
        session.commit()
        return letter

    return written


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_addressed_to_one_person_and_leads_where_it_says(make, invited, write, kind, settings):
    seminar = make.seminar(title="Protection of energy infrastructure", short_title="Energy")
    make.member(seminar, Role.ORGANISER, make.person(name="Olga Organizer"))
    member = invited(seminar)
    round_ = make.rating_round(seminar, title="Rating the ways forward", effort="About 20 minutes")
    voting.cast(make.engine, round_, [voting.alike(3, OV=7, C1=6, C2=5, why="canary-rationale")])

    letter = write(kind, round_, member)

    text = letter.get_content()
    assert letter["To"] == "expert@example.org"
    assert str(letter["From"]).startswith("Energy <")
    assert "R0" in letter["Subject"]
    for words in (
        "Dear Ada,",
        "Rating the ways forward",
        "Olga Organizer",
        "?next=/seminars/seminar-1/rounds/0",
    ):
        assert words in text
    for secret in ("canary", "Expert 0", "{{", "undefined"):
        assert secret not in text


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {notices.PUBLISHED, notices.NOT_OPENED}))
def test_the_closing_time_is_the_readers_and_in_utc(make, invited, write, session, kind):
    seminar = make.seminar(timezone="Asia/Kathmandu")
    member = invited(seminar, timezone="America/New_York")
    round_ = make.rating_round(seminar)
    text = write(kind, round_, member).get_content()

    assert "New York (UTC-0" in text
    assert " UTC\n" in text
    assert "Kathmandu" not in text


def test_without_a_zone_of_her_own_it_is_the_seminars(make, invited, write, session):
    seminar = make.seminar(timezone="Asia/Kathmandu")
    member = invited(seminar)
    round_ = make.rating_round(seminar)

    assert "Kathmandu (UTC+05:45)" in write(notices.OPENED, round_, member).get_content()


def test_a_reminder_can_be_declined_by_the_mail_program(make, invited, write, session):
    seminar = make.seminar()
    member = invited(seminar)
    round_ = make.rating_round(seminar)

    letter = write(notices.REMINDER, round_, member)

    address = str(letter["List-Unsubscribe"]).strip("<>")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in letter.get_content()
    assert write(notices.OPENED, round_, member)["List-Unsubscribe"] is None


def test_a_name_that_would_break_a_header_does_not(make, invited, write, session):
    seminar = make.seminar(title='A "seminar", <x@y.z>\r\nBcc: all@example.org =?utf-8?q?x?=')
    member = invited(seminar)
    round_ = make.rating_round(seminar)

    read = email.message_from_bytes(bytes(write(notices.OPENED, round_, member)), policy=default)

    assert read["Bcc"] is None
    assert [address.addr_spec for address in read["From"].addresses] == ["colloquy@localhost"]
    assert [address.addr_spec for address in read["To"].addresses] == ["expert@example.org"]


def test_everybody_whom_it_concerns_is_told_once(make, session):
    seminar = make.seminar()
    for role in Role:
        make.member(seminar, role)
    make.member(seminar, Role.EXPERT, state=MembershipState.DECLINED)
    round_ = session.get_one(Round, make.rating_round(seminar).id)

    assert notices.announce(session, round_, notices.OPENED) == 1
    assert notices.announce(session, round_, notices.OPENED) == 0
    assert notices.announce(session, round_, notices.PUBLISHED) == 2
    assert notices.announce(session, round_, notices.NOT_OPENED) == 1
    assert notices.announce(session, round_, notices.EXTENDED, "one") == 1
    assert notices.announce(session, round_, notices.EXTENDED, "another") == 1


def test_what_is_no_longer_so_is_not_sent(make, session, engine, settings):
    seminar = make.seminar()
    make.member(seminar, Role.EXPERT)
    round_ = make.rating_round(seminar)
    notices.announce(session, session.get_one(Round, round_.id), notices.OPENED)
    session.commit()
    voting.close(engine, round_)

    assert service.deliver_due(engine, settings) == 1

    assert session.exec(select(Message).where(Message.kind == notices.OPENED)).all() == []
    assert not settings.mail_folder.exists()


def test_the_link_leads_on_to_the_ballot_with_the_code_or_the_session(
    make, invited, write, browser, session, settings
):
    seminar = make.seminar()
    member = invited(seminar)
    round_ = make.rating_round(seminar)
    text = write(notices.OPENED, round_, member).get_content()
    link = next(line for line in text.splitlines() if "/invitation/" in line).removeprefix(settings.origin)
    code = next(
        line.strip() for line in text.splitlines() if line.startswith("    ") and line.strip().isdecimal()
    )
    ballot = "/seminars/seminar-1/rounds/0/ballot"

    assert browser.get(link).status_code == 200
    path, _, query = link.partition("?")
    onward = {"next": query.removeprefix("next=")}
    assert browser.post(path, data=onward | {"code": "000000"}).status_code == 422
    entered = browser.post(path, data=onward | {"code": code})
    assert (entered.status_code, entered.headers["Location"]) == (303, ballot)
    again = browser.get(link)
    assert (again.status_code, again.headers["Location"]) == (303, ballot)
    assert browser.get(f"{path}?next=//evil.example").headers["Location"] == "/seminars/seminar-1"


def test_a_member_without_an_invitation_signs_in_first(make, write, session, settings):
    seminar = make.seminar()
    person = make.member(seminar, Role.FACILITATOR)
    round_ = make.rating_round(seminar)
    member = session.exec(select(Membership).where(Membership.person_id == person.id)).one()

    text = write(notices.NOT_OPENED, round_, member).get_content()

    assert session.exec(select(Invitation)).all() == []
    assert f"\n{settings.origin}/seminars/seminar-1/rounds/0\n" in text
    assert "code" not in text


def test_a_round_that_cannot_open_by_itself_says_what_is_missing(make, invited, session, settings, engine):
    seminar = make.seminar()
    facilitator = invited(seminar, Role.FACILITATOR)
    round_ = make.round(seminar, state=RoundState.SCHEDULED)
    with transaction(engine) as writing:
        there = writing.get_one(Round, round_.id)
        there.opens_at = there.created_at
        assert rounds.open_due(writing, round_.id) is False
    message = session.exec(select(Message).where(Message.kind == notices.NOT_OPENED)).one()

    text = letters.write(session, settings, message).get_content()

    assert message.membership_id == facilitator.id
    assert "At least one expert has joined." in text
    assert "It was planned for:" in text
