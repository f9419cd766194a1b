"""What the panellist answered in the round before, and whether it holds for what is asked now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import cast
from uuid import UUID

from sqlmodel import Session, col, select

from app.ballots import queries
from app.ballots.queries import Part
from app.errors import AppError
from app.models import Criterion, Item, ItemVersion, Panellist, Question, Round, Seminar, Subject
from app.models.rounds import FeedbackPolicy
from app.questions.answers import Answer, Judgement, Reader
from app.registers import history
from app.registers.history import Piece
from app.rounds import queries as rounds
from app.rounds.alike import alike

# Questions whose subjects are answered one by one, so that each answer can be kept by itself, and those
# whose answer is one: what is said of a subject is said beside the others.
SINGLY = frozenset({"rate", "cover"})
WHOLE = frozenset({"rank", "allocate", "compare", "weigh"})
# where a part may be the code of another subject
PAIRED = frozenset({"compare", "weigh"})
PLACE, POINTS = "rank", "points"


@dataclass(frozen=True, slots=True)
class Reworded:
    """How title and text differ from what was rated in the round before, and no longer mean the same."""

    title: list[Piece]
    text: list[Piece]


@dataclass(frozen=True, slots=True)
class Gone:
    """A subject that the panellist rated, and that has since become this one or a part of it."""

    code: str
    title: str
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """Of one subject the panellist's answer in the round before, and what has become of the wording."""

    answer: Answer = field(default_factory=Answer)
    reworded: Reworded | None = None
    gone: list[Gone] = field(default_factory=list)

    @property
    def can_be_kept(self) -> bool:
        """Whether there is a judgement, and it holds for this wording too."""
        return bool(self.answer.judgements) and self.reworded is None

    @property
    def says_something(self) -> bool:
        """Whether there is anything to tell the panellist of it."""
        return bool(self.answer.judgements or self.reworded or self.gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Formerly:
    """Former answers that can be kept all at once, by the code of a subject.

    `earlier` were given to a wording that has changed since, `gone` are asked about no more: these
    answers are not kept. `is_one` where all of them are one answer.
    """

    round_: Round
    answers: Mapping[str, Answer]
    titles: Mapping[str, str]
    earlier: list[str]
    gone: list[str]
    is_one: bool

    @property
    def says_something(self) -> bool:
        """Whether there is anything to keep, or to say why it is not."""
        return bool(self.answers or self.earlier or self.gone)

    def is_kept(self, now: Mapping[str, Answer]) -> bool:
        """Whether keeping them would change nothing: each is there, or has been answered anew."""
        given = {code: now.get(code, Answer()).judgements for code in self.titles}
        if self.is_one:
            return all(said == self.answers.get(code, Answer()).judgements for code, said in given.items())
        return all(given.get(code) for code in self.answers)

    @property
    def lines(self) -> list[tuple[str, str, str, object]]:
        """Code, title, part and value of each, by value, where a subject has one value and no more."""
        said = [
            (code, self.titles.get(code, code), *next(iter(answer.judgements.items())))
            for code, answer in self.answers.items()
            if len(answer.judgements) == 1
        ]
        if not self.is_one or len(said) < len(self.answers):
            return []
        up = any(name == PLACE for _code, _title, name, _value in said)
        return sorted(said, key=lambda line: _by_value(line[3], up=up))


@dataclass(frozen=True, slots=True)
class _Wording:
    """What a question asked about, as it was worded then."""

    item_id: UUID
    version: int
    title: str
    text: str


def shown_before(session: Session, round_: Round) -> Round | None:
    """The round before, if this one shows anything of it."""
    if round_.previous_id is None or round_.feedback is FeedbackPolicy.NONE:
        return None
    return session.get_one(Round, round_.previous_id)


def formers(session: Session, *, round_: Round, part: Part, panellist: Panellist | None) -> dict[str, Former]:
    """By the code of a subject, what was asked and answered of it in the round before."""
    before = _before(session, round_, part, panellist)
    if before is None:
        return {}
    reworded = _reworded(session, before.then, before.now)
    gone = _gone(session, round_, before)
    said = _holding(part, before.said, standing=before.now.keys() - reworded.keys())
    return {
        code: Former(answer=said.get(code, Answer()), reworded=reworded.get(code), gone=gone.get(code, []))
        for code in before.now
    }


def formerly(session: Session, *, round_: Round, part: Part, panellist: Panellist | None) -> Formerly | None:
    """What can be kept of the former answers all at once, or None where there is nothing."""
    before = _before(session, round_, part, panellist)
    if before is None:
        return None
    found = formers(session, round_=round_, part=part, panellist=panellist)
    answers = {code: former.answer for code, former in found.items() if former.can_be_kept}
    return Formerly(
        round_=session.get_one(Round, before.question.round_id),
        answers=answers,
        titles={code: wording.title for code, wording in before.now.items()},
        earlier=[code for code, one in found.items() if one.answer.judgements and one.reworded],
        gone=[code for code in before.then if code not in before.now and code in before.said],
        is_one=part.type.name in WHOLE,
    )


@dataclass(frozen=True, slots=True)
class _Before:
    """The question that asked the same in the round before, what it was about, and what was submitted."""

    question: Question
    then: Mapping[str, _Wording]
    now: Mapping[str, _Wording]
    said: Mapping[str, Answer]


def _before(session: Session, round_: Round, part: Part, panellist: Panellist | None) -> _Before | None:
    if round_.previous_id is None or part.type.name not in SINGLY | WHOLE:
        return None
    previous = session.get_one(Round, round_.previous_id)
    question = alike(part.question, rounds.questions(session, previous))
    if question is None:
        return None
    said: dict[str, Answer] = {}
    if panellist is not None:
        ballot = queries.find_ballot(session, round_=previous, panellist=panellist)
        said = queries.read_part(queries.latest_seal(session, ballot), question, part.type)
    return _Before(question, _asked(session, question), _asked(session, part.question), said)


def _holding(part: Part, said: Mapping[str, Answer], *, standing: Collection[str]) -> dict[str, Answer]:
    """What was said, as far as it can be said now: of what is asked still, and on the scale that is asked."""
    if part.type.name == PLACE:
        said = _closed_up({code: answer for code, answer in said.items() if code in standing})
    return {
        code: replace(
            answer,
            judgements={
                name: value
                for name, value in answer.judgements.items()
                if _can_be_said(part, name, value) and (name in standing or not _is_other(part, name))
            },
        )
        for code, answer in said.items()
    }


def _is_other(part: Part, name: str) -> bool:
    """Whether the part of an answer is a subject beside which its own was held."""
    return part.type.name in PAIRED and name != POINTS


def _closed_up(ranking: Mapping[str, Answer]) -> dict[str, Answer]:
    """A ranking that has lost some: the same order, and no place left empty."""
    places = [place for answer in ranking.values() if (place := answer.score(PLACE)) is not None]
    return {
        code: answer
        if (mine := answer.score(PLACE)) is None
        else replace(answer, judgements={PLACE: 1 + sum(place < mine for place in places)})
        for code, answer in ranking.items()
    }


def _can_be_said(part: Part, name: str, value: Judgement) -> bool:
    try:
        return cast("Reader", part.type).judgement(name, str(value)) == value
    except AppError:
        return False


def _asked(session: Session, question: Question) -> dict[str, _Wording]:
    """What a question is about; of criteria there is one wording."""
    rows = session.exec(
        select(Item.code, ItemVersion)
        .join(Subject, col(Subject.item_id) == col(Item.id))
        .join(ItemVersion, col(ItemVersion.item_id) == col(Item.id))
        .where(Subject.question_id == question.id, col(ItemVersion.number) == col(Subject.item_version))
    )
    weighed = session.exec(
        select(Criterion)
        .join(Subject, col(Subject.criterion_id) == col(Criterion.id))
        .where(Subject.question_id == question.id)
    )
    return {code: _Wording(row.item_id, row.number, row.title, row.text) for code, row in rows} | {
        one.code: _Wording(one.id, 1, one.label, one.question) for one in weighed
    }


def _reworded(
    session: Session, then: Mapping[str, _Wording], now: Mapping[str, _Wording]
) -> dict[str, Reworded]:
    """What was reworded so that it means something else: a minor rewording changes nothing."""
    both = [code for code in now if code in then]
    wordings = history.same_wording(session, {now[code].item_id for code in both})
    return {
        code: Reworded(
            history.difference(then[code].title, now[code].title),
            history.difference(then[code].text, now[code].text),
        )
        for code in both
        if not wordings[now[code].item_id].same(then[code].version, now[code].version)
    }


def _gone(session: Session, round_: Round, before: _Before) -> dict[str, list[Gone]]:
    """What the panellist answered and is asked about no more, by the codes in which it goes on."""
    seminar = session.get_one(Seminar, round_.seminar_id)
    found: dict[str, list[Gone]] = {}
    for code in sorted((before.then.keys() - before.now.keys()) & before.said.keys()):
        for onward, _title in history.became(session, seminar=seminar, code=code):
            found.setdefault(onward, []).append(Gone(code, before.then[code].title, before.said[code]))
    return found


def _by_value(value: object, *, up: bool) -> tuple[bool, int]:
    """Numbers first, the best of them first: the lowest place, or the most points."""
    return (False, value if up else -value) if isinstance(value, int) else (True, 0)
