"""Count a `rate` question: on cards, with or without a sector; or on a plane that may be told by sector."""

from sqlmodel import Session

from app.models import Question
from app.results import matrix, sectors, snapshot
from app.results.tally import CARDS, PLANE, RateTally
from app.results.turnout import Facts
from app.settings import Settings


def count(session: Session, settings: Settings, question: Question, facts: Facts) -> RateTally:
    """The result on the day of closing."""
    panel = matrix.load(session, question)
    by_sector = question.settings.get("by_sector", False) and panel.method == PLANE
    groups = sectors.load(session, settings, question, panel) if by_sector else []
    without = sectors.left_out(session, settings, question, panel) if panel.method == CARDS else None
    return snapshot.tally(panel, groups=groups, without=without, **facts.as_keywords())


def count_again(session: Session, question: Question, frozen: RateTally) -> RateTally:
    """The same from the sealed ballots of today; the sectors are as they were."""
    panel = matrix.load(session, question, frozen.method)
    told = frozen.without_sectors
    return snapshot.tally(panel, groups=frozen.groups, without=told, **frozen.facts.as_keywords())
