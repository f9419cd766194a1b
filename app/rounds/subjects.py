"""Keep what is asked in rounds that have not been opened yet in step with the registers."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from app.models import Item, Question, Round, Subject
from app.models.registers import ItemStatus, Kind
from app.models.rounds import RoundState

UNOPENED = (RoundState.DRAFT, RoundState.SCHEDULED)
MAPPING = "mapping"
# The setting by which a question says whose new items join it; in one without it that follows from its type.
ABOUT = "about"
# What a plane is about follows from its axes, and else from what stands on it already.
PLANES: dict[str, Kind] = {"LIK": Kind.THREAT, "INF": Kind.STAKEHOLDER}
FINDINGS = frozenset({Kind.GAP, Kind.OPPORTUNITY})


def include(session: Session, *, item: Item) -> None:
    """A new item is asked about wherever a round to come asks about its kind, after all others."""
    for question, round_ in _unopened(session, item.seminar_id):
        there = _subjects(session, question)
        if item.id in {subject.item_id for subject in there}:
            continue
        if item.kind in _joining(session, question, round_, there):
            last = max((subject.position for subject in there), default=0)
            session.add(_subject(question, item, last + 1))
    session.flush()


def follow(session: Session, *, item: Item, into: Sequence[Item] = ()) -> None:
    """Rounds to come ask about the items in which this one goes on, in its place, and no more about it."""
    for question, _ in _unopened(session, item.seminar_id):
        there = _subjects(session, question)
        gone = next((subject for subject in there if subject.item_id == item.id), None)
        if gone is not None:
            heirs = [heir for heir in into if heir.id not in {subject.item_id for subject in there}]
            place = there.index(gone)
            new = [_subject(question, heir, 0) for heir in heirs]
            session.delete(gone)
            session.flush()
            _number(session, [*there[:place], *new, *there[place + 1 :]])
        _follow_element(session, question, item, into)
    session.flush()


def refresh(session: Session, *, item: Item) -> None:
    """Rounds to come ask about the item in its present wording."""
    for question, _ in _unopened(session, item.seminar_id):
        for subject in _subjects(session, question):
            if subject.item_id == item.id:
                subject.item_version = item.version
                session.add(subject)
    session.flush()


def catch_up(session: Session, *, seminar_id: UUID) -> None:
    """Rounds to come follow all that has become of the registers at once, as by an import.

    They ask about what has come since each question was written, and about each item in its present
    wording; about what stands no longer they do not ask.
    """
    everything = {item.id: item for item in session.exec(select(Item).where(Item.seminar_id == seminar_id))}
    for question, round_ in _unopened(session, seminar_id):
        there = _subjects(session, question)
        items = {subject.id: everything[subject.item_id] for subject in there if subject.item_id}
        kinds = _joining(session, question, round_, there)
        for subject in there:
            item = items[subject.id]
            if item.status is ItemStatus.ACCEPTED:
                subject.item_version = item.version
            else:
                session.delete(subject)
        asked = {subject.item_id for subject in there}
        new = [
            item
            for item in sorted(everything.values(), key=lambda one: (one.position, one.code))
            if item.kind in kinds
            and item.status is ItemStatus.ACCEPTED
            and item.id not in asked
            and item.created_at > question.created_at
        ]
        last = max((subject.position for subject in there), default=0)
        session.add_all(_subject(question, item, last + place) for place, item in enumerate(new, 1))
        session.flush()


def _unopened(session: Session, seminar_id: UUID) -> list[tuple[Question, Round]]:
    return list(
        session.exec(
            select(Question, Round)
            .join(Round, col(Question.round_id) == Round.id)
            .where(Round.seminar_id == seminar_id, col(Round.state).in_(UNOPENED))
            .order_by(col(Round.number), col(Question.position))
        )
    )


def _subjects(session: Session, question: Question) -> list[Subject]:
    return list(
        session.exec(
            select(Subject)
            .where(Subject.question_id == question.id, col(Subject.item_id).is_not(None))
            .order_by(col(Subject.position))
        )
    )


def _joining(
    session: Session, question: Question, round_: Round, there: Sequence[Subject]
) -> frozenset[Kind]:
    """The kinds whose new items join: those that the question names, be it none; or what it is about."""
    chosen = question.settings.get(ABOUT)
    if chosen is not None:
        return frozenset(Kind(kind) for kind in chosen)
    return _about(question, round_) | _kinds(session, there)


def _about(question: Question, round_: Round) -> frozenset[Kind]:
    """The kinds that a question is about by what it is, even if it has no subject yet."""
    match question.type:
        case "cover":
            return frozenset({Kind.FRAMEWORK})
        case "comment":
            return FINDINGS if round_.kind == MAPPING else frozenset({Kind.OPTION})
        case "rate" if question.settings.get("layout") == "plane":
            axes = [criterion["code"] for criterion in question.settings.get("criteria", [])]
            return frozenset(PLANES[axis] for axis in axes if axis in PLANES)
        case "rate":
            return frozenset({Kind.OPTION})
        case _:
            return frozenset()


def _kinds(session: Session, subjects: Iterable[Subject]) -> frozenset[Kind]:
    keys = [subject.item_id for subject in subjects]
    return frozenset(item.kind for item in session.exec(select(Item).where(col(Item.id).in_(keys))))


def _subject(question: Question, item: Item, position: int) -> Subject:
    return Subject(question_id=question.id, item_id=item.id, item_version=item.version, position=position)


def _number(session: Session, subjects: Sequence[Subject]) -> None:
    for position, subject in enumerate(subjects, 1):
        subject.position = position
        session.add(subject)


def _follow_element(session: Session, question: Question, item: Item, into: Sequence[Item]) -> None:
    """Where frameworks are held against elements, these stand in the question's settings by their codes."""
    elements = question.settings.get("elements", [])
    if item.kind is not Kind.ELEMENT or item.code not in elements:
        return
    place = elements.index(item.code)
    others = [code for code in elements if code != item.code]
    heirs = [heir.code for heir in into if heir.code not in others]
    question.settings = question.settings | {"elements": [*others[:place], *heirs, *others[place:]]}
    session.add(question)
