"""One question's published result, and the ballots behind it, as a file: CSV, JSON, a workbook or SPSS."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal

from sqlmodel import Session

from app.errors import Conflict, Forbidden
from app.models import Question, Round, Seminar
from app.policy import Permission, Role, allows
from app.results import columns, disclosure, queries, tables
from app.results.answers import Answers
from app.results.cover_tally import CoverTally
from app.results.reasoned import Reasoned
from app.results.tallies import Tally
from app.results.tally import RateTally
from app.results.weigh_tally import WeighTally
from app.spreadsheet import spss, workbook
from app.spreadsheet.tabular import Table, to_csv

Form = Literal["csv", "json", "xlsx", "sav"]
FORMAT = "colloquy-question-1"
# whoever takes the file away reads what is published, whatever more their role may see on a page
READS = frozenset({Role.ORGANISER})

MEDIA: dict[Form, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sav": "application/x-spss-sav",
}
BY_SECTOR = (
    "Single ballots are left out: beside figures by sector they would tell of which sector each of them is."
)
LEFT_OUT = (
    "Some of what %s experts answered is left out: beside what the round showed while it was open, it would"
    " show what these few said."
)
OF_FEW = "Withheld, since fewer experts than the seminar's minimum group rated there."


class NoBallots(Conflict):
    """Single ballots do not leave, or there are none that are numbers."""

    message = "The single ballots of this question are texts, or are kept apart from its figures by sector."


def build(session: Session, *, question: Question, form: Form, roles: Collection[Role]) -> bytes:
    """The file, twice the same bytes. Only what is published leaves: once sent on, a file knows no roles."""
    if not any(allows(role, Permission.EXPORT) for role in roles):
        raise Forbidden
    tally, answers = _published(session, question)
    if form == "sav":
        return _sav(session, question, answers)
    if form == "json":
        return _json(_content(session, question, tally, answers))
    found = tables.of(tally, answers)
    if form == "csv":
        return to_csv(found[0].columns, found[0].rows)
    round_ = session.get_one(Round, question.round_id)
    seminar = session.get_one(Seminar, round_.seminar_id)
    about = _method(seminar, round_, question, tally, _note(session, question, tally))
    return workbook.write([*found, about], title=seminar.title, on=_day(round_.published_at) or "1980-01-01")


def ballots(session: Session, *, question: Question) -> Answers | None:
    """The ballots behind what is published of a question; None where single ones do not leave."""
    return _published(session, question)[1]


def tables_of(session: Session, *, question: Question) -> tuple[list[Table], dict[str, str]]:
    """What is published of a question as tables, and what their columns mean."""
    tally, answers = _published(session, question)
    return tables.of(tally, answers), tables.codebook(tally)


def content(session: Session, *, question: Question) -> dict[str, Any]:
    """All that is published of a question, as one JSON value; NotReleased if nothing is."""
    return _content(session, question, *_published(session, question))


def _published(session: Session, question: Question) -> tuple[Tally, Answers | None]:
    round_ = session.get_one(Round, question.round_id)
    disclosure.require_published(round_)
    tally = disclosure.released_of(session, question=question, roles=READS)
    if isinstance(tally, RateTally):
        tally = tally.without_sides()
    return tally, disclosure.released_question_answers(session, question=question, roles=READS)


def _content(session: Session, question: Question, tally: Tally, answers: Answers | None) -> dict[str, Any]:
    round_ = session.get_one(Round, question.round_id)
    seminar = session.get_one(Seminar, round_.seminar_id)
    return {
        "format": FORMAT,
        "synthetic": seminar.synthetic,
        "seminar": {"slug": seminar.slug, "title": seminar.title, "language": seminar.language},
        "round": {
            "number": round_.number,
            "title": round_.title,
            "closed_on": _day(round_.closed_at),
            "published_on": _day(round_.published_at),
        },
        "question": {
            "code": question.code,
            "type": question.type,
            "prompt": question.prompt,
            "settings": question.settings,
        },
        "result": tally.as_numbers(),
        "withheld": _withheld(tally),
        "answers": {"columns": answers.columns, "rows": answers.rows} if answers else None,
        "answers_note": _note(session, question, tally),
    }


def _withheld(tally: Tally) -> dict[str, Any]:
    """What is not told since it is of few, by name."""
    rationales = tally.withheld if isinstance(tally, RateTally | CoverTally | Reasoned) else []
    cells = tally.cells if isinstance(tally, CoverTally) else {}
    sources = [f"{f}.{e}" for f, row in cells.items() for e, cell in row.items() if cell.sources_withheld]
    return {"rationales": rationales, "sources": sources, "why": OF_FEW if rationales or sources else ""}


def _note(session: Session, question: Question, tally: Tally) -> str:
    few = queries.left_out(session, question)
    notes = [BY_SECTOR] if isinstance(tally, RateTally | WeighTally) and tally.groups else []
    return " ".join([*notes, LEFT_OUT % few] if few else notes)


def _sav(session: Session, question: Question, answers: Answers | None) -> bytes:
    """The ballots, one a row, with what every column and value means."""
    if answers is None:
        raise NoBallots
    round_ = session.get_one(Round, question.round_id)
    seminar = session.get_one(Seminar, round_.seminar_id)
    variables = [
        spss.Variable(
            name=one.name,
            label=one.meaning,
            points=one.points,
            reasons=one.reasons,
            ordered=one.ordered,
        )
        for one in columns.of(session, question)
    ]
    title = f"R{round_.number} {question.code} {seminar.title}"
    on = _day(round_.published_at) or "1980-01-01"
    return spss.write(variables, answers.rows, title=title, on=on)


def _method(seminar: Seminar, round_: Round, question: Question, tally: Tally, note: str) -> Table:
    facts = {
        "seminar": seminar.title,
        "synthetic": "yes: no view of any expert, State or organization" if seminar.synthetic else "no",
        "round": f"R{round_.number} {round_.title}",
        "question": f"{question.code} {question.prompt}",
        "closed_on": _day(round_.closed_at) or "",
        "invited": tally.invited,
        "enrolled": tally.enrolled,
        "submitted": tally.submitted,
        "method": tally.method,
        "input_digest": tally.input_digest,
        "answers": note,
    } | tables.codebook(tally)
    return Table("Method", ["name", "meaning"], [[name, meaning] for name, meaning in facts.items()])


def _json(content: dict[str, Any]) -> bytes:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode() + b"\n"


def _day(at: datetime | None) -> str | None:
    return at.date().isoformat() if at else None
