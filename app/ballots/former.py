"""What the panellist answered in the round before, and whether it holds for what is asked now."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlmodel import Session, col, select

from app.ballots import queries
from app.ballots.queries import Part
from app.models import Item, ItemVersion, Panellist, Question, Round, Seminar, Subject
from app.questions.answers import Answer
from app.questions.rate import Rate
from app.registers import history
from app.registers.history import Piece
from app.rounds import queries as rounds


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


@dataclass(frozen=True, slots=True)
class _Wording:
    """What a question asked about, as it was worded then."""

    item_id: UUID
    version: int
    title: str
    text: str


def formers(session: Session, *, round_: Round, part: Part, panellist: Panellist | None) -> dict[str, Former]:
    """By the code of a subject rated on a card, what was asked and answered of it in the round before."""
    question = _question_before(session, round_, part)
    if question is None:
        return {}
    said = _said(session, question, part, panellist)
    then, now = _asked(session, question), _asked(session, part.question)
    reworded = _reworded(session, then, now)
    gone = _gone(session, round_, {code: then[code].title for code in then.keys() - now.keys()}, said)
    return {
        code: Former(answer=said.get(code, Answer()), reworded=reworded.get(code), gone=gone.get(code, []))
        for code in now
    }


def _question_before(session: Session, round_: Round, part: Part) -> Question | None:
    """The question that rated on cards in the round before, if this one does so too."""
    if round_.previous_id is None or not rounds.rates_on_cards(part.question):
        return None
    return rounds.rate_question(session, session.get_one(Round, round_.previous_id))


def _said(session: Session, question: Question, part: Part, panellist: Panellist | None) -> dict[str, Answer]:
    """What the panellist submitted, of the criteria that are asked again."""
    if panellist is None:
        return {}
    assert isinstance(part.type, Rate)
    criteria = {asked.code for asked in part.type.asked}
    previous = session.get_one(Round, question.round_id)
    ballot = queries.find_ballot(session, round_=previous, panellist=panellist)
    sealed = queries.read_part(queries.latest_seal(session, ballot), question, part.type)
    return {
        code: replace(answer, judgements={c: j for c, j in answer.judgements.items() if c in criteria})
        for code, answer in sealed.items()
    }


def _asked(session: Session, question: Question) -> dict[str, _Wording]:
    rows = session.exec(
        select(Item.code, ItemVersion)
        .join(Subject, col(Subject.item_id) == col(Item.id))
        .join(ItemVersion, col(ItemVersion.item_id) == col(Item.id))
        .where(Subject.question_id == question.id, col(ItemVersion.number) == col(Subject.item_version))
    )
    return {code: _Wording(row.item_id, row.number, row.title, row.text) for code, row in rows}


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


def _gone(
    session: Session, round_: Round, titles: Mapping[str, str], said: Mapping[str, Answer]
) -> dict[str, list[Gone]]:
    """What the panellist rated and is asked no more, by the codes in which it goes on."""
    seminar = session.get_one(Seminar, round_.seminar_id)
    found: dict[str, list[Gone]] = {}
    for code in sorted(titles.keys() & said.keys()):
        for onward, _title in history.became(session, seminar=seminar, code=code):
            found.setdefault(onward, []).append(Gone(code, titles[code], said[code]))
    return found
