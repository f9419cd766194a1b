"""The figure of any question's released result, if its type has one; adding one is adding a line here."""

from collections.abc import Callable, Collection
from typing import Any

from sqlmodel import Session

from app.errors import NotFound
from app.models import Question, Round, Seminar
from app.policy import Role
from app.results import allocate_picture, compare_picture, disclosure, rank_picture, weigh_picture
from app.results.disclosure import Released
from app.results.pictures import Picture

PICTURES: dict[str, Callable[[Seminar, Released[Any]], Picture]] = {
    "rank": rank_picture.of,
    "allocate": allocate_picture.of,
    "compare": compare_picture.of,
    "weigh": weigh_picture.of,
}


def picture(session: Session, *, question: Question, roles: Collection[Role]) -> Picture:
    """The figure as these roles may see it, refused as `disclosure` says; `NotFound` where there is none."""
    tally = disclosure.released_of(session, question=question, roles=roles)
    if question.type not in PICTURES:
        raise NotFound
    round_ = session.get_one(Round, question.round_id)
    seminar = session.get_one(Seminar, round_.seminar_id)
    return PICTURES[question.type](seminar, Released(round_, question, tally))
