"""Found a seminar in one transaction: blank, or with all that a template brings."""

from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app import audit, i18n
from app.errors import Invalid
from app.founding import blank, content, plan, rules, shapes
from app.founding.template import Template
from app.i18n import _
from app.models import Membership, Person, Seminar
from app.models.seminars import Anonymity, MembershipState
from app.policy import Role
from app.seminars import pseudonyms
from app.settings import Settings

ATTRIBUTION = _(
    "Non-attribution applies: what is said may be used, but no view is ascribed to a person, an organization "
    "or a State. Participants take part in their personal capacity and are listed only with their consent."
)


def found(
    session: Session,
    settings: Settings,
    *,
    slug: str,
    title: str = "",
    by: Person | None,
    template: Template | None,
    timezone: str = "UTC",
    language: str = "en",
    anonymity: Anonymity = Anonymity.PSEUDONYMOUS,
    first_day: date | None = None,
    synthetic: bool = False,
) -> Seminar:
    """A seminar in preparation, its founder an organizer; `Invalid` names the fields that do not fit.

    A template brings its title, if none is given, and its language. With a first day its rounds
    get their times; without, they are planned later.
    """
    if template:
        title, language = title or template.mandate.meta.title, template.mandate.meta.language
    if problems := rules.faults(
        slug=slug, title=title, timezone=timezone, language=language, first_day=first_day
    ):
        raise Invalid(problems)
    seminar = Seminar(
        slug=slug,
        title=title,
        language=language,
        timezone=timezone,
        anonymity=anonymity,
        attribution=i18n.catalogue(language).gettext(ATTRIBUTION),
        synthetic=synthetic or settings.demo,  # where anybody may be anybody, nobody's view is real
        **_from(template, title),
    )
    _claim_address(session, seminar)
    pseudonyms.make_key(session, settings, seminar)
    plan.add_criteria(session, seminar=seminar, criteria=template.criteria if template else blank.criteria())
    if template:
        content.fill(session, seminar=seminar, template=template)
        plan.add_rounds(session, seminar=seminar, template=template, first_day=first_day)
    _welcome(session, seminar=seminar, by=by)
    return seminar


def _from(template: Template | None, title: str) -> dict[str, Any]:
    """The columns that a template fills, or their defaults."""
    report_rules = template.report_rules if template else blank.report_rules()
    scale = (template.criteria if template else blank.criteria()).scale
    columns: dict[str, Any] = {
        "wording": shapes.as_data(report_rules) | {"scale": shapes.as_data(scale)},
        "min_group": report_rules.disclosure.min_group,
    }
    if template:
        meta = template.mandate.meta
        columns |= {
            "short_title": meta.short_title if title == meta.title else "",
            "summary": template.mandate.resolution.significance,
            "template": template.name,
            "mandate": content.mandate(template),
        }
    return columns


def _claim_address(session: Session, seminar: Seminar) -> None:
    # the database decides, so that of two who ask at once one is told kindly
    try:
        with session.begin_nested():
            session.add(seminar)
            session.flush()
    except IntegrityError:
        raise Invalid({"slug": rules.SlugTaken()}) from None


def _welcome(session: Session, *, seminar: Seminar, by: Person | None) -> None:
    if by:
        session.add(
            Membership(
                seminar_id=seminar.id, person_id=by.id, role=Role.ORGANISER, state=MembershipState.JOINED
            )
        )
    session.flush()
    audit.record(
        session,
        "founding:seminar:found",
        actor=by.id if by else None,
        seminar=seminar.id,
        subject=seminar.slug,
        template=seminar.template,
        anonymity=seminar.anonymity,
    )
