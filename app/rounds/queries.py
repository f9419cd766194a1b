"""What rounds there are, what they ask, and how the panel is getting on, never what it answers."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.models import Ballot, Criterion, Membership, Participation, Question, Round, Seal, Seminar, Subject
from app.models.ballots import Abstention, Progress
from app.models.registers import ItemStatus, Kind
from app.models.rounds import ROOM, RoundState
from app.models.seminars import MembershipState
from app.policy import Role
from app.questions.catalogue import Type, type_of
from app.questions.rate import PLANE
from app.registers import queries as registers
from app.registers.queries import ItemView, LinkView
from app.rounds import agreement, planes, quorum
from app.rounds.suppression import withheld

RATE, COVER, PROPOSE = "rate", "cover", "propose"
NO_SECTOR = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectView:
    """What a question is about, in the wording that the panel rates."""

    id: UUID
    item_id: UUID
    kind: Kind
    code: str
    title: str
    text: str
    version: int
    fields: dict[str, Any]
    links: list[LinkView]
    backlinks: list[LinkView]
    position: int
    status: ItemStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedView:
    """A criterion that a question is about, and does not rate on: how important it is."""

    id: UUID
    criterion: Criterion
    position: int
    version: int = 1

    @property
    def code(self) -> str:
        """The criterion's code, by which answers name it."""
        return self.criterion.code

    @property
    def title(self) -> str:
        """What it is called."""
        return self.criterion.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """One question as a page describes it.

    `criteria` each with whether everyone is asked for it, `elements` those of which coverage is asked,
    `weighed` the criteria that the question itself is about.
    """

    question: Question
    subjects: list[SubjectView]
    criteria: list[tuple[Criterion, bool]]
    elements: list[ItemView] = field(default_factory=list)
    weighed: list[WeighedView] = field(default_factory=list)

    @property
    def about(self) -> Sequence[SubjectView | WeighedView]:
        """All that it is about: items or criteria."""
        return [*self.subjects, *self.weighed]

    @property
    def is_plane(self) -> bool:
        """Whether two criteria span a plane on which the subjects are put."""
        return self.question.type == RATE and not rates_on_cards(self.question)

    @property
    def rule(self) -> str:
        """The rule by which something counts as settled, in the language spoken; nothing without one."""
        chosen = self.question.settings.get("agreement")
        return agreement.sentence(chosen) if chosen else ""

    @property
    def counts(self) -> dict[Kind, int]:
        """How many items of each kind it is about."""
        return dict(Counter(subject.kind for subject in self.subjects))

    @property
    def kinds(self) -> list[Kind]:
        """The kinds that may be proposed."""
        return [Kind(kind) for kind in self.question.settings.get("kinds", [])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many experts have come how far; who has submitted has also started, opened and joined."""

    invited: int = 0
    joined: int = 0
    opened: int = 0
    started: int = 0
    submitted: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(Counts)})

    def in_steps(self, least: int) -> "Counts":
        """The same, growing by so many at a time, and to all at last: it tells of nobody when she came."""
        there = {
            name: count if count >= self.joined else count - count % least
            for name, count in asdict(self).items()
            if name in {"opened", "started", "submitted"}
        }
        return replace(self, **there)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorCounts:
    """The experts of one sector; no label for those who stated none."""

    label: str | None
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelProgress:
    """How the panel is getting on with a round.

    `sectors` holds what may be shown of single sectors, `together` the sum of those withheld, which are
    named in `withheld`. Which of them is too small, and which is there to hide it, is not said. `counted` is
    how many ballots the result would count now: of a round that `counts_saved`, more than were submitted.
    """

    whole: Counts
    sectors: list[SectorCounts]
    together: Counts
    withheld: list[str | None]
    min_group: int
    quorum: int
    has_quorum: bool
    counted: int
    counts_saved: bool


def plan(session: Session, seminar: Seminar) -> list[Round]:
    """The rounds of the seminar in their order."""
    return list(session.exec(select(Round).where(Round.seminar_id == seminar.id).order_by(col(Round.number))))


def find_round(session: Session, *, seminar: Seminar, number: int) -> Round | None:
    """The round of that number."""
    return session.exec(
        select(Round).where(Round.seminar_id == seminar.id, Round.number == number)
    ).one_or_none()


def current(session: Session, seminar: Seminar) -> Round | None:
    """The round that stands open, even if its closing time has passed."""
    return session.exec(
        select(Round)
        .where(Round.seminar_id == seminar.id, Round.state == RoundState.OPEN)
        .order_by(col(Round.number))
        .limit(1)
    ).one_or_none()


def questions(session: Session, round_: Round) -> list[Question]:
    """What the round asks, in order."""
    return list(
        session.exec(select(Question).where(Question.round_id == round_.id).order_by(col(Question.position)))
    )


def find_question(session: Session, round_: Round, code: str) -> Question | None:
    """The round's question of that code."""
    return session.exec(
        select(Question).where(Question.round_id == round_.id, Question.code == code)
    ).one_or_none()


def rate_question(session: Session, round_: Round) -> Question | None:
    """The question in which the round rates on cards, or None for a round without one.

    The outcome rests on it; a plane is a map, and never the basis of a ranking.
    """
    return next((question for question in questions(session, round_) if rates_on_cards(question)), None)


def rates_on_cards(question: Question) -> bool:
    """Whether each subject is rated by itself, rather than put on a plane."""
    return question.type == RATE and question.settings.get("layout") != PLANE


def question_type(session: Session, question: Question) -> Type:
    """The question as its type reads it: its settings, with the scales of the seminar's criteria."""
    rows = session.exec(
        select(Criterion.code, Criterion.low, Criterion.high)
        .join(Round, col(Round.seminar_id) == col(Criterion.seminar_id))
        .where(Round.id == question.round_id)
    )
    return type_with(question, {code: (low, high) for code, low, high in rows})


def type_with(question: Question, scales: Mapping[str, tuple[int, int]]) -> Type:
    """The same, where the scales have been read already; what no ballot can hold is left out."""
    settings = question.settings
    known = {
        "criteria": [one for one in settings.get("criteria", []) if one["code"] in scales],
        "abstentions": [one for one in settings.get("abstentions", []) if one["value"] in set(Abstention)],
    }
    return type_of(question.type, settings | known, scales)


def subjects(session: Session, question: Question) -> list[SubjectView]:
    """What the question is about: the wording that is frozen, or to be frozen when the round opens."""
    rows = session.exec(
        select(Subject).where(Subject.question_id == question.id).order_by(col(Subject.position))
    ).all()
    items = registers.views(session, {row.item_id: row.item_version for row in rows if row.item_id})
    return [_subject(row, items[row.item_id]) for row in rows if row.item_id in items]


def weighed(session: Session, question: Question) -> list[WeighedView]:
    """The criteria that the question is about, in its order."""
    rows = session.exec(
        select(Subject.id, Subject.position, Criterion)
        .join(Criterion, col(Subject.criterion_id) == col(Criterion.id))
        .where(Subject.question_id == question.id)
        .order_by(col(Subject.position), col(Criterion.code))
    )
    return [WeighedView(id=key, criterion=criterion, position=place) for key, place, criterion in rows]


def asked_about(session: Session, question: Question) -> list[SubjectView | WeighedView]:
    """All that the question is about, items or criteria, in its order."""
    every: list[SubjectView | WeighedView] = [*subjects(session, question), *weighed(session, question)]
    return sorted(every, key=lambda one: (one.position, one.code))


def _subject(subject: Subject, item: ItemView) -> SubjectView:
    return SubjectView(
        id=subject.id,
        item_id=item.id,
        kind=item.kind,
        code=item.code,
        title=item.title,
        text=item.text,
        version=item.version,
        fields=item.fields,
        links=item.links,
        backlinks=item.backlinks,
        position=subject.position,
        status=item.status,
    )


def criteria(session: Session, seminar: Seminar) -> list[Criterion]:
    """The seminar's criteria in their order."""
    return list(
        session.exec(
            select(Criterion).where(Criterion.seminar_id == seminar.id).order_by(col(Criterion.position))
        )
    )


def card_criteria(session: Session, seminar: Seminar) -> list[Criterion]:
    """The criteria of ratings on cards, without those that span planes: what a ranking can rest on."""
    return [criterion for criterion in criteria(session, seminar) if criterion.code not in planes.CODES]


def asked(question: Question, known: Sequence[Criterion]) -> list[tuple[Criterion, bool]]:
    """The criteria that the question asks, in its order, each with whether everyone is asked for it."""
    by_code = {criterion.code: criterion for criterion in known}
    return [
        (by_code[wanted["code"]], bool(wanted.get("required")))
        for wanted in question.settings.get("criteria", [])
        if wanted["code"] in by_code
    ]


def elements(session: Session, question: Question) -> list[ItemView]:
    """The elements whose coverage the question asks about, as far as they stand in the mandate."""
    wanted = question.settings.get("elements", [])
    if not wanted:
        return []
    seminar = session.get_one(Seminar, session.get_one(Round, question.round_id).seminar_id)
    standing = registers.items(session, seminar=seminar, kind=Kind.ELEMENT)
    return [one for one in standing if one.code in wanted]


def asks(session: Session, round_: Round) -> list[Asks]:
    """All that the round asks, question by question."""
    known = criteria(session, session.get_one(Seminar, round_.seminar_id))
    return [
        Asks(
            question=question,
            subjects=subjects(session, question),
            criteria=asked(question, known),
            elements=elements(session, question),
            weighed=weighed(session, question),
        )
        for question in questions(session, round_)
    ]


def participation(session: Session, round_: Round, min_group: int) -> PanelProgress:
    """How far the panel is, as a whole and by sector; no figure of a small sector, nor a way to it.

    A sector is as large as the number of its experts who have joined.
    """
    by_sector = _counts(session, round_)
    whole = sum(by_sector.values(), Counts())
    counted = _sealed(session, round_) if round_.counts_saved else whole.submitted
    if round_.kind == ROOM and round_.state is RoundState.OPEN:
        # it is watched by all who sit there, and can be ended at any moment
        whole = whole.in_steps(min_group)
        by_sector = {sector: counts.in_steps(min_group) for sector, counts in by_sector.items()}
        counted = whole.started
    hidden = withheld({sector: counts.joined for sector, counts in by_sector.items()}, min_group)
    seminar = session.get_one(Seminar, round_.seminar_id)
    labels = {sector.code: sector.label for sector in registers.sectors(session, seminar=seminar)}
    order = [code for code in labels if code in by_sector] + [
        code for code in by_sector if code not in labels
    ]
    return PanelProgress(
        whole=whole,
        sectors=[
            SectorCounts(label=labels.get(code), counts=by_sector[code])
            for code in order
            if code not in hidden
        ],
        together=sum((by_sector[code] for code in hidden), Counts()),
        withheld=[labels.get(code) for code in order if code in hidden],
        min_group=min_group,
        quorum=quorum.needed(round_.quorum_share, whole.joined),
        has_quorum=quorum.is_reached(counted, share=round_.quorum_share, joined=whole.joined),
        counted=counted,
        counts_saved=round_.counts_saved,
    )


def _sealed(session: Session, round_: Round) -> int:
    """How many ballots count as they are: submitted, or saved where that is enough."""
    query = select(func.count(func.distinct(Seal.ballot_id))).join(Ballot).where(Ballot.round_id == round_.id)
    return session.exec(query).one()


def _counts(session: Session, round_: Round) -> dict[str, Counts]:
    rows = session.exec(
        select(Membership.sector, Membership.state, Participation.progress, func.count())
        .outerjoin(
            Participation,
            (col(Participation.membership_id) == col(Membership.id))
            & (col(Participation.round_id) == round_.id),
        )
        .where(Membership.seminar_id == round_.seminar_id, Membership.role == Role.EXPERT)
        .group_by(col(Membership.sector), col(Membership.state), col(Participation.progress))
        .order_by(col(Membership.sector))
    ).all()
    found: dict[str, Counts] = defaultdict(Counts)
    for sector, state, progress, number in rows:
        reached = Progress(progress) if progress else None
        found[sector or NO_SECTOR] += _at(MembershipState(state), reached, number)
    return dict(found)


def _at(state: MembershipState, progress: Progress | None, number: int) -> Counts:
    if state is not MembershipState.JOINED:
        return Counts(invited=number)
    reached = list(Progress).index(progress) + 1 if progress else 0
    opened, started, submitted = (number if reached > step else 0 for step in range(len(Progress)))
    return Counts(invited=number, joined=number, opened=opened, started=started, submitted=submitted)
