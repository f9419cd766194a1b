"""Write the answers of a whole panel at once, as its experts would have saved them one by one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlmodel import Session

from app.ballots.queries import asking
from app.demo.opinions import Sheet
from app.models import AnswerRevision, Ballot, RationaleRevision, Round
from app.questions.answers import Answer

Lines = list[dict[str, Any]]


def write(
    session: Session, round_: Round, sheets: Mapping[UUID, Sheet], before: Mapping[UUID, Sheet]
) -> None:
    """Every panellist's ballot holds the answers of her sheet; what is as it was before is marked as kept."""
    asked = asking(session, round_)
    assert asked is not None
    part = next(iter(asked.parts.values()))
    ballots: Lines = []
    answers: Lines = []
    rationales: Lines = []
    for panellist, sheet in sheets.items():
        ballot = uuid4()
        ballots.append({"id": ballot, "round_id": round_.id, "panellist_id": panellist})
        for code, answer in sheet.items():
            place = {"ballot_id": ballot, "subject_id": part.subjects[code], "revision": 1}
            former = before.get(panellist, {}).get(code, Answer())
            answers += [place | line for line in _judgements(answer, former)]
            if answer.rationale:
                rationales.append(place | {"text": answer.rationale})
    session.execute(insert(Ballot), ballots)
    session.execute(insert(AnswerRevision), answers)
    session.execute(insert(RationaleRevision), rationales)


def _judgements(answer: Answer, former: Answer) -> Lines:
    return [
        {
            "criterion": criterion,
            "score": answer.score(criterion),
            "abstention": answer.abstention(criterion),
            "kept": former.judgements.get(criterion) == judgement,
        }
        for criterion, judgement in answer.judgements.items()
    ]
