"""A file of ratings in, a file of results out: what `colloquy aggregate` does."""

import numpy as np

from app.spreadsheet import ratings
from app.spreadsheet.evaluation import Question, evaluate
from app.spreadsheet.scale import parse_bands, parse_costs, parse_scale, parse_weights, told_band
from app.spreadsheet.writing import Form, write

USUAL_SCALE = "1-9"
# The usual scales that end lower; ratings on one of them would be misread as ratings from 1 to 9.
HIGHEST_OF_OTHERS = 7


def aggregate(
    content: bytes,
    *,
    scale: str | None,
    bands: str,
    weights: str,
    cost: str,
    replicates: int,
    seed: int,
    form: Form,
) -> tuple[bytes, list[str]]:
    """The file of results, and doubts to tell people; BrokenSheet or WrongOption if refused."""
    asked = parse_scale(scale or USUAL_SCALE)
    bands_asked = parse_bands(bands, asked)
    panel = ratings.read(content, asked)
    question = Question(
        scale=asked,
        bands=bands_asked,
        weights=parse_weights(weights, panel.criteria),
        costs=parse_costs(cost, panel.criteria),
        replicates=replicates,
        seed=seed,
    )
    doubts = panel.doubts + _doubts(scale, bands, question, float(np.nanmax(panel.ratings)))
    return write(evaluate(panel, question), form), doubts


def _doubts(scale: str | None, bands: str, question: Question, highest: float) -> list[str]:
    """What was taken for granted and may be meant otherwise."""
    doubts = []
    if scale is None and highest <= HIGHEST_OF_OTHERS:
        doubts.append(
            f"No rating is above {highest:g}. If that is where the scale ends, say --scale 1-{highest:g}."
        )
    points = question.scale.high - question.scale.low + 1
    if not bands and question.scale.of_points and points % 3:
        low, high = map(told_band, question.bands)
        doubts.append(
            f"The bands are taken to be {low} and {high}. If others are meant, say so with --bands."
        )
    return doubts
