"""What may be known of a round whoever answered what: how many could answer, how many did."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.models import Ballot, Membership, Result, Round, Seal, Seminar
from app.models.seminars import MembershipState
from app.policy import Role
from app.results import quorum
from app.rounds import queries as rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Experts:
    """How many experts were invited, and how many of them have joined."""

    invited: int
    joined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """How many ballots were submitted, how many were only started, and how many the quorum needs."""

    joined: int
    submitted: int
    started: int
    needed: int
    quorum_reached: bool


def experts(session: Session, seminar: Seminar) -> Experts:
    """The panel in two numbers."""
    states = session.exec(
        select(Membership.state).where(Membership.seminar_id == seminar.id, Membership.role == Role.EXPERT)
    ).all()
    return Experts(invited=len(states), joined=states.count(MembershipState.JOINED))


def turnout(session: Session, round_: Round) -> Turnout:
    """How the round stands."""
    seminar = session.get_one(Seminar, round_.seminar_id)
    joined = experts(session, seminar).joined
    ballots = _count_ballots(session, round_)
    submitted = _count_ballots(session, round_, sealed=True)
    return Turnout(
        joined=joined,
        submitted=submitted,
        started=ballots - submitted,
        needed=quorum.needed(round_.quorum_share, joined),
        quorum_reached=quorum.reached(submitted, share=round_.quorum_share, enrolled=joined),
    )


def _count_ballots(session: Session, round_: Round, *, sealed: bool = False) -> int:
    query = select(func.count(func.distinct(col(Ballot.id)))).where(Ballot.round_id == round_.id)
    if sealed:
        query = query.join(Seal, col(Seal.ballot_id) == col(Ballot.id))
    return session.exec(query).one()


def result_of(session: Session, round_: Round) -> Result | None:
    """The frozen result of the round's rating, whoever may see it: pages ask `results.disclosure`."""
    question = rounds.rate_question(session, round_)
    if question is None:
        return None
    return session.exec(select(Result).where(Result.question_id == question.id)).one_or_none()
