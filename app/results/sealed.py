"""The sealed answers to one question of a concluded round, as its type reads them, and by nobody's name."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, TypeAlias
from uuid import UUID

from sqlmodel import Session, col, select

from app.errors import Conflict
from app.models import Ballot, Question, Result, Round, Seal
from app.questions import sealing
from app.questions.answers import Answer
from app.results import steps
from app.rounds import lifecycle
from app.rounds import queries as rounds


class StillOpen(Conflict):
    """Numbers of a round that still takes answers, or has not begun to."""

    message = "Round R%(number)s has not been closed, so there is no result."


class BrokenSeal(Conflict):
    """A sealed ballot does not hold what it can have held when it was sealed."""

    message = "A sealed ballot of round R%(number)s cannot be read."


# One ballot: what it says of each subject, by the subject's code.
Sheet: TypeAlias = Mapping[str, Answer]


# What is counted instead of the seals for what a real-time round shows, by question.
_instead: ContextVar[Mapping[UUID, Mapping[UUID, Sheet]]] = ContextVar(
    "instead", default=MappingProxyType({})
)


@contextmanager
def counted_from(question: Question, given: Mapping[UUID, Sheet]) -> Iterator[None]:
    """Within, this is what was answered to the question: for a round that shows or has shown itself."""
    token = _instead.set({question.id: given})
    try:
        yield
    finally:
        _instead.reset(token)


def sheets(session: Session, question: Question) -> dict[UUID, Sheet]:
    """What every submitted ballot says in answer to the question, by panellist; it may say nothing.

    What the result of a real-time round cannot count is left out, wherever its numbers are made.
    """
    if question.id in _instead.get():
        return dict(_instead.get()[question.id])
    round_ = session.get_one(Round, question.round_id)
    if not lifecycle.is_concluded(round_):
        raise StillOpen(number=round_.number)
    out = session.exec(select(Result.left_out).where(Result.question_id == question.id)).first() or {}
    return but_for(session, question, out)


def but_for(session: Session, question: Question, out: Mapping[str, Sequence[str]]) -> dict[UUID, Sheet]:
    """The same as they are now without the answers that are left out."""
    said = as_of_now(session, question)
    if not out:
        return said
    whose = {unit: frozenset(map(UUID, panellists)) for unit, panellists in out.items()}
    return steps.without(said, whose, singly=question.type in steps.SINGLY)


def as_of_now(session: Session, question: Question) -> dict[UUID, Sheet]:
    """The same of a round that may still be open: for `results.glimpses` alone."""
    round_ = session.get_one(Round, question.round_id)
    type_ = rounds.question_type(session, question)
    try:
        return {
            panellist: type_.read(sealing.parts(content).get(question.code, {}))
            for panellist, content in _contents(session, round_)
        }
    except (AttributeError, TypeError, ValueError):
        raise BrokenSeal(number=round_.number) from None


def salt_of(session: Session, question: Question) -> str:
    """What keeps a digest of the question's texts from being found by trying texts.

    It is made of the salts of all seals that count, so that a recount finds it again; whoever was told
    the salt of her own receipt lacks the others.
    """
    round_ = session.get_one(Round, question.round_id)
    salts = session.exec(
        select(Ballot.id, Seal.salt)
        .join(Seal, col(Seal.ballot_id) == col(Ballot.id))
        .where(Ballot.round_id == round_.id)
        .order_by(col(Seal.number))
    )
    content = "\n".join([question.code, *sorted(dict(salts.all()).values())])
    return hashlib.sha256(content.encode()).hexdigest()


def _contents(session: Session, round_: Round) -> list[tuple[UUID, Mapping[str, Any]]]:
    """The content of the latest seal of every ballot."""
    rows = session.exec(
        select(Ballot.panellist_id, Seal.content)
        .join(Seal, col(Seal.ballot_id) == col(Ballot.id))
        .where(Ballot.round_id == round_.id)
        .order_by(col(Seal.number))
    )
    return list(dict(rows.all()).items())
