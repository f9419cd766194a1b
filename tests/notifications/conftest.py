"""A mail server that answers as it is told, and a seminar that invites by it."""

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlmodel import select

from app.models import Message
from app.policy import Role
from app.seminars import pseudonyms, service
from app.settings import Settings
from tests.post import Letter, read

OK = "250 OK"


class MailServer:
    """What it was sent; its answers to recipients and to data are taken from two lists, then it agrees."""

    def __init__(self) -> None:
        self.received: list[Letter] = []
        self.to_recipients: list[str] = []
        self.to_data: list[str] = []

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.to_recipients.pop(0) if self.to_recipients else OK
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        answer = self.to_data.pop(0) if self.to_data else OK
        if answer == OK:
            assert isinstance(envelope.content, bytes)
            self.received.append(read(envelope.content))
        return answer


@pytest.fixture
def server() -> Iterator[tuple[MailServer, int]]:
    handler = MailServer()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture
def by_smtp(settings: Settings, server: tuple[MailServer, int]) -> Settings:
    return settings.model_copy(
        update={"smtp_host": "127.0.0.1", "smtp_port": server[1], "smtp_security": "none"}
    )


@pytest.fixture
def mail_server(server: tuple[MailServer, int]) -> MailServer:
    return server[0]


@pytest.fixture
def invite(make, session, settings):
    """A message that is due: an invitation to a new seminar."""

    def invited(address: str = "ada@example.org", name: str = "Ada", **seminar: object) -> Message:
        made = make.seminar(**seminar)
        pseudonyms.make_key(session, settings, made)
        membership = service.invite(
            session, settings, seminar=made, email=address, name=name, role=Role.EXPERT, by=None
        )
        message = session.exec(select(Message).where(Message.membership_id == membership.id)).one()
        session.commit()
        assert isinstance(message, Message)
        return message

    return invited
