"""Which kind of paper a question has; adding one is adding a line here."""

from app.ballots.papers.allocate import AllocatePaper
from app.ballots.papers.cards import CardsPaper
from app.ballots.papers.comment import CommentPaper
from app.ballots.papers.compare import ComparePaper
from app.ballots.papers.cover import CoverPaper
from app.ballots.papers.plane import PlanePaper
from app.ballots.papers.propose import ProposePaper
from app.ballots.papers.rank import RankPaper
from app.ballots.papers.sheet import Paper
from app.ballots.papers.weigh import WeighPaper
from app.ballots.queries import Part
from app.questions.rate import PLANE

PAPERS: dict[str, type[Paper]] = {
    "rate": CardsPaper,
    "cover": CoverPaper,
    "comment": CommentPaper,
    "propose": ProposePaper,
    "rank": RankPaper,
    "allocate": AllocatePaper,
    "compare": ComparePaper,
    "weigh": WeighPaper,
}


def kind_of(part: Part) -> type[Paper]:
    """The kind of paper that the question has."""
    is_plane = getattr(part.type, "layout", None) == PLANE
    return PlanePaper if is_plane else PAPERS[part.type.name]
