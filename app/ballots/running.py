"""Where a round counts what is saved too: each save is sealed, and the next one takes its place."""

from sqlmodel import Session

from app.ballots import queries, receipts
from app.ballots.queries import Filled
from app.models import Ballot, Round, Seal
from app.questions import sealing


def seal_saved(session: Session, round_: Round, ballot: Ballot, filled: Filled) -> None:
    """What is in force counts as it is, if the round says so; what was submitted is never replaced.

    A ballot on which nothing is said any more, and of which nothing was submitted, is none.
    """
    if not round_.counts_saved:
        return
    content, submitted = filled.content, filled.seal
    take_back(session, ballot)
    if submitted is None and filled.is_empty:
        return
    if submitted is not None and sealing.parts(submitted.content) == sealing.parts(content):
        return
    salt = receipts.new_salt()
    number = submitted.number + 1 if submitted else 1
    seal = Seal(ballot_id=ballot.id, number=number, content=content, salt=salt, submitted=False, receipt="")
    seal.receipt = receipts.digest(salt, content)
    session.add(seal)
    session.flush()


def take_back(session: Session, ballot: Ballot) -> None:
    """What was sealed of what was saved makes room for what is sealed next."""
    last = queries.latest_seal(session, ballot)
    if last is not None and not last.submitted:
        session.delete(last)
        session.flush()
