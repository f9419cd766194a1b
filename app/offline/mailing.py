"""Who gets her form by mail: blank, made when the mail is sent, and kept by nobody on the way.

A mail has a name and the form in it a code: who reads both, as an organizer with her list does, learns that
they belong together. So no answer stands in such a form, and what comes back is taken in without the mail.
"""

from collections.abc import Mapping
from contextlib import suppress
from contextvars import copy_context
from uuid import UUID

from sqlmodel import Session, select

from app import audit, i18n
from app.ballots import queries as ballots
from app.mail import Attachment
from app.models import Membership, Person, Round, Seminar
from app.models.rounds import RoundState
from app.offline import building, queries, service, word
from app.offline.codebook import CodeBook, Paper
from app.offline.layouts.catalogue import LAYOUTS
from app.policy import Role
from app.rounds import deadlines, lifecycle
from app.seminars import pseudonyms
from app.settings import Settings


def is_wanted(seminar: Seminar, membership: Membership) -> bool:
    """Whether mails about a round bring the expert its form: as she says, else as the seminar says."""
    if membership.role is not Role.EXPERT:
        return False
    wish = membership.forms_by_mail
    return seminar.forms_by_mail if wish is None else wish


def prepare(session: Session, settings: Settings, round_: Round) -> None:
    """The forms of an open round are there to be written, if they can be."""
    if round_.state is not RoundState.OPEN:
        return
    seminar = session.get_one(Seminar, round_.seminar_id)
    with suppress(pseudonyms.LinkDestroyed):
        service.make_forms(session, CodeBook(session, settings, seminar), round_)


def attachment(
    session: Session, settings: Settings, *, round_: Round, membership: Membership, language: str
) -> Attachment | None:
    """The expert's blank form of an open round; None where there is none, or nothing to ask on it."""
    seminar = session.get_one(Seminar, round_.seminar_id)
    asked = ballots.asking(session, round_)
    paper = _paper(session, settings, seminar, round_, membership)
    if paper is None or asked is None or not any(part.type.name in LAYOUTS for part in asked.parts.values()):
        return None
    closes_at = lifecycle.closes_at(round_, deadlines.of_member(session, round_, membership))
    person = session.get_one(Person, membership.person_id)

    def written() -> Attachment:
        i18n.use(language)
        form = building.build(
            session,
            seminar=seminar,
            round_=round_,
            asked=asked,
            paper=paper,
            own=False,
            closes_at=closes_at,
            zone=person.timezone or seminar.timezone,
            origin=settings.origin,
        )
        return Attachment(f"{form.name}.docx", word.MEDIA, word.write(form))

    return copy_context().run(written)


def _paper(
    session: Session, settings: Settings, seminar: Seminar, round_: Round, membership: Membership
) -> Paper | None:
    if round_.state is not RoundState.OPEN:
        return None
    try:
        panellist = pseudonyms.panellist_of(session, settings, membership)
    except pseudonyms.LinkDestroyed:
        return None
    return queries.form_of(session, CodeBook(session, settings, seminar), round_=round_, panellist=panellist)


def choose(session: Session, membership: Membership, *, wanted: bool) -> None:
    """What the expert wants for herself."""
    mine = session.exec(select(Membership).where(Membership.id == membership.id).with_for_update()).one()
    mine.forms_by_mail = wanted
    session.flush()


def save(
    session: Session,
    *,
    seminar: Seminar,
    everybody: bool,
    wishes: Mapping[UUID, bool | None],
    by: Person,
) -> None:
    """Who gets forms by mail, as the organizers say: for single experts, and for all others."""
    seminar = session.exec(select(Seminar).where(Seminar.id == seminar.id).with_for_update()).one()
    seminar.forms_by_mail = everybody
    people = queries.invited(session, seminar.id)
    for one in people:
        if one.membership.id in wishes:
            one.membership.forms_by_mail = wishes[one.membership.id]
    session.flush()
    count = sum(is_wanted(seminar, one.membership) for one in people)
    audit.record(session, "offline:mailing:set", actor=by.id, seminar=seminar.id, count=count)
