"""What became of that about which an expert answered or wrote: told to her alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from app.models import (
    AnswerRevision,
    Ballot,
    HeldText,
    Item,
    ItemChange,
    Panellist,
    Question,
    RationaleRevision,
    Round,
    Seal,
    Seminar,
    Subject,
)
from app.models.registers import ChangeKind, Kind
from app.questions import sealing
from app.questions.fingerprint import fingerprint
from app.registers import history
from app.registers import queries as registers
from app.registers.history import ChangeView
from app.rounds import queries as rounds

TOLD = (ChangeKind.REWORDED, ChangeKind.MERGED, ChangeKind.SPLIT, ChangeKind.RETIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """What became of an item since the expert last answered about it.

    `holds` says that its wording still means what she was asked about.
    """

    code: str
    kind: Kind
    title: str
    asked_in: list[str]
    changes: list[ChangeView]
    became: list[tuple[str, str]]
    holds: bool

    @property
    def stands(self) -> bool:
        """Whether it is still in its register, reworded or not."""
        return any(code == self.code for code, _title in self.became)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A text of the expert's own that the panel does not see, or sees with words left out, and why."""

    round_number: int
    code: str
    text: str
    instead: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A subject of a round in which the panellist has a ballot."""

    ballot_id: UUID
    subject_id: UUID
    item: Item
    version: int
    question: Question


def of_answers(session: Session, *, seminar: Seminar, panellist: Panellist) -> list[Aftermath]:
    """What became of the items about which the panellist answered, by their codes."""
    changed = _changed(session, seminar)
    asked = [one for one in _asked(session, panellist) if one.item.id in changed]
    said = _answered(session, asked)
    by_item: dict[UUID, list[_Asked]] = defaultdict(list)
    for one in asked:
        if one.subject_id in said:
            by_item[one.item.id].append(one)
    same = history.same_wording(session, by_item)
    numbers = {round_.id: round_.number for round_ in rounds.plan(session, seminar)}
    found = [_aftermath(session, seminar, ones, same[key], numbers) for key, ones in by_item.items()]
    return sorted((one for one in found if one.changes), key=lambda one: one.code)


def of_texts(session: Session, *, seminar: Seminar, panellist: Panellist) -> list[Withheld]:
    """The panellist's own texts that facilitators hold back or show with words left out."""
    rows = session.exec(
        select(HeldText, Question, Round)
        .join(Question, col(HeldText.question_id) == Question.id)
        .join(Round, col(Question.round_id) == Round.id)
        .where(Round.seminar_id == seminar.id)
        .order_by(col(Round.number), col(HeldText.item_code), col(HeldText.digest))
    ).all()
    seals = _seals(session, panellist) if rows else {}
    return [
        Withheld(
            round_number=round_.number,
            code=held.item_code,
            text=text,
            instead=held.instead,
            reason=held.reason,
        )
        for held, question, round_ in rows
        for text in _texts(seals.get(round_.id, {}), question.code, held.item_code)
        if fingerprint(text) == held.digest
    ]


def _aftermath(
    session: Session,
    seminar: Seminar,
    ones: list[_Asked],
    same: history.Wordings,
    numbers: Mapping[UUID, int],
) -> Aftermath:
    item, version = ones[0].item, max(one.version for one in ones)
    view = registers.views(session, {item.id: version})[item.id]
    changes = [
        change
        for change in history.changes(session, item)
        if change.kind in TOLD and (change.kind is not ChangeKind.REWORDED or change.version > version)
    ]
    return Aftermath(
        code=item.code,
        kind=item.kind,
        title=view.title,
        asked_in=[f"R{number}" for number in sorted({numbers[one.question.round_id] for one in ones})],
        changes=changes,
        became=history.became(session, seminar=seminar, code=item.code),
        holds=same.same(version, item.version),
    )


def _changed(session: Session, seminar: Seminar) -> set[UUID]:
    """The items of the seminar of which there is something to tell."""
    return set(
        session.exec(
            select(ItemChange.item_id)
            .join(Item, col(ItemChange.item_id) == Item.id)
            .where(Item.seminar_id == seminar.id, col(ItemChange.kind).in_(TOLD))
        )
    )


def _asked(session: Session, panellist: Panellist) -> list[_Asked]:
    rows = session.exec(
        select(Ballot.id, Subject, Item, Question)
        .join(Question, col(Question.round_id) == Ballot.round_id)
        .join(Subject, col(Subject.question_id) == Question.id)
        .join(Item, col(Subject.item_id) == Item.id)
        .where(Ballot.panellist_id == panellist.id)
    )
    return [
        _Asked(ballot_id, subject.id, item, subject.item_version, question)
        for ballot_id, subject, item, question in rows
    ]


def _answered(session: Session, asked: Iterable[_Asked]) -> set[UUID]:
    """Those of the subjects of which a ballot says something, be it saved or submitted."""
    asked = list(asked)
    said: dict[tuple[UUID, str], bool] = {}
    ballots = {one.ballot_id for one in asked}
    for keys in registers.batches({one.subject_id for one in asked}):
        answers = session.exec(
            select(AnswerRevision)
            .where(col(AnswerRevision.ballot_id).in_(ballots), col(AnswerRevision.subject_id).in_(keys))
            .order_by(col(AnswerRevision.revision))
        )
        for row in answers:
            said[row.subject_id, row.criterion] = row.score is not None or row.abstention is not None
        texts = session.exec(
            select(RationaleRevision)
            .where(col(RationaleRevision.ballot_id).in_(ballots), col(RationaleRevision.subject_id).in_(keys))
            .order_by(col(RationaleRevision.revision))
        )
        for text in texts:
            said[text.subject_id, f"text {text.part}"] = bool(text.text)
    saved = {subject_id for (subject_id, _part), is_said in said.items() if is_said}
    return saved | _submitted(session, asked, ballots)


def _submitted(session: Session, asked: Iterable[_Asked], ballots: set[UUID]) -> set[UUID]:
    rows = session.exec(select(Seal).where(col(Seal.ballot_id).in_(ballots)).order_by(col(Seal.number)))
    sealed = {seal.ballot_id: sealing.parts(seal.content) for seal in rows}
    return {
        one.subject_id
        for one in asked
        if any(
            one.item.code in sealed.get(one.ballot_id, {}).get(one.question.code, {}).get(part, {})
            for part in ("answers", "rationales", "texts")
        )
    }


def _seals(session: Session, panellist: Panellist) -> dict[UUID, Mapping[str, Any]]:
    """What the panellist submitted in each round, by the question's code."""
    rows = session.exec(
        select(Ballot.round_id, Seal)
        .join(Seal, col(Seal.ballot_id) == Ballot.id)
        .where(Ballot.panellist_id == panellist.id)
        .order_by(col(Seal.number))
    )
    return {round_id: sealing.parts(seal.content) for round_id, seal in rows}


def _texts(parts: Mapping[str, Any], question: str, code: str) -> list[str]:
    content = parts.get(question, {})
    rationale = content.get("rationales", {}).get(code)
    return [*([rationale] if rationale else []), *content.get("texts", {}).get(code, {}).values()]
