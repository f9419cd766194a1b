"""Carry subjects forward: a draft asks about what was chosen, after the round whose result it shows."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from app import audit
from app.designer import candidates, service
from app.errors import Conflict, Invalid
from app.models import Person, Question, Round
from app.models.rounds import FeedbackPolicy


class NothingChosen(Invalid):
    """No subject was ticked."""

    message = "Please choose at least one to carry forward."


class NotASource(Conflict):
    """A round whose result is not known yet, or that asked nothing that carries."""

    message = "Nothing can be carried forward from round R%(number)s."


def carry(
    session: Session,
    *,
    round_: Round,
    source: Round,
    chosen: Mapping[str, Sequence[str]],
    feedback: FeedbackPolicy,
    by: Person | None,
) -> int:
    """The draft asks about these, by the code of the question that asked before; how many they are.

    A question of which nothing is chosen stays as it is. What was carried is chosen by hand: nothing
    joins it by itself.
    """
    round_ = service.hold(session, round_)
    if source.id not in {one.id for one in candidates.sources(session, round_)}:
        raise NotASource(number=source.number)
    pairs = [
        (question, target)
        for question, target in candidates.pairs(session, source=source, round_=round_)
        if chosen.get(question.code)
    ]
    counts = [
        _ask(session, round_=round_, question=question, target=target, codes=chosen[question.code], by=by)
        for question, target in pairs
    ]
    if not sum(counts):
        raise NothingChosen({"": NothingChosen()})
    service.save_round(
        session, round_=round_, by=by, changes={"previous_id": source.id, "feedback": feedback}
    )
    audit.record(
        session,
        "design:round:carry",
        actor=by.id if by else None,
        seminar=round_.seminar_id,
        subject=f"R{round_.number}",
        source=f"R{source.number}",
        count=sum(counts),
    )
    return sum(counts)


def _ask(
    session: Session,
    *,
    round_: Round,
    question: Question,
    target: Question | None,
    codes: Sequence[str],
    by: Person | None,
) -> int:
    """The question is about these; without a target, it is asked once more as it was."""
    items = candidates.standing(session, question=question, codes=codes)
    if not items:
        return 0
    if target is None:
        target = service.add_question(
            session,
            round_=round_,
            by=by,
            type_=question.type,
            prompt=question.prompt,
            settings=question.settings,
        )
    service.set_subjects(session, round_=round_, code=target.code, by=by, items=[item.id for item in items])
    return len(items)
