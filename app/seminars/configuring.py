"""Change a seminar's settings: what protects the panel only becomes stricter once the seminar is running."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from sqlmodel import Session, select

from app import audit
from app.errors import AppError, Invalid
from app.identity.forms import known_zone
from app.models import Person, Seminar
from app.models.seminars import SeminarStatus

FEWEST, MOST = 2, 50
# in which order a form shows them, and an error is told
FIELDS = ("title", "summary", "attribution", "licence", "timezone", "min_group")
# what is told in several lines
PASSAGES = ("summary", "attribution", "licence")


class TitleMissing(AppError):
    """A seminar without a title."""

    message = "Please give the seminar a title."


class OnlyStricter(AppError):
    """A looser protection, after people have answered under a stricter one."""

    message = (
        "The seminar is running: the minimum group can only become larger than %(present)s, since people have"
        " answered under it."
    )


class SettingsForm(BaseModel):
    """The settings as they are typed."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
    summary: Annotated[str, StringConstraints(max_length=4000)] = ""
    attribution: Annotated[str, StringConstraints(max_length=2000)] = ""
    licence: Annotated[str, StringConstraints(max_length=4000)] = ""
    timezone: Annotated[str, AfterValidator(known_zone)]
    min_group: Annotated[int, Field(ge=FEWEST, le=MOST)]


def is_ratcheted(seminar: Seminar) -> bool:
    """Whether protection can only become stricter: since a round was opened."""
    return seminar.status is not SeminarStatus.PREPARING


def configure(session: Session, *, seminar: Seminar, form: SettingsForm, by: Person | None) -> Seminar:
    """The seminar has these settings; what changed is logged by name, the minimum group in numbers."""
    query = select(Seminar).where(Seminar.id == seminar.id).with_for_update()
    seminar = session.exec(query.execution_options(populate_existing=True)).one()
    errors: dict[str, AppError] = {}
    if not form.title:
        errors["title"] = TitleMissing()
    if is_ratcheted(seminar) and form.min_group < seminar.min_group:
        errors["min_group"] = OnlyStricter(present=seminar.min_group)
    if errors:
        raise Invalid(errors)
    typed = form.model_dump() | {name: getattr(form, name).replace("\r\n", "\n") for name in PASSAGES}
    changed = [name for name in FIELDS if getattr(seminar, name) != typed[name]]
    before = seminar.min_group
    for name in changed:
        setattr(seminar, name, typed[name])
    session.add(seminar)
    session.flush()
    actor = by.id if by else None
    if others := [name for name in changed if name != "min_group"]:
        audit.record(
            session, "seminar:setting:change", actor=actor, seminar=seminar.id, fields=", ".join(others)
        )
    if seminar.min_group != before:
        audit.record(
            session,
            "seminar:setting:min_group",
            actor=actor,
            seminar=seminar.id,
            fewer=before,
            more=seminar.min_group,
        )
    return seminar
