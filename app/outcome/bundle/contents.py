"""What stands in the bundle: files by their names, from what is published and nothing else."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from sqlmodel import Session

from app.models import Question, Seminar
from app.models.rounds import RoundState
from app.outcome import codebook, dataset
from app.results import columns, exporting
from app.rounds import queries as rounds
from app.spreadsheet.tabular import Cell, to_csv

TEXTS = Path(__file__).parent
RULES = "data/rules.json"
SYNTHETIC = "\nThe panel is synthetic: nothing in it is a view of any expert, State or organization.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One question: what the manifest says of it, its files by their names, and rows for the codebook."""

    about: dict[str, Any]
    files: dict[str, bytes]
    explained: list[codebook.Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All files but the manifest and its signature, and what the manifest says of the questions."""

    questions: list[dict[str, Any]]
    files: dict[str, bytes]
    as_of: str


def as_json(content: Any) -> bytes:
    """The content as JSON for people and machines, of which there is one way to write it."""
    text = json.dumps(content, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
    return text.encode() + b"\n"


def gather(session: Session, seminar: Seminar, told: Mapping[str, str]) -> Contents:
    """The contents, from what is published; `told` is what the README says of the signature."""
    questions = dataset.published_questions(session, seminar)
    parts = [_part(session, one) for one in questions]
    files = {name: content for part in parts for name, content in part.files.items()}
    files |= _registers(session, seminar)
    about = {"withheld": _withheld(session, seminar, questions), **told}
    files["README.txt"] = _readme(seminar, about)
    files["LICENCE.txt"] = licence(seminar)
    rows = [row for part in parts for row in part.explained]
    files["codebook.csv"] = to_csv(codebook.COLUMNS, [*codebook.plain_tables(), *rows])
    return Contents(
        questions=[part.about for part in parts],
        files=files,
        as_of=max((part.about["published_on"] for part in parts), default=""),
    )


def licence(seminar: Seminar) -> bytes:
    """What the organisers say may be done with it; where they say nothing, that."""
    chosen = seminar.licence.strip()
    return f"{chosen}\n".encode() if chosen else (TEXTS / "LICENCE.txt").read_bytes()


def _part(session: Session, question: Question) -> Part:
    content = exporting.content(session, question=question)
    answers = content.pop("answers")
    folder = f"data/R{content['round']['number']}-{question.code}"
    files = {f"{folder}/result.json": as_json(content)}
    explained: list[codebook.Row] = []
    if answers:
        name = f"{folder}/answers.csv"
        files[name] = to_csv(answers["columns"], answers["rows"])
        explained = codebook.ballots(name, columns.of(session, question))
    about = {
        "round": content["round"]["number"],
        "code": question.code,
        "type": question.type,
        "method": content["result"]["method"],
        "published_on": content["round"]["published_on"],
        "result": f"{folder}/result.json",
        "answers": f"{folder}/answers.csv" if answers else None,
    }
    return Part(about=about, files=files, explained=explained)


def _registers(session: Session, seminar: Seminar) -> dict[str, bytes]:
    """The seminar, its rules and its registers."""
    frame = dataset.frame(session, seminar)
    criteria = [dataset.criterion(one) for one in rounds.criteria(session, seminar)]
    items = frame["items"]
    links = [
        [item["code"], link["kind"], link["to"], link["value"]] for item in items for link in item["links"]
    ]
    rules = {
        "criteria": criteria,
        "min_group": seminar.min_group,
        "wording": frame["wording"],
        "wording_locked_on": frame["wording_locked_on"],
    }
    about = {"seminar": frame["seminar"], "mandate": frame["mandate"], "synthetic": frame["synthetic"]}
    return {
        "data/seminar.json": as_json(about),
        RULES: as_json(rules),
        "data/criteria.csv": to_csv(list(codebook.CRITERIA), _rows(criteria, codebook.CRITERIA)),
        "data/items.json": as_json(items),
        "data/items.csv": to_csv(list(codebook.ITEMS), _rows(items, codebook.ITEMS)),
        "data/links.csv": to_csv(list(codebook.LINKS), links),
        "data/minority.csv": to_csv(list(codebook.MINORITY), _rows(frame["minority"], codebook.MINORITY)),
    }


def _rows(content: Iterable[Mapping[str, Any]], names: Iterable[str]) -> list[list[Cell]]:
    return [[_cell(one[name]) for name in names] for one in content]


def _cell(value: Any) -> Cell:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _withheld(session: Session, seminar: Seminar, given: Sequence[Question]) -> str:
    """Which questions of published rounds are not there, and why."""
    there = {question.id for question in given}
    missing = [
        f"R{round_.number} {question.code}"
        for round_ in rounds.plan(session, seminar)
        if round_.state is RoundState.PUBLISHED
        for question in rounds.questions(session, round_)
        if question.id not in there
    ]
    if not missing:
        return ""
    return f"\nNot here, since too few experts answered: {', '.join(missing)}.\n"


def _readme(seminar: Seminar, about: Mapping[str, str]) -> bytes:
    fields = {
        "title": seminar.title,
        "underline": "=" * min(len(seminar.title), 100),
        "synthetic": SYNTHETIC if seminar.synthetic else "",
        "min_group": str(seminar.min_group),
        **about,
    }
    return Template((TEXTS / "README.txt").read_text()).substitute(fields).encode()
