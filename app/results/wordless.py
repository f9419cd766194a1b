"""A result without the texts that experts wrote: for a panel that is shown figures alone."""

from dataclasses import replace

from app.results.comment_tally import CommentTally
from app.results.cover_tally import CoverTally
from app.results.reasoned import Reasoned
from app.results.tallies import Tally
from app.results.tally import RateTally


def wordless(tally: Tally) -> Tally:
    """The same in figures alone."""
    match tally:
        case RateTally():
            return replace(tally, rationales={}, sides={}, withheld=[])
        case CoverTally():
            bare = {
                framework: {element: replace(cell, sources=[]) for element, cell in row.items()}
                for framework, row in tally.cells.items()
            }
            return replace(tally, cells=bare, rationales={}, withheld=[])
        case CommentTally():
            return replace(tally, arguments={})
        case Reasoned():
            return replace(tally, rationales={}, withheld=[])
        case _:
            return tally
