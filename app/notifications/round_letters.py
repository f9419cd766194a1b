"""What the mails about a round tell, and whether there is still reason to send one."""

from sqlmodel import Session, select

from app.dissent import queries as dissent
from app.models import Membership, Message, Participation, Person, Round, Seminar
from app.models.rounds import RoundState
from app.notifications import reminders
from app.rounds import chronicle, deadlines, lifecycle, notices
from app.rounds.checklist import checklist

UNOPENED = frozenset({RoundState.DRAFT, RoundState.SCHEDULED})
BALLOT = frozenset({notices.OPENED, notices.REMINDER, notices.EXTENDED, notices.REOPENED, notices.MORE_TIME})


class NotNeeded(Exception):
    """What the mail would say is no longer so, or no longer matters to her: it is not sent."""


def is_needed(session: Session, message: Message, round_: Round, membership: Membership) -> bool:
    """Whether what the mail says is still so."""
    if message.kind == notices.REMINDER:
        return reminders.is_wanted(session, message, round_)
    if message.kind in BALLOT:
        own = deadlines.of_member(session, round_, membership)
        return lifecycle.takes_answers(round_, own)
    if message.kind == notices.PUBLISHED:
        return round_.state is RoundState.PUBLISHED
    if message.kind == notices.MINORITY_WORDING:
        return dissent.waiting(session, seminar=session.get_one(Seminar, round_.seminar_id))
    if message.kind == notices.NOT_OPENED:
        return round_.state in UNOPENED
    return True


def page(kind: str, seminar: Seminar, round_: Round) -> str:
    """Where the mail's link leads on to."""
    base = f"/seminars/{seminar.slug}/rounds/{round_.number}"
    if kind == notices.MINORITY_WORDING:
        return f"/seminars/{seminar.slug}/dissent"
    if kind == notices.FORM_ENTERED:
        return f"{base}/form/receipt"
    return f"{base}/ballot" if kind in BALLOT | {notices.FORM_ENTERED} else base


def facts(session: Session, round_: Round, membership: Membership | None) -> dict[str, object]:
    """What the mail may tell of the round: of her own part how far she is, and of no answer anything."""
    seminar = session.get_one(Seminar, round_.seminar_id)
    person = session.get_one(Person, membership.person_id) if membership else None
    own = deadlines.of_member(session, round_, membership) if membership else None
    missed = chronicle.missed(session, round_)
    return {
        "round": round_,
        "closes_at": lifecycle.closes_at(round_, own),
        "own_time": own is not None,
        "zone": (person.timezone if person else None) or seminar.timezone,
        "progress": _progress(session, round_, membership),
        "reason": _reason(session, round_),
        "planned": missed.planned if missed else None,
        "missing": _missing(session, round_, missed.missing if missed else []),
    }


def _reason(session: Session, round_: Round) -> str:
    """Why the closing time was moved the last time, as the panel may know it."""
    moved = [(move.at, move.reason) for move in chronicle.extensions(session, round_)]
    moved += [(move.at, move.reason) for move in chronicle.reopenings(session, round_)]
    return max(moved)[1] if moved else ""


def _missing(session: Session, round_: Round, names: list[str]) -> list[str]:
    if not names:
        return []
    return [point.text for point in checklist(session, round_, round_.closes_at) if point.name in names]


def _progress(session: Session, round_: Round, membership: Membership | None) -> str | None:
    if membership is None:
        return None
    return session.exec(
        select(Participation.progress).where(
            Participation.round_id == round_.id, Participation.membership_id == membership.id
        )
    ).one_or_none()
