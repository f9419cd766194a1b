"""Leave out the digests by which somebody could try whether she guesses a text that is not shown.

All else that a digest is made from is published, and where only a name was left out of a text, there
are few to try. So it was with the first methods; those of today digest texts with a salt, and keep
their digests. A rating on cards by its first method keeps them too: the seed of its ranking is a part.
"""

from dataclasses import replace
from typing import Any

from app.results import comment_tally, cover_tally
from app.results.comment_tally import CommentTally
from app.results.cover_tally import CoverTally
from app.results.tallies import Tally
from app.results.tally import FIRST_METHODS, RateTally

OF_TEXTS = frozenset({"rationales", "sources", "arguments"})
UNSALTED = FIRST_METHODS | {cover_tally.METHOD_1, comment_tally.METHOD_1}


def unguessable(shown: Tally, frozen: Tally) -> Tally:
    """What is shown of a frozen tally; without the digests of its texts, if any of them is not shown."""
    if frozen.method not in UNSALTED or _texts(shown) == _texts(frozen):
        return shown
    inputs = {part: digest for part, digest in shown.inputs.items() if part not in OF_TEXTS}
    match shown:
        case RateTally() if shown.is_plane:
            return replace(shown, inputs=inputs, input_digest="", seed=0)
        case CoverTally() | CommentTally():
            return replace(shown, inputs=inputs, input_digest="")
        case _:
            return shown


def _texts(tally: Tally) -> Any:
    match tally:
        case RateTally():
            return tally.rationales
        case CoverTally():
            sources = [[cell.sources for cell in row.values()] for row in tally.cells.values()]
            return tally.rationales, sources
        case CommentTally():
            return tally.arguments
        case _:
            return None
