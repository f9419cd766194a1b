"""What each person finds on coming in: her seminars, and in one of them what is hers to do and to read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col, select

from app.ballots import queries as ballots
from app.ballots.queries import Progress
from app.dissent import news as dissent
from app.home import acts
from app.home.acts import Act
from app.models import Membership, Participation, Person, Round, Sector, Seminar
from app.models import ballots as tables
from app.models.rounds import RoundState
from app.models.seminars import MembershipState
from app.policy import Permission, Role, allows
from app.proposals import news
from app.proposals.news import News
from app.results import disclosure
from app.results.tally import RateTally
from app.rounds import deadlines, lifecycle
from app.rounds import queries as rounds
from app.rounds.queries import PanelProgress
from app.seminars import pseudonyms
from app.settings import Settings

COMING = frozenset({RoundState.DRAFT, RoundState.SCHEDULED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SeminarLine:
    """One of the person's seminars, her roles in it, and the round that stands open there."""

    seminar: Seminar
    roles: list[Role]
    round_: Round | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the seminar stands: its rounds, and of these the open one, the next, and the last result."""

    plan: list[Round]
    current: Round | None
    waiting: Round | None
    coming: Round | None


class Step(StrEnum):
    """What an expert does next in an open round."""

    START = "start"
    CONTINUE = "continue"
    SUBMIT = "submit"
    RESUBMIT = "resubmit"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What the open round asks of an expert, how far she is, and what she does next."""

    round_: Round
    progress: Progress
    taken: bool
    until: datetime | None

    @property
    def step(self) -> Step:
        """The one thing to do next."""
        done = self.progress
        if done.submitted:
            return Step.RESUBMIT if done.changed_since else Step.DONE
        if not done.begun:
            return Step.START
        # where only proposals are asked for, there is no end to them
        return Step.SUBMIT if done.asked and not done.open else Step.CONTINUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Straggler:
    """An expert who has not submitted, by name, and how far she is."""

    name: str
    sector: str | None
    progress: tables.Progress | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A seminar's home as one member's roles make it; what is not hers to see is None."""

    standing: Standing
    task: Task | None
    panel: PanelProgress | None
    invitations: dict[MembershipState, int] | None
    stragglers: list[Straggler] | None
    released: tuple[Round, RateTally] | None
    news: News | None = None
    act: Act | None = None
    minority: dissent.News = field(default_factory=dissent.News)


def home(session: Session, settings: Settings, *, seminar: Seminar, mine: Sequence[Membership]) -> Home:
    """What the holder of these memberships finds on coming in."""
    where = standing(session, seminar)
    roles = {Role(membership.role) for membership in mine}
    expert = next((membership for membership in mine if membership.role is Role.EXPERT), None)
    watched = where.current or where.waiting
    watches = watched is not None and _may(roles, Permission.WATCH)
    sees = _may(roles, Permission.SEE_PEOPLE)
    return Home(
        standing=where,
        task=_task(session, settings, where.current, expert),
        news=_news(session, settings, seminar, expert),
        minority=_minority(session, settings, seminar, mine),
        panel=rounds.participation(session, watched, seminar.min_group) if watched and watches else None,
        invitations=invitations(session, seminar) if sees else None,
        stragglers=stragglers(session, where.current) if sees and where.current else None,
        released=disclosure.latest_released(session, seminar=seminar, roles=roles),
        act=acts.next_act(session, seminar) if _may(roles, Permission.RUN_ROUNDS) else None,
    )


def _may(roles: Collection[Role], permission: Permission) -> bool:
    return any(allows(role, permission) for role in roles)


def _task(
    session: Session, settings: Settings, round_: Round | None, expert: Membership | None
) -> Task | None:
    if round_ is None or expert is None or not pseudonyms.is_linked(session, expert):
        return None
    panellist = pseudonyms.panellist_of(session, settings, expert)
    progress = ballots.progress(session, round_=round_, panellist=panellist)
    deadline = deadlines.of_member(session, round_, expert)
    return Task(
        round_=round_,
        progress=progress,
        taken=lifecycle.takes_answers(round_, deadline),
        until=lifecycle.closes_at(round_, deadline),
    )


def _news(session: Session, settings: Settings, seminar: Seminar, expert: Membership | None) -> News | None:
    """What the expert has proposed and what became of it; no longer known once the link is destroyed."""
    if expert is None or not pseudonyms.is_linked(session, expert):
        return None
    panellist = pseudonyms.panellist_of(session, settings, expert)
    return news.of_author(session, seminar=seminar, panellist=panellist)


def _minority(
    session: Session, settings: Settings, seminar: Seminar, mine: Sequence[Membership]
) -> dissent.News:
    """What waits of minority statements for who holds these memberships."""
    expert = next((one for one in mine if allows(one.role, Permission.DISSENT)), None)
    panellist = None
    if expert is not None and pseudonyms.is_linked(session, expert):
        panellist = pseudonyms.panellist_of(session, settings, expert)
    roles = {Role(one.role) for one in mine}
    return dissent.news(session, seminar=seminar, roles=roles, panellist=panellist)


def my_seminars(session: Session, person: Person) -> list[SeminarLine]:
    """The seminars that the person has joined, the newest first."""
    rows = session.exec(
        select(Seminar, Membership.role)
        .join(Membership)
        .where(Membership.person_id == person.id, Membership.state == MembershipState.JOINED)
        .order_by(col(Seminar.created_at).desc(), col(Seminar.slug))
    ).all()
    seminars = {seminar.id: seminar for seminar, _ in rows}
    roles: dict[UUID, set[Role]] = {key: set() for key in seminars}
    for seminar, role in rows:
        roles[seminar.id].add(Role(role))
    return [
        SeminarLine(
            seminar=seminar,
            roles=[role for role in Role if role in roles[key]],
            round_=rounds.current(session, seminar),
        )
        for key, seminar in seminars.items()
    ]


def standing(session: Session, seminar: Seminar) -> Standing:
    """Where the seminar stands."""
    plan = rounds.plan(session, seminar)
    return Standing(
        plan=plan,
        current=next((round_ for round_ in plan if round_.state is RoundState.OPEN), None),
        waiting=next((round_ for round_ in plan if round_.state is RoundState.CLOSED), None),
        coming=next((round_ for round_ in plan if round_.state in COMING), None),
    )


def stragglers(session: Session, round_: Round) -> list[Straggler]:
    """The experts who have joined and not submitted, those who have not begun first."""
    rows = session.exec(
        select(Person.name, Person.email, Sector.label, Participation.progress)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .outerjoin(
            Participation,
            (col(Participation.membership_id) == col(Membership.id))
            & (col(Participation.round_id) == round_.id),
        )
        .outerjoin(
            Sector,
            (col(Sector.seminar_id) == col(Membership.seminar_id))
            & (col(Sector.code) == col(Membership.sector)),
        )
        .where(
            Membership.seminar_id == round_.seminar_id,
            Membership.role == Role.EXPERT,
            Membership.state == MembershipState.JOINED,
        )
    ).all()
    found = [
        Straggler(name=name or email, sector=sector, progress=tables.Progress(progress) if progress else None)
        for name, email, sector, progress in rows
        if progress != tables.Progress.SUBMITTED
    ]
    steps = [None, *tables.Progress]
    return sorted(found, key=lambda one: (steps.index(one.progress), one.name.casefold()))


def invitations(session: Session, seminar: Seminar) -> dict[MembershipState, int]:
    """How many experts stand where with their invitation."""
    states = session.exec(
        select(Membership.state).where(Membership.seminar_id == seminar.id, Membership.role == Role.EXPERT)
    ).all()
    return {state: sum(one == state for one in states) for state in MembershipState}
