"""Minority statements of the demonstration: one that is printed, and one whose wording waits for approval."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from app import clock
from app.demo.invented import read
from app.dissent import basis, service, settling
from app.dissent.service import Draft
from app.models import Panellist, Person, Seminar

PACE = timedelta(hours=9)  # from writing to supporting, to editing, to approving


def collect(
    session: Session,
    *,
    seminar: Seminar,
    facilitator: Person,
    experts: Sequence[Panellist],
    begin: datetime,
) -> None:
    """Every statement goes the way that is written for it; the first of the experts is the visitor."""
    for one in read("statements.yaml")["statements"]:
        visitor, *others = experts
        outside = _outside(session, seminar, others, one["option"])
        author = outside[one["by"]]
        supporters = [outside[place] for place in one["supported_by"]]
        supporters += [visitor] if one.get("visitor_supports") else []
        facts: dict[str, Any] = {"seminar": seminar}
        with clock.standing_at(begin):
            draft = Draft(one["text"].strip(), seminar.language)
            statement = service.write(session, **facts, panellist=author, code=one["option"], draft=draft)
        facts["statement"] = statement
        with clock.standing_at(begin + PACE):
            for supporter in supporters:
                service.support(session, **facts, panellist=supporter, seen=1)
        _settle(session, facts, one, [author, *supporters], facilitator, begin + 2 * PACE)
        begin += 3 * PACE


def _settle(
    session: Session,
    facts: dict[str, Any],
    one: dict[str, Any],
    owners: Sequence[Panellist],
    facilitator: Person,
    begin: datetime,
) -> None:
    """The facilitator proposes other words; where it is written so, all approve, and they are released."""
    with clock.standing_at(begin):
        text, reason = one["edit"]["text"].strip(), one["edit"]["reason"]
        settling.edit(session, **facts, seen=1, text=text, reason=reason, by=facilitator)
    with clock.standing_at(begin + PACE):
        for owner in owners if one.get("approve") else ():
            service.approve(session, **facts, panellist=owner, seen=2)
        if one.get("release"):
            settling.release(session, **facts, seen=2, by=facilitator)


def _outside(session: Session, seminar: Seminar, experts: Sequence[Panellist], code: str) -> list[Panellist]:
    """Those whose published rating of the option lies outside the main view."""
    found = basis.bases(session, seminar)[code]
    return [one for one in experts if basis.outside(session, found, [one.id])]
