"""Rewrite a seminar's minority statements in random order, so that storage tells no order of writing.

PostgreSQL keeps rows where they were written, and shows it by `ctid`: beside the times at which members
were there it could say whose statement is whose (security.md, trap 2). There are a few dozen rows at most,
so all are rewritten at every deed: the transaction that wrote one row last has written every other too.
"""

from secrets import SystemRandom
from uuid import UUID

from sqlalchemy import Update
from sqlmodel import Session, col, select, update

from app.models import MinorityOwner, MinorityStatement, MinorityWording, Seminar


def shuffle(session: Session, seminar: Seminar) -> None:
    """Nothing that can be read says any more in which order statements were written and supported.

    The caller holds the seminar, so that nobody else writes in them.
    """
    session.flush()
    mine = list(session.exec(select(MinorityStatement.id).where(MinorityStatement.seminar_id == seminar.id)))
    words = list(session.exec(select(MinorityWording.id).where(col(MinorityWording.statement_id).in_(mine))))
    parts = list(session.exec(select(MinorityOwner.id).where(col(MinorityOwner.statement_id).in_(mine))))
    rewritten: list[Update] = [
        *(
            update(MinorityStatement)
            .where(col(MinorityStatement.id) == key)
            .values(reference=MinorityStatement.reference)
            for key in _mixed(mine)
        ),
        *(
            update(MinorityWording).where(col(MinorityWording.id) == key).values(text=MinorityWording.text)
            for key in _mixed(words)
        ),
        *(
            update(MinorityOwner).where(col(MinorityOwner.id) == key).values(reply=MinorityOwner.reply)
            for key in _mixed(parts)
        ),
    ]
    for one in rewritten:
        session.exec(one.execution_options(synchronize_session=False))


def _mixed(keys: list[UUID]) -> list[UUID]:
    SystemRandom().shuffle(keys)
    return keys
