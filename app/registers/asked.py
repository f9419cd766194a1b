"""Which items the experts are being asked about at the moment."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from app.models import Item, Question, Round, Subject
from app.models.registers import Kind
from app.models.rounds import RoundState
from app.registers import queries
from app.registers.queries import ItemView

COVER = "cover"
Asked = Item | ItemView


def asked_in_open_round(session: Session, items: Iterable[Asked]) -> set[UUID]:
    """The keys of those items about which a round that is open asks.

    A round is open until somebody closes it, even when its time is over. An element is asked about
    where frameworks are held against it.
    """
    items = list(items)
    asked: set[UUID] = set()
    for keys in queries.batches(item.id for item in items):
        asked |= set(
            session.exec(
                select(Item.id)
                .join(Subject, col(Subject.item_id) == col(Item.id))
                .join(Question, col(Subject.question_id) == Question.id)
                .join(Round, col(Question.round_id) == Round.id)
                .where(col(Item.id).in_(keys), Round.state == RoundState.OPEN)
            )
        )
    elements = [item for item in items if item.kind is Kind.ELEMENT]
    return asked | (_held_against(session, elements) if elements else set())


def _held_against(session: Session, elements: Sequence[Asked]) -> set[UUID]:
    keys = [element.id for element in elements]
    rows = session.exec(
        select(Item.id, Item.code, Question.settings)
        .join(Round, col(Round.seminar_id) == Item.seminar_id)
        .join(Question, col(Question.round_id) == Round.id)
        .where(col(Item.id).in_(keys), Round.state == RoundState.OPEN, Question.type == COVER)
    )
    return {key for key, code, settings in rows if code in settings.get("elements", ())}
