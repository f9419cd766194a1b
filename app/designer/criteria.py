"""The criteria of a seminar: added from the library or made, copied, changed until a round asks them."""

from collections.abc import Mapping
from typing import Any, Literal

from sqlmodel import Session, col, select

from app import audit, i18n
from app.designer import revisions
from app.designer.library import Ready
from app.errors import AppError, Conflict, NotFound
from app.models import Criterion, Person, Question, Round, Seminar, Subject
from app.models.rounds import RoundState
from app.rounds import queries as rounds

MOST = 60
LONGEST_CODE = 12
OWN = "C"


class TooManyCriteria(Conflict):
    """More criteria than anybody can tell apart."""

    message = "A seminar has at most %(limit)s criteria."


class NotInLibrary(AppError):
    """Something from the library that it lacks."""

    message = "Please choose a criterion of the library."


class Frozen(Conflict):
    """A criterion that experts have been asked, or will be by a schedule that stands."""

    message = (
        "Criterion %(code)s is asked in a round that has been scheduled or opened, so it stays as it is. "
        "Copy it and change the copy."
    )


class InUse(Conflict):
    """A criterion that a question asks."""

    message = (
        "Criterion %(code)s is asked by question %(question)s of round R%(number)s. Take it out there first."
    )


class IsOverall(Conflict):
    """The criterion on which the outcome rests."""

    message = "The outcome rests on the overall criterion: it cannot be removed."


def uses(session: Session, seminar: Seminar) -> dict[str, list[tuple[Round, Question]]]:
    """Of each criterion by its code the questions that ask it, in their order."""
    rows = session.exec(
        select(Round, Question)
        .join(Question, col(Question.round_id) == col(Round.id))
        .where(Round.seminar_id == seminar.id)
        .order_by(col(Round.number), col(Question.position))
    ).all()
    weighed = session.exec(
        select(Subject.question_id, Criterion.code)
        .join(Criterion, col(Subject.criterion_id) == col(Criterion.id))
        .where(Criterion.seminar_id == seminar.id)
    ).all()
    found: dict[str, list[tuple[Round, Question]]] = {}
    for round_, question in rows:
        codes = [str(one["code"]) for one in question.settings.get("criteria", [])]
        codes += [code for key, code in weighed if key == question.id]
        for code in dict.fromkeys(codes):
            found.setdefault(code, []).append((round_, question))
    return found


def is_frozen(used: list[tuple[Round, Question]]) -> bool:
    """Whether a round asks it that is no draft any more."""
    return any(round_.state is not RoundState.DRAFT for round_, _question in used)


def find(session: Session, *, seminar: Seminar, code: str) -> Criterion:
    """The criterion of that code; refused as not found if there is none."""
    found = session.exec(
        select(Criterion).where(Criterion.seminar_id == seminar.id, Criterion.code == code)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def add(
    session: Session, *, seminar: Seminar, by: Person | None, code: str = "", **columns: Any
) -> Criterion:
    """A criterion after all others, under a free code; `columns` are those of the table."""
    seminar = _held(session, seminar)
    there = rounds.criteria(session, seminar)
    if len(there) >= MOST:
        raise TooManyCriteria(limit=MOST)
    criterion = Criterion(
        seminar_id=seminar.id,
        code=_free(code, {one.code for one in there}),
        position=max((one.position for one in there), default=0) + 1,
        **columns,
    )
    session.add(criterion)
    session.flush()
    _record(session, "design:criterion:add", criterion, by)
    return criterion


def add_ready(session: Session, *, seminar: Seminar, by: Person | None, ready: Ready) -> Criterion:
    """One from the library, in the seminar's language."""
    say = i18n.catalogue(seminar.language).gettext
    return add(
        session,
        seminar=seminar,
        by=by,
        code=ready.code,
        label=say(ready.label),
        question=say(ready.question),
        low=ready.low,
        high=ready.high,
        anchors={str(point): say(words) for point, words in ready.anchors.items()},
        benefit=ready.benefit,
    )


def save(
    session: Session,
    *,
    seminar: Seminar,
    code: str,
    by: Person | None,
    columns: Mapping[str, Any],
    seen: str | None = None,
) -> Criterion:
    """The criterion is this, unless a round that is no draft asks it; the overall one keeps its scale."""
    criterion = _changeable(session, seminar, code)
    revisions.require(seen, revisions.of_criterion(criterion))
    fixed = {"low", "high"} if criterion.overall else set[str]()
    for name, value in columns.items():
        if name not in fixed:
            setattr(criterion, name, value)
    session.add(criterion)
    session.flush()
    _record(session, "design:criterion:change", criterion, by)
    return criterion


def copy(session: Session, *, seminar: Seminar, code: str, by: Person | None) -> Criterion:
    """The same under another code, to be changed; the copy of the overall criterion is an ordinary one."""
    criterion = find(session, seminar=seminar, code=code)
    columns = criterion.model_dump(
        include={"label", "question", "note", "benefit", "weight", "low", "high", "anchors"}
    )
    return add(session, seminar=seminar, by=by, code=criterion.code, **columns)


def remove(session: Session, *, seminar: Seminar, code: str, by: Person | None) -> None:
    """The criterion is gone; refused while any question asks it."""
    criterion = _changeable(session, seminar, code)
    if criterion.overall:
        raise IsOverall
    for round_, question in uses(session, seminar).get(code, []):
        raise InUse(code=code, question=question.code, number=round_.number)
    _record(session, "design:criterion:remove", criterion, by)
    session.delete(criterion)
    session.flush()


def move(session: Session, *, seminar: Seminar, code: str, to: Literal["up", "down"]) -> None:
    """The criterion changes places with its neighbour in the list from which questions choose."""
    seminar = _held(session, seminar)
    there = rounds.criteria(session, seminar)
    criterion = find(session, seminar=seminar, code=code)
    place = [one.id for one in there].index(criterion.id)
    other = place + (-1 if to == "up" else 1)
    if 0 <= other < len(there):
        there[place], there[other] = there[other], there[place]
        for position, one in enumerate(there):
            one.position = position
            session.add(one)
        session.flush()


def _changeable(session: Session, seminar: Seminar, code: str) -> Criterion:
    # rounds open while they hold the seminar's row: until this ends, none begins to ask the criterion
    seminar = _held(session, seminar)
    criterion = find(session, seminar=seminar, code=code)
    session.refresh(criterion)
    if is_frozen(uses(session, seminar).get(code, [])):
        raise Frozen(code=code)
    return criterion


def _held(session: Session, seminar: Seminar) -> Seminar:
    query = select(Seminar).where(Seminar.id == seminar.id).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).one()


def _free(wish: str, taken: set[str]) -> str:
    """The code that is wished for, or else the next that is like it."""
    if wish and wish not in taken:
        return wish
    stem = (wish or OWN).rstrip("0123456789") or OWN
    number = next(
        number for number in range(1 if not wish else 2, MOST * 2) if f"{stem}{number}" not in taken
    )
    return f"{stem[: LONGEST_CODE - len(str(number))]}{number}"


def _record(session: Session, action: str, criterion: Criterion, by: Person | None) -> None:
    audit.record(
        session,
        action,
        actor=by.id if by else None,
        seminar=criterion.seminar_id,
        subject=criterion.code,
    )
