"""What is published, as a file: every form in which it leaves, by its name; another room adds its own."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.errors import Conflict, Forbidden, NotFound
from app.i18n import _
from app.models import Seminar
from app.outcome import sheets, tables
from app.outcome.dataset import dataset, published_questions
from app.policy import Permission, Role, allows
from app.results import exporting as questions
from app.rounds import queries as rounds
from app.settings import Settings
from app.spreadsheet import workbook
from app.spreadsheet.tabular import to_csv


class NothingPublished(Conflict):
    """No result of the seminar has been published, or those that were are too small to leave."""

    message = "No result of this seminar has been published yet, so there is nothing to download."


class NoSuchForm(NotFound):
    """A form in which nothing leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a file is asked of; `roles` are those of whoever asks, who may export."""

    session: Session
    settings: Settings
    seminar: Seminar
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form: its name for the command line and addresses, what people read of it, what makes the file.

    The file must be the same bytes while nothing new is published, and hold what is published and no
    more: a file knows no roles once it is sent on. One that takes `long` is made by the worker, and can
    be left meanwhile.
    """

    name: str
    media: str
    suffix: str
    title: str
    about: str
    build: Callable[[Asked], bytes]
    long: bool = False
    stem: str = "outcome"

    def file_of(self, seminar: Seminar) -> str:
        """What the file of a seminar is called."""
        return f"{seminar.slug}-{self.stem}.{self.suffix}"


FORMS: dict[str, Form] = {}


def register(form: Form) -> None:
    """From now on it leaves in this form too."""
    FORMS[form.name] = form


def find(name: str) -> Form:
    """The form of that name."""
    if name not in FORMS:
        raise NoSuchForm
    return FORMS[name]


def build(
    session: Session, settings: Settings, *, seminar: Seminar, form: str, roles: Collection[Role]
) -> bytes:
    """The file, for those who may take it away."""
    if not any(allows(role, Permission.EXPORT) for role in roles):
        raise Forbidden
    asked = Asked(session=session, settings=settings, seminar=seminar, roles=frozenset(roles))
    return find(form).build(asked)


def _content(asked: Asked) -> dict[str, Any]:
    return dataset(asked.session, asked.seminar)


def _json(asked: Asked) -> bytes:
    content = _content(asked)
    if not (content["rounds"] or content["questions"]):
        raise NothingPublished
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode() + b"\n"


def _csv(asked: Asked) -> bytes:
    content = _content(asked)
    if not content["rounds"]:
        raise NothingPublished
    table = tables.ranking(content)
    return to_csv(table.columns, table.rows)


def _xlsx(asked: Asked) -> bytes:
    found = sheets.all_of(asked.session, asked.seminar, _content(asked))
    if not found.tables:
        raise NothingPublished
    return workbook.write(found.tables, title=asked.seminar.title, on=found.on)


def _sav(asked: Asked) -> bytes:
    """The ballots of the latest published rating on cards: nothing joins them to those of another round."""
    rated = [one for one in published_questions(asked.session, asked.seminar) if rounds.rates_on_cards(one)]
    if not rated:
        raise NothingPublished
    return questions.build(asked.session, question=rated[-1], form="sav", roles=asked.roles)


register(
    Form(
        name="csv",
        media="text/csv; charset=utf-8",
        suffix="csv",
        title=_("Ranking (CSV)"),
        about=_("The ranking, one way forward a row, with intervals, shares and labels."),
        build=_csv,
    )
)
register(
    Form(
        name="json",
        media="application/json",
        suffix="json",
        title=_("Everything (JSON)"),
        about=_("All that is published, in one file for programs."),
        build=_json,
    )
)
register(
    Form(
        name="sav",
        media=questions.MEDIA["sav"],
        suffix="sav",
        title=_("Ratings (SPSS)"),
        about=_(
            "The ballots of the latest rating, one a row, with labels of variables and values. Those of other"
            " questions stand beside their results."
        ),
        build=_sav,
    )
)
register(
    Form(
        name="xlsx",
        media="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        suffix="xlsx",
        title=_("Workbook (XLSX)"),
        about=_("One sheet for each table of every question, and a codebook that explains their columns."),
        build=_xlsx,
        long=True,
    )
)
