"""The workbook of everything that is published: one sheet a table, every question's, and a codebook last."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlmodel import Session

from app.models import Question, Round, Seminar
from app.outcome import codebook, tables
from app.outcome.dataset import published_questions
from app.outcome.tables import Dataset
from app.results import columns, exporting
from app.results.columns import Column
from app.rounds import queries as rounds
from app.spreadsheet.tabular import Table

# of the name of a sheet, to spreadsheets
MOST_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
CODEBOOK, ANSWERS, RATINGS = "Codebook", "Answers", "Ratings"


@dataclass(frozen=True, slots=True)
class Sheets:
    """The tables in their order, and the day of the data."""

    tables: list[Table]
    on: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table with what its columns mean; `ballots` describes them where the rows are ballots."""

    table: Table
    meanings: Mapping[str, str]
    ballots: Sequence[Column] = field(default=())


def all_of(session: Session, seminar: Seminar, content: Dataset) -> Sheets:
    """The sheets: those of the ranking first; none while nothing is published."""
    questions = published_questions(session, seminar)
    if not questions:
        return Sheets([], "")
    found = [*_of_ranking(session, questions, content), *_of_questions(session, questions)]
    found += _minority(content)
    named = [replace(one, table=table) for one, table in zip(found, _named(found), strict=True)]
    rows = [row for one in named for row in _explained(one)]
    explained = Table(CODEBOOK, ["sheet", *codebook.COLUMNS[1:]], rows, frozenset({"meaning", "values"}))
    return Sheets([*(one.table for one in named), explained], _day(session, questions))


def _of_ranking(session: Session, questions: Iterable[Question], content: Dataset) -> Iterator[_Sheet]:
    """The tables of the ratings on cards, of which there are matrices by round."""
    if not content["rounds"]:
        return
    rated = [one for one in questions if rounds.rates_on_cards(one)]
    for table in tables.all_of(content):
        ballots: Sequence[Column] = ()
        if table.name.startswith(RATINGS):
            ballots = columns.of(session, rated.pop(0))
        yield _Sheet(table, codebook.of_outcome(table.name), ballots)


def _minority(content: Dataset) -> Iterator[_Sheet]:
    """What experts state who see an option otherwise."""
    names = list(codebook.MINORITY)
    rows = [[one[name] for name in names] for one in content["minority"]]
    if rows:
        meanings = {name: meaning for name, (meaning, _) in codebook.MINORITY.items()}
        yield _Sheet(Table("Minority statements", names, rows), meanings)


def _of_questions(session: Session, questions: Iterable[Question]) -> Iterator[_Sheet]:
    """The tables of all other questions."""
    for question in questions:
        if rounds.rates_on_cards(question):
            continue
        found, meanings = exporting.tables_of(session, question=question)
        number = session.get_one(Round, question.round_id).number
        for table in found:
            ballots = columns.of(session, question) if table.name == ANSWERS else ()
            named = replace(table, name=f"R{number} {question.code} {table.name}")
            yield _Sheet(named, meanings, ballots)


def _named(found: Iterable[_Sheet]) -> Iterator[Table]:
    """The tables under names that spreadsheets take, no two of them the same."""
    taken = {CODEBOOK.lower()}
    for one in found:
        wanted = one.table.name.translate(FORBIDDEN)
        name, number = wanted[:MOST_NAME], 1
        while name.lower() in taken:
            number += 1
            name = f"{wanted[: MOST_NAME - len(str(number)) - 1]} {number}"
        taken.add(name.lower())
        yield replace(one.table, name=name)


def _explained(one: _Sheet) -> list[codebook.Row]:
    if one.ballots:
        return codebook.ballots(one.table.name, one.ballots)
    return [
        [one.table.name, name, codebook.meaning(name, one.meanings), None, None] for name in one.table.columns
    ]


def _day(session: Session, questions: Iterable[Question]) -> str:
    days = [session.get_one(Round, one.round_id).published_at for one in questions]
    return max((day.date().isoformat() for day in days if day), default="1980-01-01")
