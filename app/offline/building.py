"""A round as a form for one panellist, with her own answers or without them."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from app.ballots import queries as ballots
from app.ballots.papers.reading import Reading
from app.ballots.queries import Asking, Filled
from app.ballots.words import name_of
from app.i18n import language, moment
from app.models import Panellist, Round, Seminar
from app.offline.codebook import Paper
from app.offline.layouts.catalogue import LAYOUTS
from app.offline.layouts.laying import Laying
from app.offline.sheet import Form


def build(
    session: Session,
    *,
    seminar: Seminar,
    round_: Round,
    asked: Asking,
    paper: Paper,
    own: bool,
    closes_at: datetime | None = None,
    zone: str = "",
    origin: str = "",
) -> Form:
    """The form in the language spoken.

    With `own`, what the panellist has answered so far, here and in the round before, is printed into it:
    such a form is for her alone. Without, it is blank, and anybody may hold it.
    """
    reading = _reading(session, seminar, round_, asked, paper, own=own)
    zone, closes_at = zone or seminar.timezone, closes_at or round_.closes_at
    return Form(
        code=paper.code,
        language=language(),
        content_language=seminar.language,
        seminar=seminar.title,
        number=round_.number,
        title=round_.title,
        purpose=round_.purpose,
        instructions=round_.instructions,
        closes=moment(closes_at, zone) if closes_at else "",
        zone=zone,
        on=round_.opened_at or round_.created_at,
        address=origin,
        sections=tuple(
            replace(LAYOUTS[part.type.name](Laying(session, reading, part, own)), name=name_of(part))
            for part in asked.parts.values()
            # a type without a layout is answered on its page alone
            if part.type.name in LAYOUTS
        ),
    )


def _reading(
    session: Session, seminar: Seminar, round_: Round, asked: Asking, paper: Paper, *, own: bool
) -> Reading:
    panellist = session.get_one(Panellist, paper.row.panellist_id) if own else None
    filled = (
        ballots.filled(session, round_=round_, asked=asked, panellist=panellist) if own else Filled(asked)
    )
    return Reading(seminar=seminar, round_=round_, panellist=panellist, reader=paper.reader, filled=filled)
