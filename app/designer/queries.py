"""What a round that is being designed consists of, and what it can be made of."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, func, select

from app.designer.supplies import Supplies
from app.models import Criterion, Item, Question, Round, Seminar, Subject
from app.models.registers import ItemStatus, Kind
from app.models.rounds import ROOM
from app.registers import queries as registers
from app.rounds import queries as rounds


def questions(session: Session, round_: Round) -> list[Question]:
    """The questions in their order."""
    return rounds.questions(session, round_)


def supplies(session: Session, seminar: Seminar) -> Supplies:
    """What questions of the seminar can be made of."""
    return Supplies(
        seminar=seminar,
        criteria=rounds.criteria(session, seminar),
        elements=registers.titles(session, seminar=seminar, kind=Kind.ELEMENT),
        counts=registers.counts(session, seminar=seminar),
    )


def asked(session: Session, seminar: Seminar, question: Question) -> list[tuple[Criterion, bool]]:
    """The criteria that the question asks, each with whether everyone is asked for it."""
    return rounds.asked(question, rounds.criteria(session, seminar))


def earlier(session: Session, round_: Round) -> list[Round]:
    """The rounds before this one that ask something: those whose result it can show."""
    asking = select(Question.round_id).distinct()
    return list(
        session.exec(
            select(Round)
            .where(
                Round.seminar_id == round_.seminar_id,
                Round.number < round_.number,
                Round.kind != ROOM,
                col(Round.id).in_(asking),
            )
            .order_by(col(Round.number).desc())
        )
    )


def resting_on(session: Session, round_: Round) -> list[Round]:
    """The rounds that show the result of this one."""
    return list(session.exec(select(Round).where(Round.previous_id == round_.id).order_by(col(Round.number))))


def subject_rows(session: Session, question: Question) -> list[Subject]:
    """What the question is about, in its order."""
    return list(
        session.exec(
            select(Subject).where(Subject.question_id == question.id).order_by(col(Subject.position))
        )
    )


def about(session: Session, question: Question) -> dict[Kind, int]:
    """How many items of each kind the question is about."""
    rows = session.exec(
        select(Item.kind, func.count())
        .join(Subject, col(Subject.item_id) == col(Item.id))
        .where(Subject.question_id == question.id)
        .group_by(col(Item.kind))
    )
    found = dict(rows.all())
    return {kind: found[kind] for kind in Kind if kind in found}


def standing(session: Session, *, seminar: Seminar, kinds: Collection[Kind]) -> list[Item]:
    """All that stands in these registers, in the order in which they are named."""
    order = list(kinds)
    rows = session.exec(
        select(Item)
        .where(Item.seminar_id == seminar.id, col(Item.kind).in_(order), Item.status == ItemStatus.ACCEPTED)
        .order_by(col(Item.position), col(Item.code))
    )
    return sorted(rows, key=lambda item: order.index(item.kind))


def standing_of(session: Session, *, seminar_id: UUID, keys: Sequence[UUID]) -> list[Item]:
    """Those of the items that stand in the seminar's registers, in this order and each once."""
    found: dict[UUID, Item] = {}
    for batch in registers.batches(dict.fromkeys(keys)):
        rows = session.exec(
            select(Item).where(
                col(Item.id).in_(batch), Item.seminar_id == seminar_id, Item.status == ItemStatus.ACCEPTED
            )
        )
        found |= {item.id: item for item in rows}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def criteria_of(session: Session, *, seminar_id: UUID, keys: Sequence[UUID]) -> list[UUID]:
    """Those of the criteria that are the seminar's, in this order and each once."""
    own = set(session.exec(select(Criterion.id).where(Criterion.seminar_id == seminar_id)))
    return [key for key in dict.fromkeys(keys) if key in own]
