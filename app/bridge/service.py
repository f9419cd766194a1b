"""A vote again, in the room: one subject, for some minutes, on the panel's own ballots."""

from datetime import timedelta

from sqlmodel import Session, col, select

from app import audit, clock, i18n
from app.errors import Conflict
from app.i18n import _
from app.models import Criterion, Item, Person, Question, Round, Seminar, Subject
from app.models.rounds import ROOM, FeedbackPolicy, RoundState
from app.results.service import close_round, publish_round
from app.rounds import queries as rounds
from app.rounds.queries import SubjectView
from app.rounds.service import open_round, require_reason
from app.settings import Settings

SHORTEST, USUAL, LONGEST = 1, 5, 60
LONGEST_TITLE = 200

TITLE = _("In the room: %(title)s")
INSTRUCTIONS = _("Please rate once more, after what you have heard in the session.")


class NothingToRate(Conflict):
    """The question has no criterion on which a room could rate."""

    message = "There is nothing to rate again: “%(code)s” was not rated."


def start(
    session: Session,
    *,
    question: Question,
    subject: SubjectView,
    minutes: int,
    by: Person | None,
    reason: str = "",
) -> Round:
    """A round of its own is open for so many minutes: the same subject, on the criterion that sums up.

    What is saved counts: in a room nobody should have to press twice. It is no part of the plan, and no
    outcome rests on it. A subject is voted on once, and again only with a reason: it was discussed anew.
    """
    seminar = session.get_one(Seminar, session.get_one(Round, question.round_id).seminar_id)
    criterion = _sums_up(session, seminar, question)
    if criterion is None:
        raise NothingToRate(code=subject.code)
    before = votes_on(session, seminar, subject)
    if before:
        require_reason(reason)
    round_ = _room(session, seminar, subject, reason if before else "")
    _ask_again(session, round_, question, subject, criterion)
    closes_at = clock.now() + timedelta(minutes=minutes)
    round_ = open_round(session, round_=round_, closes_at=closes_at, by=by)
    if before:
        _record_again(session, round_, subject, reason, by)
    return round_


def votes_on(session: Session, seminar: Seminar, subject: SubjectView) -> list[Round]:
    """The votes in the room on the subject so far, oldest first."""
    held = (
        select(Round)
        .join(Question, col(Question.round_id) == col(Round.id))
        .join(Subject, col(Subject.question_id) == col(Question.id))
        .where(Round.seminar_id == seminar.id, Round.kind == ROOM, Subject.item_id == subject.item_id)
        .order_by(col(Round.number))
    )
    return list(session.exec(held))


def finish(session: Session, settings: Settings, *, round_: Round, by: Person | None) -> Round:
    """The vote is over and its result is on the screen, for everybody at once."""
    if round_.state is RoundState.OPEN:
        close_round(session, settings, round_=round_, by=by)
    return publish_round(session, round_=round_, by=by)


def _sums_up(session: Session, seminar: Seminar, question: Question) -> Criterion | None:
    """The overall criterion of a question; where it has none, its first."""
    asked = [criterion for criterion, _ in rounds.asked(question, rounds.criteria(session, seminar))]
    return next((one for one in asked if one.overall), next(iter(asked), None))


def _record_again(
    session: Session, round_: Round, subject: SubjectView, reason: str, by: Person | None
) -> None:
    audit.record(
        session,
        "bridge:vote:again",
        actor=by.id if by else None,
        seminar=round_.seminar_id,
        subject=f"R{round_.number}",
        item=subject.code,
        reason=reason.strip(),
    )


def _room(session: Session, seminar: Seminar, subject: SubjectView, reason: str) -> Round:
    say = i18n.catalogue(seminar.language).gettext
    round_ = Round(
        seminar_id=seminar.id,
        number=max(one.number for one in rounds.plan(session, seminar)) + 1,
        kind=ROOM,
        title=(say(TITLE) % {"title": subject.title})[:LONGEST_TITLE],
        purpose=reason.strip(),
        instructions=say(INSTRUCTIONS),
        feedback=FeedbackPolicy.NONE,
        quorum_share=0.0,
        counts_saved=True,
        reminders=[],
    )
    session.add(round_)
    session.flush()
    return round_


def _ask_again(
    session: Session, round_: Round, question: Question, subject: SubjectView, criterion: Criterion
) -> None:
    settings = {
        name: question.settings[name] for name in ("abstentions", "rationale") if name in question.settings
    }
    again = Question(
        round_id=round_.id,
        code="Q1",
        type=rounds.RATE,
        prompt=question.prompt,
        settings=settings | {"about": [], "criteria": [{"code": criterion.code, "required": True}]},
    )
    session.add(again)
    session.flush()
    item = session.get_one(Item, subject.item_id)
    session.add(Subject(question_id=again.id, item_id=item.id, item_version=item.version, position=1))
    session.flush()
