"""Write the answers of a whole panel at once, as its experts would have saved them one by one."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlmodel import Session

from app.ballots.queries import asking
from app.demo.opinions import Sheet
from app.models import AnswerRevision, Ballot, RationaleRevision, Round
from app.questions.answers import RATIONALE, Answer

# what one expert answers to all questions of a round, by their codes
Paper = dict[str, Sheet]
Lines = list[dict[str, Any]]


def write(
    session: Session, round_: Round, papers: Mapping[UUID, Paper], before: Mapping[UUID, Paper]
) -> None:
    """Every panellist's ballot holds the answers of her paper; what is as it was before is marked as kept."""
    asked = asking(session, round_)
    assert asked is not None
    ballots: Lines = []
    answers: Lines = []
    texts: Lines = []
    for panellist, paper in papers.items():
        ballot = uuid4()
        ballots.append({"id": ballot, "round_id": round_.id, "panellist_id": panellist})
        for question, sheet in paper.items():
            subjects, former = asked.parts[question].subjects, before.get(panellist, {}).get(question, {})
            for code, answer in sheet.items():
                place = {"ballot_id": ballot, "subject_id": subjects[code], "revision": 1}
                answers += [place | line for line in _judgements(answer, former.get(code, Answer()))]
                texts += [place | line for line in _texts(answer)]
    for table, lines in ((Ballot, ballots), (AnswerRevision, answers), (RationaleRevision, texts)):
        if lines:
            session.execute(insert(table), lines)


def _judgements(answer: Answer, former: Answer) -> Iterable[dict[str, Any]]:
    for part, judgement in answer.judgements.items():
        yield {
            "criterion": part,
            "score": answer.score(part),
            "abstention": answer.abstention(part),
            "kept": former.judgements.get(part) == judgement,
        }


def _texts(answer: Answer) -> Iterable[dict[str, Any]]:
    said = answer.texts | ({RATIONALE: answer.rationale} if answer.rationale else {})
    return ({"part": part, "text": text} for part, text in said.items())
