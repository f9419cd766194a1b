"""A file of ratings in, a file of results out: what `colloquy aggregate` does."""

import numpy as np

from app.spreadsheet import ratings
from app.spreadsheet.evaluation import Question, evaluate
from app.spreadsheet.scale import parse_scale, parse_weights
from app.spreadsheet.writing import Form, write

USUAL_SCALE = "1-9"
# The usual scales that end lower; ratings on one of them would be misread as ratings from 1 to 9.
HIGHEST_OF_OTHERS = 7


def aggregate(
    content: bytes, *, scale: str | None, weights: str, replicates: int, seed: int, form: Form
) -> tuple[bytes, str]:
    """The file of results, and a doubt to tell people or nothing; BrokenSheet or WrongOption if refused."""
    asked = parse_scale(scale or USUAL_SCALE)
    panel = ratings.read(content, asked)
    question = Question(
        scale=asked,
        weights=parse_weights(weights, panel.criteria),
        replicates=replicates,
        seed=seed,
    )
    highest = np.nanmax(panel.ratings)
    doubt = ""
    if scale is None and highest <= HIGHEST_OF_OTHERS:
        doubt = f"No rating is above {highest:g}. If that is where the scale ends, say --scale 1-{highest:g}."
    return write(evaluate(panel, question), form), doubt
