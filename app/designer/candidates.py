"""What can be carried forward from one round into another: each subject, with why it should be or not."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.designer import carrying, evidence, queries
from app.designer.carrying import Proposal, Reason
from app.designer.evidence import Finding, Since
from app.models import Item, Question, Round, Seminar
from app.models.registers import Kind
from app.models.rounds import ROOM, RoundState
from app.registers import history
from app.registers import queries as registers
from app.results import disclosure
from app.results.disclosure import NotReleased, Roles
from app.results.tallies import Tally
from app.rounds import queries as rounds
from app.rounds.alike import alike, is_alike

# Types whose subjects can be asked about again; and those to which the answers to any other can lead on.
CARRIES = frozenset({"rate", "cover", "rank", "allocate", "compare"})
ORDERS = frozenset({"rank", "allocate", "compare"})


@dataclass(frozen=True, slots=True)
class Line:
    """A subject that can be carried forward; `round_number` is the last round that asked about it, if any."""

    item: Item
    title: str
    finding: Finding
    round_number: int | None

    @property
    def code(self) -> str:
        """Its public code."""
        return self.item.code

    @property
    def is_proposed(self) -> bool:
        """Whether the rule proposes it."""
        return self.finding.proposal.is_proposed


@dataclass(frozen=True, slots=True)
class Gone:
    """A subject that stands no longer, and the codes in which it goes on."""

    code: str
    title: str
    became: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The subjects of one question; without a `target`, the question itself is asked once more.

    `why_not` says why nothing can be told of the result, if so.
    """

    source: Question
    target: Question | None
    lines: list[Line]
    gone: list[Gone] = field(default_factory=list)
    note: str = ""
    why_not: NotReleased | None = None

    @property
    def proposed(self) -> list[Line]:
        """Those that the rule proposes."""
        return [line for line in self.lines if line.is_proposed]

    @property
    def others(self) -> list[Line]:
        """Those that it would leave out."""
        return [line for line in self.lines if not line.is_proposed]


def sources(session: Session, round_: Round) -> list[Round]:
    """The earlier rounds whose result is known to the staff, and which asked something that carries."""
    return [
        one
        for one in queries.earlier(session, round_)
        if (
            one.state is RoundState.PUBLISHED
            or (one.state is RoundState.CLOSED and one.looked_at is not None)
        )
        and any(question.type in CARRIES for question in rounds.questions(session, one))
    ]


def pairs(session: Session, *, source: Round, round_: Round) -> list[tuple[Question, Question | None]]:
    """Each question of the source that carries, with that of the draft which is to receive its subjects.

    A draft that asks nothing yet asks the same once more. An order can follow upon any question.
    """
    asked = [one for one in rounds.questions(session, source) if one.type in CARRIES]
    wanted = [one for one in rounds.questions(session, round_) if one.type in CARRIES]
    if not rounds.questions(session, round_):
        return [(one, None) for one in asked]
    found: dict[UUID, Question] = {}
    # what asks the same comes first: nothing else may take it away
    for choose in (alike, _to_follow):
        for target in wanted:
            free = [one for one in asked if one not in found.values()]
            if target.id not in found and (before := choose(target, free)) is not None:
                found[target.id] = before
    return [(found[target.id], target) for target in wanted if target.id in found]


def _to_follow(target: Question, asked: list[Question]) -> Question | None:
    """The first question upon which this one, of another type, can follow."""
    if target.type not in ORDERS and target.type != rounds.RATE:
        return None
    return next((one for one in asked if _can_follow(one, target)), None)


def _can_follow(before: Question, target: Question) -> bool:
    """Whether what one question was about can be what the other, of another type, is about."""
    on_plane = before.type == rounds.RATE and not rounds.rates_on_cards(before)
    to_plane = target.type == rounds.RATE and not rounds.rates_on_cards(target)
    return before.type in ORDERS | {rounds.RATE} and not (on_plane or to_plane)


def candidates(session: Session, *, source: Round, round_: Round, roles: Roles) -> list[Candidates]:
    """All that can be carried forward, question by question, as far as these roles may know the results."""
    seminar = session.get_one(Seminar, round_.seminar_id)
    past = _Past(session, seminar, source, roles)
    return [past.of(question, target) for question, target in pairs(session, source=source, round_=round_)]


def standing(session: Session, *, question: Question, codes: Collection[str] | None = None) -> list[Item]:
    """What stands in the registers that the question asked about: first what it asked, in its order.

    With `codes`, those of them alone.
    """
    subjects = rounds.subjects(session, question)
    seminar = session.get_one(Seminar, session.get_one(Round, question.round_id).seminar_id)
    kinds = list(dict.fromkeys(subject.kind for subject in subjects))
    found = queries.standing(session, seminar=seminar, kinds=kinds)
    order = {subject.code: place for place, subject in enumerate(subjects)}
    found.sort(key=lambda item: order.get(item.code, len(order)))
    return [item for item in found if codes is None or item.code in codes]


@dataclass(frozen=True, slots=True)
class _Told:
    """A result of an earlier round."""

    round_: Round
    question: Question
    tally: Tally


class _Past:
    """What all concluded rounds up to one have brought."""

    def __init__(self, session: Session, seminar: Seminar, source: Round, roles: Roles) -> None:
        self.session, self.seminar, self.source = session, seminar, source
        self.refused: dict[UUID, NotReleased] = {}
        # the latest first
        self.told = list(self._read(roles))

    def _read(self, roles: Roles) -> Iterator[_Told]:
        plan = [one for one in rounds.plan(self.session, self.seminar) if one.kind != ROOM]
        for round_ in reversed(plan):
            for question in rounds.questions(self.session, round_):
                try:
                    tally = disclosure.released_of(self.session, question=question, roles=roles)
                except NotReleased as why:
                    self.refused[question.id] = why
                else:
                    yield _Told(round_, question, tally)

    def of(self, question: Question, target: Question | None) -> Candidates:
        """What can be carried forward of one question."""
        subjects = rounds.subjects(self.session, question)
        standing_now = standing(self.session, question=question)
        chain = [
            one
            for one in self.told
            if one.round_.number <= self.source.number
            and (
                one.question.id == question.id
                or (one.question.round_id != question.round_id and is_alike(one.question, question))
            )
        ]
        titles = self._titles(list(dict.fromkeys(item.kind for item in standing_now)))
        same = history.same_wording(self.session, [item.id for item in standing_now])
        there = {item.code for item in standing_now}
        return Candidates(
            source=question,
            target=target,
            lines=[
                self._line(item, titles[item.code], chain, same[item.id], target) for item in standing_now
            ],
            gone=[
                Gone(one.code, one.title, self._became(one.code)) for one in subjects if one.code not in there
            ],
            note=next((evidence.order_note(one.tally) for one in chain[:1]), ""),
            why_not=self.refused.get(question.id),
        )

    def _line(
        self,
        item: Item,
        title: str,
        chain: Sequence[_Told],
        wordings: history.Wordings,
        target: Question | None,
    ) -> Line:
        last = next((one for one in chain if evidence.version_in(one.tally, item.code) is not None), None)
        if last is None:
            return Line(item, title, Finding(Proposal((self._unasked(item),))), None)
        version = evidence.version_in(last.tally, item.code)
        assert version is not None
        since = Since(
            against=self._against(last, item.code),
            reworded=not wordings.same(version, item.version),
            picks=bool(last.question.settings.get("most")),
            ordered=target is not None and target.type in ORDERS and last.question.type not in ORDERS,
        )
        found = evidence.find(last.tally, item.code, since)
        return Line(item, title, found, last.round_.number)

    def _unasked(self, item: Item) -> Reason:
        """Of what no result is known: it is new, nobody may know it, or it was left out before."""
        opened: datetime | None = self.source.opened_at
        if opened is None or item.created_at > opened:
            return Reason.NEW
        return Reason.UNTOLD if self.refused_all else Reason.LEFT_OUT

    @property
    def refused_all(self) -> bool:
        """Whether nothing may be known of the source."""
        return not any(one.round_.id == self.source.id for one in self.told)

    def _against(self, last: _Told, code: str) -> int:
        """How many experts gave new reasons against what was settled, in that round or by comments since."""
        favoured = evidence.favours(last.tally, code)
        later = [last, *(one for one in self.told if self._comments_after(one, last))]
        before = [one for one in self.told if one.round_.number < last.round_.number]
        known = frozenset(text for one in before for text in evidence.reasons(one.tally, code))
        given = [evidence.against(one.tally, code, favoured=favoured) for one in later]
        return carrying.new_reasons(given, known)

    @staticmethod
    def _comments_after(one: _Told, last: _Told) -> bool:
        return one.question.type == "comment" and one.round_.number >= last.round_.number

    def _titles(self, kinds: Sequence[Kind]) -> dict[str, str]:
        views = [
            view for kind in kinds for view in registers.titles(self.session, seminar=self.seminar, kind=kind)
        ]
        return {view.code: view.title for view in views}

    def _became(self, code: str) -> list[str]:
        found = history.became(self.session, seminar=self.seminar, code=code)
        return [onward for onward, _title in found if onward != code]
