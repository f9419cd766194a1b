"""What a real-time round shows of itself while it is open: renewed in steps, never ballot by ballot.

A glimpse is counted by the same methods as a result, from answers that go on only with at least the
minimum group of new ones, while as many are held back (`results.steps`). Once the panel's time is over it
stays as it is, however much longer single experts have. It is kept when the round closes, so that a round
that is opened again goes on from what was shown; it is forgotten once nobody can answer any more.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.models import Glimpse, Question, Round, Seminar
from app.models.rounds import FeedbackPolicy, Reveal, RoundState
from app.results import counting, sealed, steps
from app.results.tallies import Tally
from app.results.tally import OptionTally, RateTally
from app.results.turnout import Facts
from app.results.weigh_tally import WeighTally
from app.rounds import lifecycle
from app.rounds import queries as rounds
from app.rounds.locking import locked_round
from app.seminars import pseudonyms
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
    if not lifecycle.shows_itself(round_) or lifecycle.is_overdue(round_):
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


def left_out(session: Session, settings: Settings, question: Question) -> dict[str, list[str]]:
    """Whose answers the question's result cannot count, by part, beside what was shown of it."""
    glimpse = find(session, question)
    if glimpse is None:
        return {}
    seminar = session.get_one(Seminar, session.get_one(Round, question.round_id).seminar_id)
    shown, now = _shown(session, settings, seminar, glimpse), sealed.as_of_now(session, question)
    out = steps.left_out(shown, now, seminar.min_group, singly=question.type in steps.SINGLY)
    return {unit: sorted(str(one) for one in whose) for unit, whose in sorted(out.items())}


def _renew(session: Session, settings: Settings, round_: Round, question: Question) -> bool:
    # of two who renew at once, the second goes on from what the first has shown
    session.exec(select(Question.id).where(Question.id == question.id).with_for_update()).one()
    seminar = session.get_one(Seminar, round_.seminar_id)
    glimpse = find(session, question)
    shown = _shown(session, settings, seminar, glimpse)
    now, singly = sealed.as_of_now(session, question), question.type in steps.SINGLY
    step = steps.next_step(shown, now, seminar.min_group, singly=singly)
    if step == (shown[-1] if shown else {}):
        return False
    with sealed.counted_from(question, step):
        tally = _bare(counting.count(session, settings, question, _facts(session, round_, seminar)))
    glimpse = glimpse or Glimpse(question_id=question.id, method=tally.method)
    glimpse.ballots, glimpse.counted = len(step), _locked(session, settings, seminar, [*shown, step])
    glimpse.method, glimpse.numbers = tally.method, tally.as_numbers()
    session.add(glimpse)
    session.flush()
    return True


def _shown(
    session: Session, settings: Settings, seminar: Seminar, glimpse: Glimpse | None
) -> list[dict[UUID, sealed.Sheet]]:
    """All steps that were shown, the last one last."""
    if glimpse is None:
        return []
    if any(line.startswith("[") for line in glimpse.counted):  # one step, as it was kept at first
        return [steps.read({}, glimpse.counted)]
    shown: list[dict[UUID, sealed.Sheet]] = []
    for locked in glimpse.counted:
        lines = json.loads(pseudonyms.unlock(session, settings, seminar, locked))
        shown.append(steps.read(shown[-1] if shown else {}, lines))
    return shown


def _locked(
    session: Session, settings: Settings, seminar: Seminar, shown: Sequence[steps.Sheets]
) -> list[str]:
    changes = [steps.written(before, after) for before, after in pairwise([{}, *shown])]
    return [pseudonyms.lock_away(session, settings, seminar, json.dumps(change)) for change in changes]


def _facts(session: Session, round_: Round, seminar: Seminar) -> Facts:
    people = rounds.participation(session, round_, seminar.min_group).whole
    return Facts(invited=people.invited, enrolled=people.joined, quorum_share=round_.quorum_share)


def _bare(tally: Tally) -> Tally:
    """Without figures by sector, and without digests by which somebody could try who answered what.

    Of a rating also without what joins several of its parts, or a part and the round before: each part
    goes on by itself, and what is new in both together may be of few.
    """
    if isinstance(tally, RateTally):
        alone = [_alone(option) for option in tally.options]
        joining: dict[str, Any] = {"sides": {}, "kendall_w": None, "kendall_raters": 0, "robust": None}
        tally = replace(tally, groups=[], seed=0, options=alone, **joining)
    if isinstance(tally, WeighTally):
        tally = replace(tally, groups=[])
    return replace(tally, inputs={}, input_digest="")


def _alone(option: OptionTally) -> OptionTally:
    unsaid: dict[str, Any] = dict.fromkeys(("rank_low", "rank_high", "expected_rank", "p_best", "p_top3"))
    return replace(option, movement=None, robust=None, **unsaid)
