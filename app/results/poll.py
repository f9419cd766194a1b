"""The sealed answers to a question of any type as rows, and what follows from them for its result."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from app.models import Question, Round
from app.questions.answers import RATIONALE
from app.questions.catalogue import Type
from app.results.answers import Row, by_content
from app.results.panel import digest, salted
from app.results.sealed import BrokenSeal, Sheet, salt_of, sheets
from app.results.turnout import Entry, Facts
from app.rounds import queries as rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """Ballots in the order of their content, one row each, under the columns that the type exports.

    Nothing joins a reason to a row, nor one subject's reasons to another's. `unfit` ballots, which could
    not have been submitted so, stand as rows in which nothing is said. `settings` are what of the
    question's settings the numbers follow from. `salt` keeps the digest of the reasons from being found
    by trying texts.
    """

    round_number: int
    question: str
    method: str
    subjects: tuple[Entry, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    rationales: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unfit: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)
    salt: str = ""

    @property
    def scores(self) -> NDArray[np.float64]:
        """Every score by ballot and column; nan for an abstention and for nothing."""
        cells = [cell if isinstance(cell, int) else np.nan for row in self.rows for cell in row]
        return np.array(cells, dtype=np.float64).reshape(len(self.rows), len(self.columns))

    def abstained(self, column: int) -> dict[str, int]:
        """How many abstained there, by the word of their reason."""
        words = (row[column] for row in self.rows)
        return dict(sorted(Counter(word for word in words if isinstance(word, str)).items()))

    @property
    def seed(self) -> int:
        """What chance is drawn from: no text is a part of it, so that none can be guessed by it."""
        return int(digest([self._about(), self._said()])[:8], 16)

    def inputs(self) -> dict[str, str]:
        """A digest of each part of the input: what differs after a fault can be named."""
        parts = {
            "question": self._about(),
            "answers": self._said(),
            "rationales": salted(self.salt, self.rationales),
            "method": self.method,
        }
        return {name: digest(part) for name, part in parts.items()}

    def _about(self) -> dict[str, Any]:
        return {
            "round": self.round_number,
            "code": self.question,
            "subjects": [asdict(one) for one in self.subjects],
            "settings": self.settings,
        }

    def _said(self) -> dict[str, Any]:
        return {"columns": self.columns, "rows": self.rows, "unfit": self.unfit}

    def told(self, facts: Facts) -> dict[str, Any]:
        """All that a `Reasoned` tally says beside its numbers, by name."""
        inputs = self.inputs()
        return facts.as_keywords() | {
            "round_number": self.round_number,
            "question": self.question,
            "submitted": len(self.rows),
            "subjects": list(self.subjects),
            "rationales": {code: list(texts) for code, texts in self.rationales.items()},
            "unfit": self.unfit,
            "agreement": dict(rule) if (rule := self.settings.get("agreement")) else None,
            "method": self.method,
            "inputs": inputs,
            "input_digest": digest(inputs),
        }


def load(session: Session, question: Question, *, method: str) -> Poll:
    """The answers to a question whose round is concluded."""
    subjects = rounds.asked_about(session, question)
    codes = [one.code for one in subjects]
    type_ = rounds.question_type(session, question)
    given = list(sheets(session, question).values())
    round_ = session.get_one(Round, question.round_id)
    if not all(_can_be(type_, sheet, codes) for sheet in given):
        raise BrokenSeal(number=round_.number)
    fit = [sheet for sheet in given if type_.unfit(sheet) is None]
    unfit = len(given) - len(fit)
    rows = [tuple(type_.cells(sheet, codes)) for sheet in [*fit, *({} for _ in range(unfit))]]
    return Poll(
        round_number=round_.number,
        question=question.code,
        method=method,
        subjects=tuple(Entry(code=one.code, title=one.title, version=one.version) for one in subjects),
        columns=tuple(type_.columns(codes)),
        rows=tuple(sorted(rows, key=by_content)),
        rationales={code: texts for code in codes if (texts := _reasons(given, code))},
        unfit=unfit,
        settings=question.settings,
        salt=salt_of(session, question),
    )


def _can_be(type_: Type, sheet: Sheet, codes: Sequence[str]) -> bool:
    """Whether a form could have said this: what was sealed is read as strictly as what is sent."""
    said = {code: answer.judgements | {RATIONALE: answer.rationale} for code, answer in sheet.items()}
    fields = {f"{code}.{part}": [str(value)] for code, parts in said.items() for part, value in parts.items()}
    parsed = type_.parse(fields, codes)
    read = {code: entry.judgements | {RATIONALE: entry.rationale} for code, entry in parsed.entries.items()}
    return not parsed.errors and read == said


def _reasons(given: Sequence[Sheet], code: str) -> tuple[str, ...]:
    return tuple(sorted(sheet[code].rationale for sheet in given if code in sheet and sheet[code].rationale))
