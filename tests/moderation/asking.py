"""What rounds ask about, as tests read it."""

from sqlmodel import col, select

from app.db import transaction
from app.models import Item, Question, Subject


def asked(engine, question: Question) -> list[str]:
    """The codes of what a question is about, in its order."""
    return [code for code, _ in asked_in_versions(engine, question)]


def asked_in_versions(engine, question: Question) -> list[tuple[str, int]]:
    with transaction(engine, write=False) as session:
        rows = session.exec(
            select(Item.code, Subject.item_version)
            .join(Subject, col(Subject.item_id) == Item.id)
            .where(Subject.question_id == question.id)
            .order_by(col(Subject.position))
        )
        return list(rows.all())
