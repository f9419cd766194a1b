"""Count a `rate` question: on cards, or on a plane that may be told by sector too."""

from sqlmodel import Session

from app.models import Question
from app.results import matrix, sectors, snapshot
from app.results.tally import PLANE, RateTally
from app.results.turnout import Facts
from app.settings import Settings


def count(session: Session, settings: Settings, question: Question, facts: Facts) -> RateTally:
    """The result on the day of closing."""
    panel = matrix.load(session, question)
    by_sector = question.settings.get("by_sector", False) and panel.method == PLANE
    groups = sectors.load(session, settings, question, panel) if by_sector else []
    return snapshot.tally(panel, groups=groups, **facts.as_keywords())


def count_again(session: Session, question: Question, frozen: RateTally) -> RateTally:
    """The same from the sealed ballots of today; the sectors are as they were."""
    panel = matrix.load(session, question, frozen.method)
    return snapshot.tally(panel, groups=frozen.groups, **frozen.facts.as_keywords())
