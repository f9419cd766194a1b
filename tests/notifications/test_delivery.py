"""Mail that is due arrives, is tried again while that may help, and is given up with a reason."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlmodel import select

from app import clock, i18n
from app.models import Membership, Message, Person
from app.models.notifications import MessageState
from app.notifications.service import MOST_ATTEMPTS, UNDER_WAY, deliver_due
from app.seminars import service
from tests.post import letters


@pytest.fixture
def later(monkeypatch):
    """Let time pass."""

    def passed(**span: float) -> None:
        now = clock.now() + timedelta(**span)
        monkeypatch.setattr(clock, "now", lambda: now)

    return passed


def stored(session) -> Message:
    session.rollback()
    session.expire_all()
    message = session.exec(select(Message)).one()
    assert isinstance(message, Message)
    session.expunge(message)
    session.rollback()
    return message


def test_an_invitation_arrives(invite, engine, by_smtp, mail_server, session):
    message = invite(title="Réunion d'experts", language="en")

    assert deliver_due(engine, by_smtp) == 1
    assert deliver_due(engine, by_smtp) == 0

    letter = mail_server.received[0]
    assert letter.to == "ada@example.org"
    assert letter.subject == "Invitation: Réunion d'experts"
    assert letter.message_id == f"<{message.id}@127.0.0.1>"
    assert stored(session).state == MessageState.SENT
    assert stored(session).sent_at is not None


@pytest.mark.parametrize(
    "refusals", [{"to_recipients": ["451 4.7.1 try later"]}, {"to_data": ["452 4.2.2 full"]}]
)
def test_a_server_that_is_busy_is_asked_again(invite, engine, by_smtp, mail_server, session, later, refusals):
    invite()
    for name, answers in refusals.items():
        getattr(mail_server, name).extend(answers)

    assert deliver_due(engine, by_smtp) == 1
    waiting = stored(session)
    assert (waiting.state, waiting.attempts) == (MessageState.QUEUED, 1)
    assert waiting.problem in {"451 4.7.1 try later", "452 4.2.2 full"}
    assert deliver_due(engine, by_smtp) == 0
    later(minutes=1, seconds=1)
    assert deliver_due(engine, by_smtp) == 1

    assert stored(session).state == MessageState.SENT
    assert stored(session).problem == ""
    assert len(mail_server.received) == 1


@pytest.mark.parametrize(
    "refusals", [{"to_recipients": ["550 5.1.1 no such user"]}, {"to_data": ["554 5.7.1 spam"]}]
)
def test_a_final_no_is_taken_for_one(invite, engine, by_smtp, mail_server, session, later, refusals):
    invite()
    for name, answers in refusals.items():
        getattr(mail_server, name).extend(answers)

    deliver_due(engine, by_smtp)

    failed = stored(session)
    assert failed.state == MessageState.FAILED
    assert failed.problem in {"550 5.1.1 no such user", "554 5.7.1 spam"}
    later(days=10)
    assert deliver_due(engine, by_smtp) == 0


def test_no_server_at_all_is_tried_again_ever_less_often_and_then_given_up(
    invite, engine, by_smtp, session, later
):
    unreachable = by_smtp.model_copy(update={"smtp_port": 1})
    invite()
    waits = []
    for _ in range(MOST_ATTEMPTS):
        assert deliver_due(engine, unreachable) == 1
        message = stored(session)
        waits.append(round((message.due_at - clock.now()).total_seconds() / 60))
        later(hours=5)

    assert waits[:9] == [1, 2, 4, 8, 16, 32, 64, 128, 240]
    assert stored(session).state == MessageState.FAILED
    assert stored(session).problem == "The mail server cannot be used at the moment."
    assert deliver_due(engine, unreachable) == 0


def test_a_message_dropped_by_a_process_that_died_is_sent_again_under_the_same_name(
    invite, engine, by_smtp, mail_server, session, later
):
    message = invite()
    deliver_due(engine, by_smtp)
    dropped = stored(session)
    dropped.state, dropped.due_at = MessageState.SENDING, clock.now() + UNDER_WAY
    session.merge(dropped)
    session.commit()

    assert deliver_due(engine, by_smtp) == 0
    later(minutes=5, seconds=1)
    assert deliver_due(engine, by_smtp) == 1

    assert {letter.message_id for letter in mail_server.received} == {f"<{message.id}@127.0.0.1>"}
    assert len(mail_server.received) == 2


def test_workers_that_meet_send_each_message_once(invite, engine, by_smtp, mail_server):
    for number in range(12):
        invite(f"expert{number}@example.org")

    workers = [Thread(target=deliver_due, args=(engine, by_smtp)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(letter.to for letter in mail_server.received) == sorted(
        f"expert{number}@example.org" for number in range(12)
    )


def test_one_that_fails_holds_up_no_other(invite, engine, by_smtp, mail_server):
    for number in range(3):
        invite(f"expert{number}@example.org")
    mail_server.to_recipients.append("550 no")

    assert deliver_due(engine, by_smtp) == 3
    assert len(mail_server.received) == 2


def test_an_invitation_taken_back_before_it_was_sent_is_not_sent(
    invite, engine, by_smtp, mail_server, session
):
    message = invite()
    service.withdraw(session, membership=session.get_one(Membership, message.membership_id), by=None)
    session.commit()

    deliver_due(engine, by_smtp)

    assert mail_server.received == []
    assert stored(session).problem == "The invitation was taken back before it was sent."


def test_a_message_of_a_kind_without_a_text_is_kept_and_said_to_have_failed_to_be_written(
    invite, engine, by_smtp, session
):
    message = invite()
    message.kind = "unheard-of"
    session.add(message)
    session.commit()

    deliver_due(engine, by_smtp)

    assert stored(session).problem == "The mail could not be written."
    assert stored(session).state == MessageState.QUEUED


HOSTILE = [
    "Ada\r\nBcc: everybody@example.org",
    "Ada\n\nFree money",
    "=?utf-8?q?x?=",
    "=?utf-8?q?x=0d=0aBcc:_everybody=40example.org?=",
    "<script>alert(1)</script> & Söhne",
    "أمل حداد 🐦",
    "x" * 200,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_names_and_titles_break_no_mail(invite, engine, by_smtp, mail_server, text):
    invite(name=text, title=text)

    assert deliver_due(engine, by_smtp) == 1

    letter = mail_server.received[0]
    assert letter.to == "ada@example.org"
    assert letter.subject == f"Invitation: {' '.join(text.split())}".replace("=?", "= ?")
    assert "&lt;" not in letter.text
    assert "&amp;" not in letter.text


def test_without_a_server_mail_goes_to_a_folder_that_others_cannot_read(invite, engine, settings):
    invite()

    assert deliver_due(engine, settings) == 1

    assert [letter.to for letter in letters(settings.mail_folder)] == ["ada@example.org"]
    (file,) = settings.mail_folder.iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_the_letter_speaks_the_recipients_language_and_leaves_the_speakers_alone(
    invite, engine, settings, session
):
    invite(language="ar")
    person = session.exec(select(Person)).one()
    person.locale = "fr"
    session.add(person)
    session.commit()
    i18n.use("zh")

    deliver_due(engine, settings)

    french = i18n.catalogue("fr").gettext("Read what is asked of you, and join or decline:")
    assert french in letters(settings.mail_folder)[0].text
    assert i18n.language() == "zh"
    i18n.use("en")
