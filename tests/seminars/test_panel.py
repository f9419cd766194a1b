"""The organisers' board: who was invited, what became of it, how far each is; for nobody else's eyes."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app import clock
from app.models import Invitation, Membership, Message, Participation, Person
from app.models.ballots import Progress
from app.models.notifications import MessageState
from app.models.seminars import MembershipState
from app.notifications.service import deliver_due
from app.policy import Role
from app.seminars import pseudonyms
from tests.post import letters


@pytest.fixture
def seminar(make, session, settings):
    seminar = make.seminar()
    pseudonyms.make_key(session, settings, seminar)
    session.commit()
    return seminar


@pytest.fixture
def organiser(make, seminar, as_person):
    return as_person(make.member(seminar, Role.ORGANISER, make.person(name="Olga")))


@pytest.fixture
def board(seminar):
    return f"/seminars/{seminar.slug}/panel"


def row_of(page: str, name: str) -> str:
    return next(row for row in page.split("<tr") if f">{name}</a>" in row)


def test_inviting_one_person_sends_a_mail_with_a_link(organiser, board, engine, settings):
    response = organiser.post(
        board, data={"email": "ADA@example.org", "name": "Ada", "role": "expert", "region": "Europe"}
    )
    assert (response.status_code, response.headers["location"]) == (303, f"{board}?done=invited")
    assert "Mail not yet sent" in row_of(organiser.get(board).text, "Ada")

    assert deliver_due(engine, settings) == 1

    letter = letters(settings.mail_folder)[0]
    assert letter.to == "ada@example.org"
    assert "Olga invites you" in letter.text
    row = row_of(organiser.get(board).text, "Ada")
    assert "Mail sent" in row
    assert "Europe" in row


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("email", "", "Please enter the e-mail address."),
        ("email", "x", "Please enter an e-mail address, such as"),
        ("role", "king", "Please use one of these roles"),
        ("sector", "SEC-X", "This seminar has no sectors."),
        ("region", "x" * 65, "Please use at most 64 characters."),
        ("name", "x" * 201, "Please use at most 200 characters."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    organiser, board, session, field, value, says
):
    typed = {"email": "ada@example.org", "name": "Ada Typed", "role": "observer"} | {field: value}
    response = organiser.post(board, data=typed)

    assert response.status_code == 422
    assert says in response.text
    if field != "name":
        assert 'value="Ada Typed"' in response.text
    assert len(session.exec(select(Membership)).all()) == 1


def test_somebody_invited_already_is_refused_beside_the_address(organiser, board):
    form = {"email": "ada@example.org", "name": "Ada", "role": "expert"}
    organiser.post(board, data=form)

    twice = organiser.post(board, data=form)
    as_staff = organiser.post(board, data=form | {"role": "facilitator"})

    assert twice.status_code == as_staff.status_code == 422
    assert "already been invited in this role" in twice.text
    assert "Nobody can be an expert and a facilitator" in as_staff.text


def test_the_board_tells_how_far_each_is_with_the_open_round_and_not_what_was_answered(
    make, seminar, organiser, board, session
):
    round_ = make.round(seminar, state="open")
    for name, progress in {
        "Ann": None,
        "Bob": Progress.OPENED,
        "Cem": Progress.STARTED,
        "Dea": Progress.SUBMITTED,
    }.items():
        expert = make.expert(seminar, name=name)
        member = session.exec(select(Membership).where(Membership.person_id == expert.id)).one()
        if progress:
            session.add(Participation(membership_id=member.id, round_id=round_.id, progress=progress))
        session.commit()

    page = organiser.get(board).text

    for name, word in {
        "Ann": "Not started",
        "Bob": "Not started",
        "Cem": "Started",
        "Dea": "Submitted",
    }.items():
        assert f">{word}<" in row_of(page, name)
    assert "Expert " not in page.replace("Expert<", "")


def test_states_filter_without_script(make, seminar, organiser, board):
    make.member(seminar, Role.EXPERT, make.person(name="Waits"), state=MembershipState.INVITED)
    make.member(seminar, Role.OBSERVER, make.person(name="Said no"), state=MembershipState.DECLINED)

    declined = organiser.get(f"{board}?state=declined").text
    nonsense = organiser.get(f"{board}?state=nonsense")

    assert "Said no" in declined
    assert ">Waits</a>" not in declined
    assert nonsense.status_code == 200


def test_a_mail_that_failed_says_why_and_can_be_sent_again(organiser, board, session, engine, settings):
    organiser.post(board, data={"email": "ada@example.org", "name": "Ada", "role": "expert"})
    message = session.exec(select(Message)).one()
    message.state, message.problem = MessageState.FAILED, "550 5.1.1 <no such> user"
    session.add(message)
    session.commit()
    row = row_of(organiser.get(board).text, "Ada")
    assert "Mail failed" in row
    assert "550 5.1.1 &lt;no such&gt; user" in row

    member = session.exec(select(Membership).where(Membership.role == Role.EXPERT)).one()
    session.commit()
    assert organiser.post(f"{board}/{member.id}/resend").status_code == 303
    assert organiser.post(f"{board}/{member.id}/resend").status_code == 303

    assert deliver_due(engine, settings) == 1
    assert "Mail sent" in row_of(organiser.get(board).text, "Ada")


def test_sending_again_sends_the_same_link(organiser, board, session, engine, settings):
    organiser.post(board, data={"email": "ada@example.org", "name": "Ada", "role": "expert"})
    deliver_due(engine, settings)
    member = session.exec(select(Membership).where(Membership.role == Role.EXPERT)).one()
    session.commit()
    organiser.post(f"{board}/{member.id}/resend")
    deliver_due(engine, settings)

    first, second = letters(settings.mail_folder)
    assert (first.link, first.code) == (second.link, second.code)
    assert first.message_id != second.message_id


def test_one_member_has_a_page_with_role_and_way_out(organiser, board, make, seminar, session):
    observer = make.member(seminar, Role.OBSERVER, make.person(name="Ann"))
    member = session.exec(select(Membership).where(Membership.person_id == observer.id)).one()
    session.commit()
    page = f"{board}/{member.id}"
    assert "Ann" in organiser.get(page).text

    assert organiser.post(f"{page}/role", data={"role": "facilitator"}).status_code == 303
    assert organiser.post(f"{page}/role", data={"role": "king"}).status_code == 422
    assert organiser.post(f"{page}/role", data={}).status_code == 422
    assert organiser.post(f"{page}/role", data={"role": "expert"}).status_code == 409
    assert organiser.post(f"{page}/withdraw").status_code == 303
    session.expire_all()
    stored = session.get_one(Membership, member.id)
    assert (stored.role, stored.state) == (Role.FACILITATOR, MembershipState.WITHDRAWN)


def test_a_member_of_another_seminar_is_not_found_here(organiser, board, make, session):
    other = make.member(make.seminar(), Role.OBSERVER)
    member = session.exec(select(Membership).where(Membership.person_id == other.id)).one()
    session.commit()

    for method, path in (("GET", ""), ("POST", "/resend"), ("POST", "/role"), ("POST", "/withdraw")):
        assert organiser.request(method, f"{board}/{member.id}{path}").status_code == 404
    assert organiser.get(f"{board}/not-an-id").status_code == 404


def test_the_last_organiser_cannot_be_taken_out(organiser, board, session):
    member = session.exec(select(Membership)).one()
    session.commit()

    assert organiser.post(f"{board}/{member.id}/withdraw").status_code == 409
    assert organiser.get(board).status_code == 200


@pytest.mark.parametrize("role", [Role.EXPERT, Role.FACILITATOR, Role.OBSERVER])
def test_no_address_and_no_name_is_shown_to_anybody_but_organisers(make, seminar, as_person, role, board):
    make.member(seminar, Role.EXPERT, make.person(name="Canary", email="canary@example.org"))
    browser = as_person(make.member(seminar, role))

    assert browser.get(board).status_code == 403
    base = f"/seminars/{seminar.slug}"
    for path in (
        base,
        f"{base}/privacy",
        f"{base}/rounds",
        f"{base}/outcome",
        f"{base}/mandate",
        f"{base}/leave",
    ):
        page = browser.get(path).text
        assert "canary@example.org" not in page
        assert "Canary" not in page


def test_strangers_learn_nothing(make, board, as_person, browser):
    assert as_person(make.person()).get(board).status_code == 404
    assert browser.get(board).headers["location"] == f"/sign-in?next={board.replace('/', '%2F')}"


def test_hostile_names_are_only_text(organiser, board, engine, settings, session):
    name = '=HYPERLINK("x")<script>alert(1)</script>'
    organiser.post(board, data={"email": "ada@example.org", "name": name, "role": "expert"})
    page = organiser.get(board).text

    assert "<script>alert" not in page
    assert session.exec(select(Person.name).where(Person.email == "ada@example.org")).one() == name


def test_leaving_is_said_before_it_is_done(make, seminar, as_person, session):
    expert = make.expert(seminar)
    browser = as_person(expert)
    page = f"/seminars/{seminar.slug}/leave"
    assert "Answers that you submitted stay" in browser.get(page).text

    assert browser.post(page).status_code == 303

    assert browser.get(f"/seminars/{seminar.slug}").status_code == 404
    member = session.exec(select(Membership).where(Membership.person_id == expert.id)).one()
    assert member.state == MembershipState.WITHDRAWN


def test_opened_stands_between_sent_and_joined(organiser, board, session, engine, settings):
    organiser.post(board, data={"email": "ada@example.org", "name": "Ada", "role": "expert"})
    deliver_due(engine, settings)
    invitation = session.exec(select(Invitation)).one()
    invitation.opened_at = clock.now() - timedelta(hours=1)
    session.add(invitation)
    session.commit()

    assert ">Opened<" in row_of(organiser.get(board).text, "Ada")
