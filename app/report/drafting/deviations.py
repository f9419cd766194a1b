"""What went otherwise than was planned, from the log: extended, opened again, changed after it was fixed."""

from datetime import datetime

from sqlmodel import col, func, select

from app.i18n import day, gettext, ngettext
from app.models import AuditEntry, Round
from app.report.markup import plain
from app.report.material import Material
from app.rounds import chronicle

GRANTED = "round:time:grant"


def deviations(material: Material) -> list[str]:
    """Each in a sentence, round by round; those about one expert in numbers alone."""
    found: list[str] = []
    for round_ in material.plan:
        found += _extended(material, round_)
        found += _reopened(material, round_)
        found += _granted(material, round_)
    return found


def _extended(material: Material, round_: Round) -> list[str]:
    sentence = gettext("R%(number)s was extended from %(before)s to %(after)s: %(reason)s")
    return [
        sentence % _said(material, round_, one.reason, before=one.before, after=one.after)
        for one in chronicle.extensions(material.session, round_)
    ]


def _reopened(material: Material, round_: Round) -> list[str]:
    sentence = gettext(
        "R%(number)s was opened again on %(at)s, before anybody had seen its result: %(reason)s"
    )
    return [
        sentence % _said(material, round_, one.reason, at=one.at)
        for one in chronicle.reopenings(material.session, round_)
    ]


def _said(material: Material, round_: Round, reason: str, **moments: datetime) -> dict[str, object]:
    zone = material.seminar.timezone
    written = {name: day(at, zone) for name, at in moments.items()}
    return {"number": round_.number, "reason": plain(reason)} | written


def _granted(material: Material, round_: Round) -> list[str]:
    count = material.session.exec(
        select(func.count(col(AuditEntry.number))).where(
            AuditEntry.seminar_id == round_.seminar_id,
            AuditEntry.action == GRANTED,
            AuditEntry.subject == f"R{round_.number}",
        )
    ).one()
    if not count:
        return []
    sentence = ngettext(
        "In R%(number)s, more time was given to single experts once.",
        "In R%(number)s, more time was given to single experts %(count)s times.",
        count,
    )
    return [sentence % {"number": round_.number, "count": count}]
