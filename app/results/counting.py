"""Count a question by its type: once on the day of closing, and again whenever somebody doubts it."""

from sqlmodel import Session

from app.models import Question
from app.results import comments, coverage, matrix, proposing, sectors, snapshot
from app.results.comment_tally import CommentTally
from app.results.cover_tally import CoverTally
from app.results.coverage import Told
from app.results.propose_tally import ProposeTally
from app.results.tallies import Tally
from app.results.tally import PLANE
from app.results.turnout import Facts
from app.settings import Settings


def count(session: Session, settings: Settings, question: Question, facts: Facts) -> Tally:
    """The result of a question whose round has just been closed."""
    match question.type:
        case "cover":
            return coverage.tally(coverage.load(session, question), facts, coverage.told(session, question))
        case "comment":
            return comments.tally(comments.load(session, question), facts)
        case "propose":
            return proposing.tally(
                proposing.load(session, question), facts, proposing.told(session, question)
            )
    panel = matrix.load(session, question)
    by_sector = question.settings.get("by_sector", False) and panel.method == PLANE
    groups = sectors.load(session, settings, question, panel) if by_sector else []
    return snapshot.tally(panel, groups=groups, **facts.as_keywords())


def count_again(session: Session, question: Question, frozen: Tally) -> Tally:
    """The same from the sealed ballots of today, with what the frozen result tells of its day."""
    match frozen:
        case CoverTally():
            return coverage.tally(coverage.load(session, question), frozen.facts, Told.by(frozen))
        case CommentTally():
            return comments.tally(comments.load(session, question), frozen.facts)
        case ProposeTally():
            return proposing.tally(proposing.load(session, question), frozen.facts, frozen.counts)
    panel = matrix.load(session, question)
    return snapshot.tally(panel, groups=frozen.groups, **frozen.facts.as_keywords())
