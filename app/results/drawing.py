"""The figure of any question's released result, if its type has one, and what it shows in a sentence.

Adding one is adding a line to each of the two tables.
"""

from collections.abc import Callable, Collection
from typing import Any

from sqlmodel import Session

from app.errors import NotFound
from app.models import Question, Round, Seminar
from app.policy import Role
from app.results import (
    allocate_picture,
    allocate_tally,
    compare_picture,
    compare_tally,
    disclosure,
    rank_picture,
    rank_tally,
    weigh_picture,
    weigh_tally,
)
from app.results.disclosure import Released
from app.results.pictures import Picture
from app.results.reasoned import Reasoned

PICTURES: dict[str, Callable[[Seminar, Released[Any]], Picture]] = {
    "rank": rank_picture.of,
    "allocate": allocate_picture.of,
    "compare": compare_picture.of,
    "weigh": weigh_picture.of,
}

FINDINGS: dict[str, Callable[[Any], str]] = {
    rank_tally.METHOD: rank_picture.finding,
    allocate_tally.METHOD: allocate_picture.finding,
    compare_tally.METHOD: compare_picture.finding,
    weigh_tally.METHOD: weigh_picture.finding,
    weigh_tally.METHOD_1: weigh_picture.finding,
}


def finding(tally: Reasoned) -> str:
    """What was found, in a sentence, the title of its figure; nothing where its type has none."""
    say = FINDINGS.get(tally.method)
    return say(tally) if say else ""


def picture(session: Session, *, question: Question, roles: Collection[Role]) -> Picture:
    """The figure as these roles may see it, refused as `disclosure` says; `NotFound` where there is none."""
    tally = disclosure.released_of(session, question=question, roles=roles)
    if question.type not in PICTURES:
        raise NotFound
    round_ = session.get_one(Round, question.round_id)
    seminar = session.get_one(Seminar, round_.seminar_id)
    return PICTURES[question.type](seminar, Released(round_, question, tally))
