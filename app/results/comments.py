"""From the sealed answers of a `comment` question to the arguments on each subject."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session

from app.models import Question, Round
from app.questions.comment import SIDES
from app.results.comment_tally import METHOD, METHOD_1, CommentTally, Sides
from app.results.panel import digest, salted
from app.results.sealed import BrokenSeal, Sheet, salt_of, sheets
from app.results.turnout import Entry, Facts
from app.rounds import queries as rounds
from app.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Comments:
    """The arguments by subject and side, each list sorted by itself: no place joins one author's texts.

    `salt` keeps their digest from being found by trying texts.
    """

    round_number: int
    question: str
    subjects: tuple[Entry, ...]
    arguments: dict[str, Sides]
    submitted: int
    method: str = METHOD
    salt: str = ""

    def inputs(self) -> dict[str, str]:
        """A digest of each part of the input: what differs after a fault can be named."""
        subjects = [asdict(one) for one in self.subjects]
        arguments = {"submitted": self.submitted, "texts": self.arguments}
        parts: dict[str, Any] = {
            "question": {"round": self.round_number, "code": self.question, "subjects": subjects},
            "arguments": arguments if self.method == METHOD_1 else salted(self.salt, arguments),
            "method": self.method,
        }
        return {name: digest(part) for name, part in parts.items()}


def load(session: Session, question: Question, method: str = METHOD) -> Comments:
    """The answers to a `comment` question whose round is concluded, for one of the methods."""
    round_ = session.get_one(Round, question.round_id)
    given = list(sheets(session, question).values())
    subjects = sorted(rounds.subjects(session, question), key=lambda one: (one.position, one.code))
    texts = {
        (one.code, side): _texts(given, one.code, side, round_.number) for one in subjects for side in SIDES
    }
    return Comments(
        round_number=round_.number,
        question=question.code,
        subjects=tuple(Entry(code=one.code, title=one.title, version=one.version) for one in subjects),
        arguments={
            one.code: {"for": texts[one.code, "for"], "against": texts[one.code, "against"]}
            for one in subjects
            if any(texts[one.code, side] for side in SIDES)
        },
        submitted=len(given),
        method=method,
        salt=salt_of(session, question),
    )


def count(session: Session, settings: Settings, question: Question, facts: Facts) -> CommentTally:
    """The result on the day of closing."""
    del settings
    return tally(load(session, question), facts)


def count_again(session: Session, question: Question, frozen: CommentTally) -> CommentTally:
    """The same from the sealed ballots of today."""
    return tally(load(session, question, frozen.method), frozen.facts)


def tally(comments: Comments, facts: Facts) -> CommentTally:
    """The result of the question."""
    inputs = comments.inputs()
    return CommentTally(
        round_number=comments.round_number,
        question=comments.question,
        submitted=comments.submitted,
        subjects=list(comments.subjects),
        arguments=comments.arguments,
        method=comments.method,
        inputs=inputs,
        input_digest=digest(inputs),
        **facts.as_keywords(),
    )


def _texts(given: list[Sheet], code: str, side: str, number: int) -> list[str]:
    found = [sheet[code].texts.get(side, "") for sheet in given if code in sheet]
    if not all(isinstance(text, str) for text in found):
        raise BrokenSeal(number=number)
    return sorted(text for text in found if text)
