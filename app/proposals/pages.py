"""What the pages of this room show, and the part of it that stands on a ballot."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.models import Panellist, Question, Round, Seminar
from app.models.registers import Kind
from app.proposals import queries
from app.questions.propose import Propose
from app.registers import words
from app.rounds import lifecycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposing:
    """What a question asks to be proposed, and how much of it has been.

    `limit` is how many each expert may submit, `range` how many words a text is to have.
    """

    kinds: list[Kind]
    limit: int | None
    sent: int
    range: tuple[int, int] | None
    is_open: bool

    @property
    def left(self) -> int | None:
        """How many more may be submitted; None where as many as one likes."""
        return None if self.limit is None else max(self.limit - self.sent, 0)


def mine(session: Session, *, seminar: Seminar, panellist: Panellist, question: Question) -> dict[str, Any]:
    """What `proposals/_mine.html` needs: the panellist's proposals to a question, and what it asks for."""
    asked = Propose.of(question.settings, {})
    found = queries.mine(session, seminar=seminar, panellist=panellist, question=question)
    return {
        "mine": found,
        "proposing": Proposing(
            kinds=[kind for kind in queries.PROPOSABLE if kind.value in asked.kinds],
            limit=asked.limit,
            sent=queries.sent_count(session, question=question, panellist=panellist),
            range=asked.words,
            is_open=lifecycle.is_open(session.get_one(Round, question.round_id)),
        ),
        "kind_words": words.KINDS,
    }
