"""Persons by their address, and the sessions they have."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app import clock
from app.models import Person, SignInLink, WebSession
from app.settings import Settings


def find_person(session: Session, *, email: str) -> Person | None:
    """The person with this address (in lower case), or None."""
    return session.exec(select(Person).where(Person.email == email)).one_or_none()


def find_session(
    session: Session, settings: Settings, *, token_hash: str
) -> tuple[WebSession, Person] | None:
    """A session that is neither too old nor too long unused, and whose it is."""
    found = session.exec(
        select(WebSession, Person)
        .join(Person)
        .where(
            WebSession.token_hash == token_hash,
            WebSession.expires_at > clock.now(),
            WebSession.last_seen_at > idle_since(settings),
            col(Person.disabled_at).is_(None),
        )
    ).one_or_none()
    return (found[0], found[1]) if found else None


def sessions_of(session: Session, settings: Settings, *, person: Person) -> list[WebSession]:
    """The sessions that the person could go on with, the last used first."""
    return list(
        session.exec(
            select(WebSession)
            .where(
                WebSession.person_id == person.id,
                WebSession.expires_at > clock.now(),
                WebSession.last_seen_at > idle_since(settings),
            )
            .order_by(col(WebSession.last_seen_at).desc())
        )
    )


def idle_since(settings: Settings) -> datetime:
    """A session last seen before this moment is over."""
    return clock.now() - timedelta(hours=settings.session_idle_hours)


def find_link(session: Session, *, token_hash: str) -> SignInLink | None:
    """The link, if it is still good."""
    return session.exec(
        select(SignInLink).where(
            SignInLink.token_hash == token_hash,
            col(SignInLink.used_at).is_(None),
            SignInLink.expires_at > clock.now(),
        )
    ).one_or_none()


def links_of_browser(session: Session, *, browser_hash: str) -> list[SignInLink]:
    """The links that this browser asked for and that are still good."""
    return list(
        session.exec(
            select(SignInLink).where(
                SignInLink.browser_hash == browser_hash,
                col(SignInLink.used_at).is_(None),
                SignInLink.expires_at > clock.now(),
            )
        )
    )
