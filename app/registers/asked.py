"""Which items the experts are being asked about at the moment."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session, col, select

from app.models import Item, Question, Round, Subject
from app.models.registers import Kind
from app.models.rounds import RoundState
from app.registers import queries

COVER = "cover"


def asked_in_open_round(session: Session, items: Iterable[Item]) -> set[UUID]:
    """The keys of those items about which a round that is open asks.

    A round is open until somebody closes it, even when its time is over. An element is asked about
    where frameworks are held against it.
    """
    items = list(items)
    asked: set[UUID] = set()
    for keys in queries.batches(item.id for item in items):
        asked |= set(
            session.exec(
                select(Subject.item_id)
                .join(Question, col(Subject.question_id) == Question.id)
                .join(Round, col(Question.round_id) == Round.id)
                .where(col(Subject.item_id).in_(keys), Round.state == RoundState.OPEN)
            )
        )
    elements = [item for item in items if item.kind is Kind.ELEMENT]
    return asked | _held_against(session, elements)


def _held_against(session: Session, elements: list[Item]) -> set[UUID]:
    if not elements:
        return set()
    settings = session.exec(
        select(Question.settings)
        .join(Round, col(Question.round_id) == Round.id)
        .where(
            Round.seminar_id == elements[0].seminar_id,
            Round.state == RoundState.OPEN,
            Question.type == COVER,
        )
    )
    codes = {code for chosen in settings for code in chosen.get("elements", ())}
    return {element.id for element in elements if element.code in codes}
