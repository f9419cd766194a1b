"""Read the texts of a closed round before the panel does, and hold back what would tell who wrote it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app import audit
from app.errors import AppError, Conflict, Invalid
from app.models import Ballot, HeldText, Person, Question, Round, Seal, Seminar
from app.models.rounds import RoundState
from app.moderation.service import reason_of
from app.questions import sealing
from app.questions.answers import RATIONALE, Answer
from app.questions.cover import SOURCE, SURE
from app.questions.fingerprint import fingerprint
from app.registers.faults import Empty, TooLong
from app.rounds import lifecycle
from app.rounds import queries as rounds

LONGEST = 4000
COMMENT = "comment"


class TooFew(Conflict):
    """So few submitted that each of them could be known by a text."""

    message = (
        "Fewer than %(minimum)s experts submitted in round R%(number)s: their texts are shown to nobody."
    )


class NoSuchText(Conflict):
    """The text is not, or no longer, among those of the question."""

    message = "This text is not among those of the round."


class SameWords(AppError):
    """What is to stand instead of a text is the text."""

    message = "Please leave out or change something, or show the text as it is."


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedText:
    """A text on a subject as it was submitted, and what the panel will see instead, if it is held."""

    code: str
    part: str
    text: str
    digest: str
    held: HeldText | None

    @property
    def state(self) -> str:
        """Whether it is shown, shortened or held back."""
        if self.held is None:
            return "shown"
        return "shortened" if self.held.instead else "held"


def sealed_texts(session: Session, *, seminar: Seminar, question: Question) -> list[SealedText]:
    """The texts that would be published, by subject, in the order of their digests: of no order in time.

    Where fewer than the minimum group answered, a text is published to nobody, and so not shown here.
    """
    round_ = session.get_one(Round, question.round_id)
    lifecycle.require_state(round_, RoundState.CLOSED)
    lifecycle.require_looked_at(round_)
    sheets = _sheets(session, question, round_)
    if len(sheets) < seminar.min_group:
        raise TooFew(minimum=seminar.min_group, number=round_.number)
    held = {(one.item_code, one.digest): one for one in _held(session, question)}
    places = {subject.code: subject.position for subject in rounds.asked_about(session, question)}
    found = {
        (code, part, text): fingerprint(text)
        for code, part, text in _texts(sheets, question, seminar.min_group)
    }
    return sorted(
        (
            SealedText(code=code, part=part, text=text, digest=digest, held=held.get((code, digest)))
            for (code, part, text), digest in found.items()
        ),
        key=lambda one: (places.get(one.code, 0), one.code, one.part, one.digest),
    )


def settle(
    session: Session,
    *,
    seminar: Seminar,
    question: Question,
    code: str,
    digest: str,
    shown: bool,
    instead: str | None,
    reason: str,
    by: Person | None,
) -> None:
    """The text is shown as it is, or is not."""
    if shown:
        let_through(session, seminar=seminar, question=question, code=code, digest=digest, by=by)
        return
    hold_back(
        session,
        seminar=seminar,
        question=question,
        code=code,
        digest=digest,
        instead=instead,
        reason=reason,
        by=by,
    )


def hold_back(
    session: Session,
    *,
    seminar: Seminar,
    question: Question,
    code: str,
    digest: str,
    instead: str | None,
    reason: str,
    by: Person | None,
) -> None:
    """The text is shown to nobody, or with these words instead; its author is told why."""
    text = _find(session, seminar, question, code, digest)
    reason = reason_of(reason)
    if instead is not None:
        instead = _instead(instead, text)
    held = text.held or HeldText(question_id=question.id, item_code=code, digest=digest, reason=reason)
    held.instead, held.reason = instead, reason
    session.add(held)
    session.flush()
    _record(session, seminar, question, "shorten" if instead else "hold", code, by)


def let_through(
    session: Session, *, seminar: Seminar, question: Question, code: str, digest: str, by: Person | None
) -> None:
    """The text is shown as it was submitted after all."""
    text = _find(session, seminar, question, code, digest)
    if text.held is not None:
        session.delete(text.held)
        session.flush()
        _record(session, seminar, question, "release", code, by)


def hold_again(session: Session, *, seminar: Seminar, round_: Round) -> None:
    """What was held in an earlier round is held in this one, where its author kept it with her answer.

    Facilitators see it beside its reason before they publish, and may decide anew.
    """
    earlier = {
        (one.item_code, one.digest): one
        for one in session.exec(
            select(HeldText)
            .join(Question, col(HeldText.question_id) == Question.id)
            .join(Round, col(Question.round_id) == Round.id)
            .where(Round.seminar_id == seminar.id, col(Round.number) < round_.number)
            .order_by(col(Round.number), col(Question.code))
        )
    }
    for question in rounds.questions(session, round_) if earlier else ():
        now = {
            (code, fingerprint(text))
            for code, _, text in _texts(_sheets(session, question, round_), question, 0)
        }
        # a round that was opened again after it was closed has been through this before
        done = {(one.item_code, one.digest) for one in _held(session, question)}
        for code, digest in sorted((now & earlier.keys()) - done):
            before = earlier[code, digest]
            held = HeldText(question_id=question.id, item_code=code, digest=digest, reason=before.reason)
            held.instead = before.instead
            session.add(held)
            _record(session, seminar, question, "shorten" if before.instead else "hold", code, None)
    session.flush()


def _find(session: Session, seminar: Seminar, question: Question, code: str, digest: str) -> SealedText:
    # the round is held, so that it is not published meanwhile
    query = select(Round).where(Round.id == question.round_id).with_for_update()
    session.exec(query.execution_options(populate_existing=True)).one()
    for text in sealed_texts(session, seminar=seminar, question=question):
        if (text.code, text.digest) == (code, digest):
            return text
    raise NoSuchText


def _instead(instead: str, text: SealedText) -> str:
    instead = instead.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not instead:
        raise Invalid({"instead": Empty()})
    if len(instead) > LONGEST:
        raise Invalid({"instead": TooLong(limit=LONGEST)})
    if instead == text.text:
        raise Invalid({"instead": SameWords()})
    return instead


def _sheets(session: Session, question: Question, round_: Round) -> list[Mapping[str, Answer]]:
    """What every submitted ballot says in answer to the question, by nobody's name."""
    type_ = rounds.question_type(session, question)
    rows = session.exec(
        select(Seal)
        .join(Ballot, col(Seal.ballot_id) == Ballot.id)
        .where(Ballot.round_id == round_.id)
        .order_by(col(Seal.number))
    )
    latest = {seal.ballot_id: seal.content for seal in rows}
    return [type_.read(sealing.parts(content).get(question.code, {})) for content in latest.values()]


def _texts(
    sheets: list[Mapping[str, Answer]], question: Question, minimum: int
) -> list[tuple[str, str, str]]:
    """Subject, part and words of every text of which no few could be the authors."""
    judged = Counter(
        (code, part)
        for sheet in sheets
        for code, answer in sheet.items()
        for part in answer.judgements
        if not part.endswith(SURE) and answer.score(part) is not None
    )
    most: Counter[str] = Counter()
    for (code, _part), number in judged.items():
        most[code] = max(most[code], number)

    def is_of_few(code: str, part: str) -> bool:
        if question.type == COMMENT:
            return False
        number = judged[code, part.removesuffix(SOURCE)] if part.endswith(SOURCE) else most[code]
        return number < minimum

    return [
        (code, part, text)
        for sheet in sheets
        for code, answer in sheet.items()
        for part, text in ({RATIONALE: answer.rationale} | answer.texts).items()
        if text and not is_of_few(code, part)
    ]


def _held(session: Session, question: Question) -> list[HeldText]:
    return list(session.exec(select(HeldText).where(HeldText.question_id == question.id)))


def _record(
    session: Session, seminar: Seminar, question: Question, deed: str, code: str, by: Person | None
) -> None:
    round_ = session.get_one(Round, question.round_id)
    audit.record(
        session,
        f"moderation:text:{deed}",
        actor=by.id if by else None,
        seminar=seminar.id,
        subject=f"R{round_.number}",
        question=question.code,
        item=code,
    )
