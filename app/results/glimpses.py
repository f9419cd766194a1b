"""What a real-time round shows of itself while it is open: renewed in steps, never ballot by ballot.

A glimpse is counted by the same methods as a result, from answers that move on only where at least the
minimum group of ballots differ (`results.steps`). It is kept when the round closes, so that a round
that is opened again goes on from what was shown last; it is forgotten once nobody can answer any more.
"""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.models import Glimpse, Question, Round, Seminar
from app.models.rounds import FeedbackPolicy, Reveal, RoundState
from app.results import counting, sealed, steps
from app.results.tallies import Tally
from app.results.tally import RateTally
from app.results.turnout import Facts
from app.rounds import lifecycle
from app.rounds import queries as rounds
from app.rounds.locking import locked_round
from app.settings import Settings

# proposals are read by the facilitators before the panel sees any of them
NEVER = frozenset({rounds.PROPOSE})


def due(session: Session) -> list[UUID]:
    """The rounds that show something of themselves now."""
    return list(
        session.exec(
            select(Round.id)
            .where(
                Round.state == RoundState.OPEN,
                Round.reveal == Reveal.OWN_ANSWER,
                Round.feedback != FeedbackPolicy.NONE,
            )
            .order_by(col(Round.id))
        )
    )


def renew(session: Session, settings: Settings, round_: Round) -> int:
    """Let what the round shows of itself go on, where enough has changed; how many questions did.

    The round is held, so that it is not closed meanwhile; doing so again changes nothing.
    """
    round_ = locked_round(session, round_, share=True)
    if not lifecycle.shows_itself(round_):
        return 0
    questions = [one for one in rounds.questions(session, round_) if one.type not in NEVER]
    return sum(_renew(session, settings, round_, question) for question in questions)


def forget(session: Session, round_: Round) -> None:
    """Nothing is shown of the round any more, and nothing is kept of what was."""
    mine = select(Question.id).where(Question.round_id == round_.id)
    session.exec(delete(Glimpse).where(col(Glimpse.question_id).in_(mine)))


def find(session: Session, question: Question) -> Glimpse | None:
    """What is shown of the question, whoever may see it: pages ask `results.disclosure`."""
    return session.exec(select(Glimpse).where(Glimpse.question_id == question.id)).one_or_none()


def _renew(session: Session, settings: Settings, round_: Round, question: Question) -> bool:
    # of two who renew at once, the second goes on from what the first has shown
    session.exec(select(Question.id).where(Question.id == question.id).with_for_update()).one()
    seminar = session.get_one(Seminar, round_.seminar_id)
    glimpse = find(session, question)
    before = steps.read(glimpse.counted) if glimpse else {}
    now = sealed.as_of_now(session, question)
    singly = question.type in steps.SINGLY
    step = steps.next_step(before, now, seminar.min_group, singly=singly)
    if step == before:
        return False
    with sealed.counted_from(question, step):
        tally = _bare(counting.count(session, settings, question, _facts(session, round_, seminar)))
    glimpse = glimpse or Glimpse(question_id=question.id, method=tally.method)
    glimpse.ballots, glimpse.counted = len(step), steps.written(step)
    glimpse.method, glimpse.numbers = tally.method, tally.as_numbers()
    session.add(glimpse)
    session.flush()
    return True


def _facts(session: Session, round_: Round, seminar: Seminar) -> Facts:
    people = rounds.participation(session, round_, seminar.min_group).whole
    return Facts(invited=people.invited, enrolled=people.joined, quorum_share=round_.quorum_share)


def _bare(tally: Tally) -> Tally:
    """Without figures by sector, and without digests by which somebody could try who answered what."""
    if isinstance(tally, RateTally):
        tally = replace(tally, groups=[], seed=0)
    return replace(tally, inputs={}, input_digest="")
