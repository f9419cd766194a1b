"""A figure of a result or a register: its name, its heading, and the same numbers as a table."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from app.errors import NotFound
from app.figures import render
from app.figures.look import Figure, Look
from app.i18n import day, gettext
from app.models import Seminar
from app.models.rounds import RoundState
from app.results.disclosure import Released
from app.spreadsheet.tabular import Cell, to_csv

Drawn = Literal["svg", "png", "csv"]

MEDIA: dict[Drawn, str] = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a figure: for each column its name in files and on pages, and the rows."""

    columns: dict[str, str]
    rows: list[list[Cell]]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One figure, to be drawn in any look.

    `round_number` is that of its answers, if it rests on answers. It is not drawn where there is more to
    draw than anybody could tell apart: then its table alone is left, which is for a file; pages show
    the same numbers in tables of their own.
    """

    name: str
    heading: str
    note: str
    round_number: int | None
    draw: Callable[[Look], Figure]
    is_drawn: bool
    table: Callable[[], Table]

    @property
    def file_name(self) -> str:
        """How its files are called, without their endings."""
        return self.name if self.round_number is None else f"R{self.round_number}-{self.name}"

    @cached_property
    def wide(self) -> Figure:
        """The figure on a wide page: its measures and its words."""
        return self.draw(Look(width="wide"))

    @cached_property
    def narrow(self) -> Figure:
        """The figure on a narrow page."""
        return self.draw(Look(width="narrow"))


def content(picture: Picture, form: Drawn, look: Look) -> str | bytes:
    """The figure as a picture, or its numbers; `NotFound` where there is only a table."""
    if form == "csv":
        table = picture.table()
        return to_csv(list(table.columns), table.rows)
    if not picture.is_drawn:
        raise NotFound
    figure = picture.draw(look)
    return render.svg(figure) if form == "svg" else render.png(figure)


def note(seminar: Seminar, released: Released[Any]) -> str:
    """How many answered, in which round, until when; and whether that is for everybody's eyes."""
    round_, tally = released.round_, released.tally
    said = {"n": tally.submitted, "invited": tally.invited, "number": round_.number}
    if round_.closed_at:
        text = gettext(
            "Round %(number)s, closed on %(day)s; %(n)s of %(invited)s invited experts submitted."
        ) % (said | {"day": day(round_.closed_at, seminar.timezone)})
    else:
        text = gettext("Round %(number)s; %(n)s of %(invited)s invited experts submitted.") % said
    marks = [text, *synthetic(seminar)]
    if not is_published(released):
        marks.append(gettext("Not yet published."))
    return " ".join(marks)


def synthetic(seminar: Seminar) -> list[str]:
    """That the data are invented, where they are."""
    return [gettext("Synthetic data, for demonstration.")] if seminar.synthetic else []


def is_published(released: Released[Any]) -> bool:
    """Whether everybody in the seminar sees it, and not only those who prepare it."""
    return released.round_.state is RoundState.PUBLISHED
