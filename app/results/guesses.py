"""Leave out the digests by which somebody could try whether she guesses a text that is not shown.

All else that a digest is made from is published, and where only a name was left out of a text, there
are few to try. A rating on cards keeps its digest: the seed of its ranking is a part of it.
"""

from dataclasses import replace
from typing import Any

from app.results.comment_tally import CommentTally
from app.results.cover_tally import CoverTally
from app.results.reasoned import Reasoned
from app.results.tallies import Tally
from app.results.tally import RateTally

OF_TEXTS = frozenset({"rationales", "sources", "arguments"})


def unguessable(shown: Tally, frozen: Tally) -> Tally:
    """What is shown of a frozen tally; without the digests of its texts, if any of them is not shown."""
    if _texts(shown) == _texts(frozen):
        return shown
    inputs = {part: digest for part, digest in shown.inputs.items() if part not in OF_TEXTS}
    match shown:
        case RateTally() if shown.is_plane:
            return replace(shown, inputs=inputs, input_digest="", seed=0)
        case CoverTally() | CommentTally() | Reasoned():
            return replace(shown, inputs=inputs, input_digest="")
        case _:
            return shown


def _texts(tally: Tally) -> Any:
    match tally:
        case RateTally() | Reasoned():
            return tally.rationales
        case CoverTally():
            sources = [[cell.sources for cell in row.values()] for row in tally.cells.values()]
            return tally.rationales, sources
        case CommentTally():
            return tally.arguments
        case _:
            return None
