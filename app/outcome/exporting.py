"""What is published, as a file: CSV of the ranking, JSON of everything, a workbook of tables."""

import json
from collections.abc import Callable, Collection
from typing import Any, Literal

from sqlmodel import Session

from app.errors import Conflict, Forbidden
from app.models import Seminar
from app.outcome import tables
from app.outcome.dataset import dataset
from app.policy import Permission, Role, allows
from app.spreadsheet import workbook
from app.spreadsheet.tabular import to_csv

Form = Literal["csv", "json", "xlsx"]

MEDIA: dict[Form, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class NothingPublished(Conflict):
    """No result of the seminar has been published, or those that were are too small to leave."""

    message = "No result of this seminar has been published yet, so there is nothing to download."


def build(session: Session, *, seminar: Seminar, form: Form, roles: Collection[Role]) -> bytes:
    """The file; twice the same bytes while nothing new is published.

    Only what is published leaves, in full view of everybody: a file knows no roles once it is sent on.
    """
    if not any(allows(role, Permission.EXPORT) for role in roles):
        raise Forbidden
    content = dataset(session, seminar)
    if not content["rounds"] and not (form == "json" and content["questions"]):
        raise NothingPublished
    return FORMS[form](content)


def _json(content: dict[str, Any]) -> bytes:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode() + b"\n"


def _csv(content: dict[str, Any]) -> bytes:
    table = tables.ranking(content)
    return to_csv(table.columns, table.rows)


def _xlsx(content: dict[str, Any]) -> bytes:
    return workbook.write(tables.all_of(content), title=content["seminar"]["title"], on=tables.day(content))


FORMS: dict[Form, Callable[[dict[str, Any]], bytes]] = {"csv": _csv, "json": _json, "xlsx": _xlsx}
