"""What a round needs before it can open, each point with whether it is there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from app import clock
from app.i18n import _
from app.models import Membership, Round, Seminar
from app.models.registers import ItemStatus
from app.models.rounds import FeedbackPolicy, RoundState
from app.models.seminars import MembershipState
from app.policy import Role
from app.rounds import agreement, queries
from app.rounds.queries import Asks

AXES = 2
# types of questions that say nothing of one thing alone
RELATIVE = frozenset({"rank", "allocate", "compare", "weigh"})

# what may still come to be between scheduling a round and its hour
BY_THE_HOUR = frozenset({"previous", "alone", "panel", "closing"})


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that opening needs; `text` is a message to translate."""

    name: str
    done: bool
    text: str


def checklist(session: Session, round_: Round, closes_at: datetime | None) -> list[Point]:
    """What opening the round until `closes_at` needs, in the order in which one would see to it."""
    seminar = session.get_one(Seminar, round_.seminar_id)
    other = queries.current(session, seminar)
    return [
        *_asking(queries.asks(session, round_)),
        Point(
            "previous",
            _feedback_is_out(session, round_),
            _("The result of the round before is published, since this round shows it."),
        ),
        Point("alone", other is None or other.id == round_.id, _("No other round is open.")),
        Point("panel", _experts_joined(session, seminar) > 0, _("At least one expert has joined.")),
        Point(
            "closing",
            closes_at is not None and closes_at > clock.now(),
            _("The closing time lies in the future."),
        ),
    ]


def _asking(asks: list[Asks]) -> list[Point]:
    """What the questions need; what no question of the round needs is not spoken of."""
    subjects = [subject for ask in asks for subject in ask.subjects]
    about = [ask.about for ask in asks if ask.question.type != queries.PROPOSE]
    rated = [ask for ask in asks if ask.question.type == queries.RATE]
    planes = [ask for ask in rated if ask.is_plane]
    covered = [ask for ask in asks if ask.question.type == queries.COVER]
    proposing = [ask for ask in asks if ask.question.type == queries.PROPOSE]
    stand = all(subject.status is ItemStatus.ACCEPTED for subject in subjects)
    spanned = all(len(ask.criteria) == AXES for ask in planes)
    every = [
        Point("questions", bool(asks), _("The round asks at least one question.")),
        Point("subjects", bool(asks) and all(about), _("Every question says what it is about.")),
        Point("accepted", stand, _("Everything that is asked about still stands in its register.")),
        Point("criteria", all(ask.criteria for ask in rated), _("Every rating has criteria to rate on.")),
    ]
    ruled = [ask for ask in asks if ask.question.settings.get("agreement")]
    apply = all(
        agreement.fits(ask.question.settings["agreement"], ask.criteria, len(ask.about)) for ask in ruled
    )
    some = [
        (ruled, Point("rule", apply, _("Every rule of agreement fits what it is applied to."))),
        (planes, Point("planes", spanned, _("Every plane has two criteria that span it."))),
        (
            covered,
            Point(
                "elements",
                all(ask.elements for ask in covered),
                _("Coverage is asked of at least one element of the mandate."),
            ),
        ),
        (
            proposing,
            Point(
                "kinds",
                all(ask.kinds for ask in proposing),
                _("Where proposals are asked for, it is said of what."),
            ),
        ),
    ]
    return [*every, *(point for needed, point in some if needed), *_of_two(asks)]


def _of_two(asks: list[Asks]) -> list[Point]:
    """What questions need that hold one thing against another."""
    relative = [ask for ask in asks if ask.question.type in RELATIVE]
    enough = all(len(ask.about) > 1 for ask in relative)
    said = _("Where things are put in order, compared or weighed, there are two of them at least.")
    return [Point("two", enough, said)] if relative else []


def _feedback_is_out(session: Session, round_: Round) -> bool:
    if round_.previous_id is None or round_.feedback is FeedbackPolicy.NONE:
        return True
    return session.get_one(Round, round_.previous_id).state is RoundState.PUBLISHED


def _experts_joined(session: Session, seminar: Seminar) -> int:
    return session.exec(
        select(func.count(col(Membership.id))).where(
            Membership.seminar_id == seminar.id,
            Membership.role == Role.EXPERT,
            Membership.state == MembershipState.JOINED,
        )
    ).one()
