"""People come in and go out: accounts, one-time links, sessions."""

from datetime import timedelta
from typing import NamedTuple

from sqlmodel import Session, col, delete, update

from app import clock
from app.identity import queries
from app.identity.addresses import tidy_address, tidy_name
from app.identity.tokens import hash_code, hash_token, new_code, new_token, same
from app.models import Person, SignInLink, WebSession
from app.settings import Settings


class LinkSecrets(NamedTuple):
    """What the mail carries, and the database does not."""

    token: str
    code: str


def find_or_make_person(session: Session, *, email: str, name: str = "", locale: str | None = None) -> Person:
    """The person with this address; a name or a language that we lacked is filled in."""
    address = tidy_address(email)
    person = queries.find_person(session, email=address) or Person(email=address)
    person.name = person.name or tidy_name(name)
    person.locale = person.locale or locale
    session.add(person)
    session.flush()
    return person


def make_link(session: Session, settings: Settings, *, person: Person, browser: str) -> LinkSecrets | None:
    """A one-time link for the person, tied to the browser that asked; None for one who may not come in."""
    if person.disabled_at is not None:
        return None
    made = LinkSecrets(new_token(), new_code())
    token_hash = hash_token(made.token)
    session.add(
        SignInLink(
            person_id=person.id,
            token_hash=token_hash,
            code_hash=hash_code(settings, token_hash, made.code),
            browser_hash=hash_token(browser),
            expires_at=clock.now() + timedelta(minutes=settings.sign_in_minutes),
        )
    )
    return made


def redeem_link(
    session: Session, settings: Settings, *, token: str, browser: str, code: str
) -> Person | None:
    """The person whom the link signs in, once; None without its browser and without its code."""
    link = queries.find_link(session, token_hash=hash_token(token))
    if link is None or not (is_from(link, browser) or _fits(link, settings, code)):
        return None
    return _use(session, link)


def redeem_code(session: Session, settings: Settings, *, browser: str, code: str) -> Person | None:
    """The person whom the code signs in, once, in the browser that asked for it."""
    for link in queries.links_of_browser(session, browser_hash=hash_token(browser)):
        if _fits(link, settings, code):
            return _use(session, link)
    return None


def is_from(link: SignInLink, browser: str) -> bool:
    """Whether it was this browser that asked for the link."""
    return bool(browser) and same(link.browser_hash, hash_token(browser))


def _fits(link: SignInLink, settings: Settings, code: str) -> bool:
    return same(link.code_hash, hash_code(settings, link.token_hash, code))


def _use(session: Session, link: SignInLink) -> Person | None:
    # one UPDATE decides: of many requests that come at once, one sees its row changed
    used = session.exec(
        update(SignInLink)
        .where(
            col(SignInLink.id) == link.id,
            col(SignInLink.used_at).is_(None),
            col(SignInLink.expires_at) > clock.now(),
        )
        .values(used_at=clock.now())
    )
    person = session.get(Person, link.person_id)
    if used.rowcount != 1 or person is None or person.disabled_at is not None:
        return None
    return person


def start_session(session: Session, settings: Settings, *, person: Person) -> str:
    """The person is signed in with the token given, which only the browser keeps."""
    token = new_token()
    session.add(
        WebSession(
            person_id=person.id,
            token_hash=hash_token(token),
            last_seen_at=clock.now(),
            expires_at=clock.now() + timedelta(days=settings.session_days),
        )
    )
    session.flush()
    return token


def end_session(session: Session, *, token: str) -> None:
    """The session is over, and a copy of its cookie is worth nothing."""
    session.exec(delete(WebSession).where(col(WebSession.token_hash) == hash_token(token)))


def end_other_sessions(session: Session, *, person: Person, keep: WebSession) -> int:
    """All sessions of the person but one are over."""
    ended = session.exec(
        delete(WebSession).where(col(WebSession.person_id) == person.id, col(WebSession.id) != keep.id)
    )
    return ended.rowcount


def touch_session(session: Session, *, used: WebSession) -> None:
    """The session was used now."""
    session.exec(update(WebSession).where(col(WebSession.id) == used.id).values(last_seen_at=clock.now()))


def save_profile(
    session: Session, *, person: Person, name: str, locale: str | None, timezone: str | None
) -> None:
    """The person is called, spoken to and told the time as they wish."""
    person.name, person.locale, person.timezone = tidy_name(name), locale, timezone
    session.add(person)


def choose_language(session: Session, *, person: Person, language: str) -> None:
    """The person is spoken to in this language, in mails too."""
    person.locale = language
    session.add(person)


def forget_old_rows(session: Session, settings: Settings) -> None:
    """Links and sessions that are of no use to anybody are gone."""
    now = clock.now()
    session.exec(delete(SignInLink).where(col(SignInLink.expires_at) < now - timedelta(days=1)))
    session.exec(
        delete(WebSession).where(
            (col(WebSession.expires_at) < now) | (col(WebSession.last_seen_at) < queries.idle_since(settings))
        )
    )
