"""Marks that an argument is helpful, and what beside them would say whose they are.

PostgreSQL keeps rows where they were written and marks them with the transaction that did so: in the order
in which they were set, and each near to what else its author did at that time. So all marks of a question
are written anew, in no order, whenever one is set or taken back; and all of a seminar when a round closes.
"""

from secrets import SystemRandom

from sqlmodel import Session, col, select, update

from app.models import HelpfulMark, Question, Round, Seminar


def hold(session: Session, question: Question) -> None:
    """Until this transaction ends nobody else sets a mark on the question, or takes one back."""
    session.exec(select(Question.id).where(Question.id == question.id).with_for_update(key_share=True)).one()


def shuffle(session: Session, question: Question) -> None:
    """No mark on the question stands by itself; the caller holds them."""
    session.flush()
    keys = list(session.exec(select(HelpfulMark.id).where(HelpfulMark.question_id == question.id)))
    SystemRandom().shuffle(keys)
    for key in keys:
        again = update(HelpfulMark).where(col(HelpfulMark.id) == key).values(digest=HelpfulMark.digest)
        session.exec(again.execution_options(synchronize_session=False))


def shuffle_all(session: Session, seminar: Seminar) -> None:
    """The same of every question of the seminar, away from whoever marked something last."""
    marked = (
        select(Question)
        .join(Round, col(Question.round_id) == col(Round.id))
        .where(Round.seminar_id == seminar.id, col(Question.id).in_(select(HelpfulMark.question_id)))
        .order_by(col(Question.id))
    )
    for question in session.exec(marked).all():
        hold(session, question)
        shuffle(session, question)
