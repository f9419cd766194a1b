"""Which forms there are, and what has come back of them; never whose they are."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from app.models import Membership, Panellist, PaperEntry, PaperForm, Person, Round
from app.models.ballots import EntryState
from app.models.seminars import MembershipState
from app.policy import Role


@dataclass(frozen=True, slots=True)
class Came:
    """A form that came back, by its code."""

    code: str
    number: int
    state: EntryState
    by_clerk: bool


@dataclass(frozen=True, slots=True)
class Recipient:
    """An expert to whom a form can be sent: by name, and without a word of what she answers."""

    membership: Membership
    name: str
    email: str
    language: str


def find_form(session: Session, code: str) -> PaperForm | None:
    """The form with this code, of whatever round."""
    return session.exec(select(PaperForm).where(PaperForm.code == code)).one_or_none()


def form_of(session: Session, *, round_: Round, panellist: Panellist) -> PaperForm | None:
    """The panellist's form in the round, if codes have been drawn."""
    mine = (PaperForm.round_id == round_.id, PaperForm.panellist_id == panellist.id)
    return session.exec(select(PaperForm).where(*mine)).one_or_none()


def find_entry(session: Session, form: PaperForm, number: int) -> PaperEntry | None:
    """What came back of a form, by its number."""
    mine = (PaperEntry.form_id == form.id, PaperEntry.number == number)
    return session.exec(select(PaperEntry).where(*mine)).one_or_none()


def waiting(session: Session, form: PaperForm) -> PaperEntry | None:
    """What was read of the form and is not decided yet."""
    mine = (PaperEntry.form_id == form.id, PaperEntry.state == EntryState.READ)
    return session.exec(select(PaperEntry).where(*mine).order_by(col(PaperEntry.number).desc())).first()


def came_back(session: Session, round_: Round) -> list[Came]:
    """The forms of a round that came back, by their codes; of each the last state."""
    rows = session.exec(
        select(PaperForm.code, PaperEntry)
        .join(PaperEntry, col(PaperEntry.form_id) == col(PaperForm.id))
        .where(PaperForm.round_id == round_.id, PaperEntry.state != EntryState.DROPPED)
        .order_by(PaperForm.code, col(PaperEntry.number))
    )
    latest = {code: Came(code, entry.number, entry.state, entry.by_clerk) for code, entry in rows}
    return sorted(latest.values(), key=lambda one: (one.state is not EntryState.READ, one.code))


def recipients(session: Session, round_: Round) -> list[Recipient]:
    """The experts on the panel, by name."""
    rows = session.exec(
        select(Membership, Person)
        .join(Person, col(Membership.person_id) == col(Person.id))
        .where(
            Membership.seminar_id == round_.seminar_id,
            Membership.role == Role.EXPERT,
            Membership.state == MembershipState.JOINED,
        )
        .order_by(col(Person.name), col(Person.email))
    )
    return [
        Recipient(membership, person.name or person.email, person.email, person.locale or "")
        for membership, person in rows
    ]


def without_form(session: Session, round_: Round) -> list[UUID]:
    """The panellists for whom no code of this round has been drawn yet."""
    drawn = select(PaperForm.panellist_id).where(PaperForm.round_id == round_.id)
    here = (Panellist.seminar_id == round_.seminar_id, col(Panellist.id).not_in(drawn))
    return list(session.exec(select(Panellist.id).where(*here)))
