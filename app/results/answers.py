"""The ballots behind a result as rows: in the order of their content, numbered anew, tied to nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlmodel import Session

from app.models import Question
from app.results.sealed import sheets
from app.rounds import queries as rounds
from app.spreadsheet.tabular import Cell

# One ballot: scores, words of abstentions, and nothing.
Row: TypeAlias = Sequence[int | str | None]


@dataclass(frozen=True, slots=True)
class Answers:
    """One ballot a row; a whole number is a rating or a grade, a word the reason of an abstention."""

    columns: list[str]
    rows: list[list[Cell]]


def load(session: Session, question: Question) -> Answers | None:
    """The answers to a question; None where they are no numbers."""
    type_ = rounds.question_type(session, question)
    codes = [subject.code for subject in rounds.asked_about(session, question)]
    columns = type_.columns(codes)
    if not columns:
        return None
    rows = sorted((type_.cells(sheet, codes) for sheet in sheets(session, question).values()), key=by_content)
    return Answers(["row", *columns], [[number, *cells] for number, cells in enumerate(rows, 1)])


def by_content(cells: Row) -> list[tuple[int, int, str]]:
    """What a row is sorted by: blanks first, then scores, then words."""
    return [(0, 0, "") if cell is None else _rank(cell) for cell in cells]


def _rank(cell: int | str) -> tuple[int, int, str]:
    return (1, cell, "") if isinstance(cell, int) else (2, 0, cell)
