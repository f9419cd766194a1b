"""Which forms there are, and what has come back of them; never whose they are."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from app.models import Membership, Panellist, PaperEntry, PaperForm, Person, Round
from app.models.ballots import EntryState
from app.models.seminars import MembershipState
from app.offline.codebook import CodeBook, Paper
from app.policy import Role


@dataclass(frozen=True, slots=True)
class Came:
    """A form that came back, by its code."""

    code: str
    number: int
    state: EntryState


@dataclass(frozen=True, slots=True)
class Recipient:
    """An expert to whom a form can be sent: by name, and without a word of what she answers."""

    membership: Membership
    name: str
    email: str
    language: str


def find_form(session: Session, book: CodeBook, code: str) -> Paper | None:
    """The form with this code, of whatever round of the seminar."""
    row = session.exec(select(PaperForm).where(PaperForm.digest == book.digest(code))).one_or_none()
    return book.paper(row) if row else None


def form_of(session: Session, book: CodeBook, *, round_: Round, panellist: Panellist) -> Paper | None:
    """The panellist's form in the round, if there are forms."""
    mine = (PaperForm.round_id == round_.id, PaperForm.panellist_id == panellist.id)
    row = session.exec(select(PaperForm).where(*mine)).one_or_none()
    return book.paper(row) if row else None


def find_entry(session: Session, form: PaperForm, number: int, *, by_clerk: bool) -> PaperEntry | None:
    """What came back of a form, by its number; what its author has sent herself is nobody else's to see."""
    mine = (PaperEntry.form_id == form.id, PaperEntry.number == number, PaperEntry.by_clerk == by_clerk)
    return session.exec(select(PaperEntry).where(*mine)).one_or_none()


def waiting(session: Session, form: PaperForm, *, by_clerk: bool) -> PaperEntry | None:
    """What was read of the form, by its author or by a form clerk, and is not decided yet."""
    mine = (
        PaperEntry.form_id == form.id,
        PaperEntry.state == EntryState.READ,
        PaperEntry.by_clerk == by_clerk,
    )
    return session.exec(select(PaperEntry).where(*mine).order_by(col(PaperEntry.number).desc())).first()


def came_back(session: Session, book: CodeBook, round_: Round) -> list[Came]:
    """The forms of a round that clerks have taken in, by their codes; of each the last state."""
    rows = session.exec(
        select(PaperForm, PaperEntry)
        .join(PaperEntry, col(PaperEntry.form_id) == col(PaperForm.id))
        .where(
            PaperForm.round_id == round_.id,
            PaperEntry.state != EntryState.DROPPED,
            col(PaperEntry.by_clerk),
        )
        .order_by(col(PaperEntry.number))
    )
    latest = {form.id: (form, entry) for form, entry in rows}
    came = [Came(book.paper(form).code, entry.number, entry.state) for form, entry in latest.values()]
    return sorted(came, key=lambda one: (one.state is not EntryState.READ, one.code))


def recipients(session: Session, round_: Round) -> list[Recipient]:
    """The experts on the panel, by name."""
    return _experts(session, round_.seminar_id, {MembershipState.JOINED})


def invited(session: Session, seminar_id: UUID) -> list[Recipient]:
    """The experts on the panel, and those who are asked to join it."""
    return _experts(session, seminar_id, {MembershipState.JOINED, MembershipState.INVITED})


def _experts(session: Session, seminar_id: UUID, states: Collection[MembershipState]) -> list[Recipient]:
    rows = session.exec(
        select(Membership, Person)
        .join(Person, col(Membership.person_id) == col(Person.id))
        .where(
            Membership.seminar_id == seminar_id,
            Membership.role == Role.EXPERT,
            col(Membership.state).in_(states),
        )
        .order_by(col(Person.name), col(Person.email))
    )
    return [
        Recipient(membership, person.name or person.email, person.email, person.locale or "")
        for membership, person in rows
    ]


def without_form(session: Session, round_: Round) -> list[UUID]:
    """The panellists for whom there is no form of this round yet."""
    drawn = select(PaperForm.panellist_id).where(
        PaperForm.round_id == round_.id, col(PaperForm.panellist_id).is_not(None)
    )
    here = (Panellist.seminar_id == round_.seminar_id, col(Panellist.id).not_in(drawn))
    return list(session.exec(select(Panellist.id).where(*here)))
