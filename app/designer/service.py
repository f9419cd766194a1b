"""Design a round that is a draft: add it, say what it asks and about what, and take it away again.

Every act holds the round's row until the transaction ends and refuses a round that is no draft any more,
so that nothing is changed while the round opens. `seen` is the state upon which a form was filled in
(`designer.revisions`); without it the act does not ask what came between.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal
from uuid import UUID

from sqlmodel import Session, col, delete, select

from app import audit
from app.designer import estimates, queries, revisions
from app.designer.supplies import KEPT
from app.errors import Conflict, NotFound
from app.models import Item, Person, Question, Round, Seminar, Subject
from app.models.registers import Kind
from app.rounds import lifecycle

MOST_ROUNDS = 50
MOST_QUESTIONS = 20
Direction = Literal["up", "down"]


class TooManyRounds(Conflict):
    """More rounds than any panel stands."""

    message = "A seminar has at most %(limit)s rounds."


class TooManyQuestions(Conflict):
    """More questions than any round can hold."""

    message = "A round has at most %(limit)s questions. Experts answer them in one sitting."


class StillReferred(Conflict):
    """A round on whose result another one rests."""

    message = (
        "Round R%(other)s shows what round R%(number)s brings. Take that back in its settings first; "
        "then this round can be deleted."
    )


def add_round(
    session: Session,
    *,
    seminar: Seminar,
    by: Person | None,
    title: str,
    number: int | None = None,
    **fields: Any,
) -> Round:
    """A new draft at the end of the plan, or under the number given, if that is free.

    `fields` are any other columns of the round: `kind`, `purpose`, `instructions`, `feedback`,
    `previous_id` …; what is left out has its default.
    """
    seminar = session.exec(
        select(Seminar)
        .where(Seminar.id == seminar.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    taken = session.exec(select(Round.number).where(Round.seminar_id == seminar.id)).all()
    if len(taken) >= MOST_ROUNDS:
        raise TooManyRounds(limit=MOST_ROUNDS)
    if number is None or number in taken:
        number = max(taken, default=0) + 1
    round_ = Round(seminar_id=seminar.id, number=number, title=title, **({"kind": "own"} | fields))
    session.add(round_)
    session.flush()
    _record(session, "design:round:add", round_, by)
    return round_


def save_round(
    session: Session, *, round_: Round, by: Person | None, changes: Mapping[str, Any], seen: str | None = None
) -> Round:
    """The round's own settings are these: columns by name, see `designer.forms.RoundDraft`."""
    round_ = hold(session, round_)
    revisions.require(seen, revisions.of_round(round_))
    for name, value in changes.items():
        setattr(round_, name, value)
    session.add(round_)
    session.flush()
    _record(session, "design:round:change", round_, by)
    return round_


def remove_round(session: Session, *, round_: Round, by: Person | None) -> None:
    """The draft is gone with its questions; the numbers of other rounds stay as they are."""
    round_ = hold(session, round_)
    rests = session.exec(
        select(Round.number).where(Round.previous_id == round_.id).order_by(col(Round.number)).limit(1)
    ).first()
    if rests is not None:
        raise StillReferred(other=rests, number=round_.number)
    _record(session, "design:round:remove", round_, by)
    session.delete(round_)
    session.flush()


def add_question(
    session: Session,
    *,
    round_: Round,
    by: Person | None,
    type_: str,
    prompt: str,
    settings: Mapping[str, Any],
    about: Collection[Kind] = (),
    criteria: Sequence[UUID] = (),
) -> Question:
    """A new question after all others.

    It is about all that stands in the registers `about`, and what joins them; or about `criteria`.
    """
    round_ = hold(session, round_)
    there = queries.questions(session, round_)
    if len(there) >= MOST_QUESTIONS:
        raise TooManyQuestions(limit=MOST_QUESTIONS)
    question = Question(
        round_id=round_.id,
        code=_free_code(there),
        type=type_,
        prompt=prompt,
        settings={**settings, "about": [kind.value for kind in about]},
        position=max((one.position for one in there), default=0) + 1,
    )
    session.add(question)
    session.flush()
    seminar = session.get_one(Seminar, round_.seminar_id)
    standing = queries.standing(session, seminar=seminar, kinds=about)
    own = queries.criteria_of(session, seminar_id=seminar.id, keys=criteria)
    _replace(session, question, items=standing, criteria=own)
    return _noted(session, "design:question:add", round_, question, by)


def save_question(
    session: Session,
    *,
    round_: Round,
    code: str,
    by: Person | None,
    prompt: str,
    settings: Mapping[str, Any],
    seen: str | None = None,
) -> Question:
    """What the question asks is this; what it is about, and its rule of agreement, stay as they are."""
    round_, question = _held_question(session, round_, code)
    revisions.require(seen, revisions.of_question(question))
    kept = {name: question.settings[name] for name in KEPT if name in question.settings}
    question.prompt, question.settings = prompt, {**settings, **kept}
    return _noted(session, "design:question:change", round_, question, by)


def set_agreement(
    session: Session,
    *,
    round_: Round,
    code: str,
    by: Person | None,
    agreement: Mapping[str, Any] | None,
    seen: str | None = None,
) -> Question:
    """The rule by which something asked here counts as settled; None takes it back."""
    round_, question = _held_question(session, round_, code)
    revisions.require(seen, revisions.of_question(question))
    others = {name: value for name, value in question.settings.items() if name != "agreement"}
    question.settings = {**others, **({"agreement": dict(agreement)} if agreement else {})}
    rule = str(agreement["rule"]) if agreement else None
    return _noted(session, "design:question:rule", round_, question, by, rule=rule)


def set_subjects(
    session: Session,
    *,
    round_: Round,
    code: str,
    by: Person | None,
    items: Sequence[UUID] = (),
    criteria: Sequence[UUID] = (),
    about: Collection[Kind] = (),
    seen: str | None = None,
) -> Question:
    """What the question is about, in this order: these items, or these criteria where criteria are weighed.

    `about` are the registers whose newly accepted items join while the round is a draft; without any,
    nothing joins by itself. Items that do not stand in a register of the seminar are passed over.
    """
    round_, question = _held_question(session, round_, code)
    before = queries.subject_rows(session, question)
    revisions.require(seen, revisions.of_subjects(question, before))
    standing = queries.standing_of(session, seminar_id=round_.seminar_id, keys=items)
    own = queries.criteria_of(session, seminar_id=round_.seminar_id, keys=criteria)
    question.settings = {**question.settings, "about": [kind.value for kind in about]}
    _replace(session, question, items=standing, criteria=own)
    return _noted(session, "design:question:subjects", round_, question, by, count=len(standing) + len(own))


def move_question(
    session: Session, *, round_: Round, code: str, to: Direction, by: Person | None
) -> Question:
    """The question changes places with its neighbour; at the end of the line nothing happens."""
    round_, question = _held_question(session, round_, code)
    there = queries.questions(session, round_)
    place = [one.id for one in there].index(question.id)
    other = place + (-1 if to == "up" else 1)
    if 0 <= other < len(there):
        there[place], there[other] = there[other], there[place]
        for position, one in enumerate(there, 1):
            one.position = position
            session.add(one)
        _noted(session, "design:question:move", round_, question, by)
    return question


def duplicate_question(session: Session, *, round_: Round, code: str, by: Person | None) -> Question:
    """The same question once more, right after it, with all that it is about."""
    round_, question = _held_question(session, round_, code)
    there = queries.questions(session, round_)
    if len(there) >= MOST_QUESTIONS:
        raise TooManyQuestions(limit=MOST_QUESTIONS)
    copy = Question(
        round_id=round_.id,
        code=_free_code(there),
        type=question.type,
        prompt=question.prompt,
        settings=dict(question.settings),
    )
    place = [one.id for one in there].index(question.id) + 1
    for position, one in enumerate([*there[:place], copy, *there[place:]], 1):
        one.position = position
        session.add(one)
    session.flush()
    for subject in queries.subject_rows(session, question):
        facts = subject.model_dump(include={"item_id", "criterion_id", "item_version", "position"})
        session.add(Subject(question_id=copy.id, **facts))
    return _noted(session, "design:question:add", round_, copy, by)


def remove_question(session: Session, *, round_: Round, code: str, by: Person | None) -> None:
    """The question is gone, with what it was about."""
    round_, question = _held_question(session, round_, code)
    session.delete(question)
    session.flush()
    _noted(session, "design:question:remove", round_, question, by)


def hold(session: Session, round_: Round) -> Round:
    """The round's row, held until the transaction ends; refused unless the round is a draft."""
    query = select(Round).where(Round.id == round_.id).with_for_update()
    held = session.exec(query.execution_options(populate_existing=True)).one_or_none()
    if held is None:
        raise NotFound
    lifecycle.require_design(held)
    return held


def _held_question(session: Session, round_: Round, code: str) -> tuple[Round, Question]:
    round_ = hold(session, round_)
    query = select(Question).where(Question.round_id == round_.id, Question.code == code)
    question = session.exec(query.execution_options(populate_existing=True)).one_or_none()
    if question is None:
        raise NotFound
    return round_, question


def _free_code(there: Sequence[Question]) -> str:
    numbers = [int(one.code[1:]) for one in there if one.code[:1] == "Q" and one.code[1:].isdecimal()]
    return f"Q{max(numbers, default=0) + 1}"


def _replace(
    session: Session, question: Question, *, items: Sequence[Item] = (), criteria: Sequence[UUID] = ()
) -> None:
    session.exec(delete(Subject).where(col(Subject.question_id) == question.id))
    for position, item in enumerate(items, 1):
        session.add(
            Subject(question_id=question.id, item_id=item.id, item_version=item.version, position=position)
        )
    for position, key in enumerate(criteria, 1):
        session.add(Subject(question_id=question.id, criterion_id=key, position=position))
    session.flush()


def _noted(
    session: Session, action: str, round_: Round, question: Question, by: Person | None, **details: Any
) -> Question:
    """Whatever is changed of a question, the round says anew how long it will take."""
    if action != "design:question:remove":
        session.add(question)
    session.flush()
    round_.effort = estimates.said(session, round_)
    session.add(round_)
    _record(session, action, round_, by, question=question.code, **details)
    return question


def _record(session: Session, action: str, round_: Round, by: Person | None, **details: Any) -> None:
    audit.record(
        session,
        action,
        actor=by.id if by else None,
        seminar=round_.seminar_id,
        subject=f"R{round_.number}",
        **details,
    )
