"""Say of an argument of others that it is helpful, or take that back."""

from collections.abc import Collection

from sqlmodel import Session

from app.errors import Conflict, NotFound
from app.feedback import queries, reasons
from app.models import HelpfulMark, Panellist, Question
from app.policy import Role
from app.results import disclosure, marks


class OwnReason(Conflict):
    """A mark on what one has written oneself."""

    message = "This reason is your own: others say whether it is helpful."


def mark(
    session: Session,
    *,
    question: Question,
    panellist: Panellist,
    roles: Collection[Role],
    code: str,
    digest: str,
    helpful: bool,
) -> None:
    """The mark stands, or stands no longer; doing so twice is the same as once.

    Only what the panellist may read can be marked: of all else it is not even said whether it is there.
    No mark tells by where it is kept when it was set, or beside what else.
    """
    tally = disclosure.released_of(session, question=question, roles=roles)
    own = queries.sealed_answers(session, question, panellist)
    shown = reasons.of(tally, own, queries.Marks(), reader=panellist.id, key=question.id)
    same = [one for one in shown.get(code, []) if one.digest == digest]
    if not same:
        raise NotFound
    if all(one.is_own for one in same):
        raise OwnReason
    marks.hold(session, question)
    found = queries.find_mark(session, question=question, panellist=panellist, code=code, digest=digest)
    if helpful and found is None:
        session.add(
            HelpfulMark(panellist_id=panellist.id, question_id=question.id, item_code=code, digest=digest)
        )
    elif not helpful and found is not None:
        session.delete(found)
    marks.shuffle(session, question)
