"""From the sealed answers of a `cover` question to its numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

import numpy as np
from sqlmodel import Session

from app.aggregation import summarise, tastle_wierman
from app.models import Question, Round, Seminar
from app.models.registers import LinkKind
from app.questions.answers import Answer
from app.questions.cover import DONT_KNOW, GRADES, SOURCE, SURE, SURENESS
from app.registers import queries as registers
from app.results.cover_tally import FULL, METHOD, METHOD_1, CoverCell, CoverTally
from app.results.panel import digest, salted
from app.results.sealed import BrokenSeal, Sheet, salt_of, sheets
from app.results.snapshot import plain
from app.results.turnout import Entry, Facts
from app.rounds import queries as rounds
from app.settings import Settings

# What one expert says of one framework and one element: a grade or the word for not knowing; and how sure.
Cell: TypeAlias = tuple[int | str | None, int | None]
Place: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The sealed answers by framework and element, each in the order of its content and nobody's.

    Nothing joins one expert's answers on two cells, nor a source or a reason to a grade. `salt` keeps
    the digests of the texts from being found by trying texts.
    """

    round_number: int
    question: str
    frameworks: tuple[Entry, ...]
    elements: tuple[str, ...]
    cells: Mapping[Place, tuple[Cell, ...]]
    sources: Mapping[Place, tuple[str, ...]]
    rationales: Mapping[str, tuple[str, ...]]
    submitted: int
    method: str = METHOD
    salt: str = ""

    def inputs(self) -> dict[str, str]:
        """A digest of each part of the input: what differs after a fault can be named."""
        frameworks = [asdict(one) for one in self.frameworks]
        parts = {
            "question": {
                "round": self.round_number,
                "code": self.question,
                "frameworks": frameworks,
                "elements": self.elements,
            },
            "grades": _by_name(self.cells) | {"submitted": self.submitted},
            "sources": self._texts(_by_name(self.sources)),
            "rationales": self._texts(self.rationales),
            "method": self.method,
        }
        return {name: digest(part) for name, part in parts.items()}

    def _texts(self, texts: Mapping[str, Any]) -> Mapping[str, Any]:
        return texts if self.method == METHOD_1 else salted(self.salt, texts)


@dataclass(frozen=True, slots=True)
class Told:
    """What the registers said on the day of closing, and the rule: a recount takes them as they were."""

    elements: list[Entry]
    own: str | None
    hypotheses: Mapping[Place, int]
    agreement: Mapping[str, Any] | None = None

    @classmethod
    def by(cls, frozen: CoverTally) -> "Told":
        """As a frozen tally tells it."""
        grades = {
            (framework, element): cell.hypothesis
            for framework, row in frozen.cells.items()
            for element, cell in row.items()
            if cell.hypothesis is not None
        }
        return cls(frozen.elements, frozen.own, grades, frozen.agreement)


def load(session: Session, question: Question, method: str = METHOD) -> Coverage:
    """The answers to a `cover` question whose round is concluded, for one of the methods."""
    round_ = session.get_one(Round, question.round_id)
    given = list(sheets(session, question).values())
    subjects = sorted(rounds.subjects(session, question), key=lambda one: (one.position, one.code))
    elements = tuple(question.settings.get("elements", []))
    places = [(subject.code, element) for subject in subjects for element in elements]
    try:
        return Coverage(
            round_number=round_.number,
            question=question.code,
            frameworks=tuple(Entry(code=x.code, title=x.title, version=x.version) for x in subjects),
            elements=elements,
            cells={place: cells_of(given, place) for place in places},
            sources={place: found for place in places if (found := _sources(given, place))},
            rationales={one.code: found for one in subjects if (found := _rationales(given, one.code))},
            submitted=len(given),
            method=method,
            salt=salt_of(session, question),
        )
    except _NotSealedSoError:
        raise BrokenSeal(number=round_.number) from None


def cells_of(given: Iterable[Sheet], place: Place) -> tuple[Cell, ...]:
    """What is said of one framework and one element, in the order of its content."""
    return tuple(sorted(_cells(given, place), key=_key))


def told(session: Session, question: Question) -> Told:
    """What the registers say today: the elements, the mandate's own instrument, the starting grades."""
    seminar = session.get_one(Seminar, session.get_one(Round, question.round_id).seminar_id)
    subjects = rounds.subjects(session, question)
    known = registers.by_codes(session, seminar=seminar, codes=question.settings.get("elements", []))
    words = registers.views(session, {item.id: item.version for item in known.values()})
    own = seminar.mandate.get("resolution", {}).get("id")
    return Told(
        elements=[
            Entry(code=code, title=words[known[code].id].title, version=known[code].version)
            if code in known
            else Entry(code=code, title=code, version=0)
            for code in question.settings.get("elements", [])
        ],
        own=own if own in {subject.code for subject in subjects} else None,
        agreement=question.settings.get("agreement"),
        hypotheses={
            (subject.code, link.code): GRADES.index(link.value)
            for subject in subjects
            for link in subject.links
            if link.kind is LinkKind.COVERS and link.value in GRADES
        },
    )


def count(session: Session, settings: Settings, question: Question, facts: Facts) -> CoverTally:
    """The result on the day of closing."""
    del settings
    return tally(load(session, question), facts, told(session, question))


def count_again(session: Session, question: Question, frozen: CoverTally) -> CoverTally:
    """The same from the sealed ballots of today; the registers said what they said."""
    return tally(load(session, question, frozen.method), frozen.facts, Told.by(frozen))


def tally(coverage: Coverage, facts: Facts, told: Told) -> CoverTally:
    """The result of the question."""
    inputs = coverage.inputs() | {"registers": digest(_as_told(told))}
    return CoverTally(
        round_number=coverage.round_number,
        question=coverage.question,
        submitted=coverage.submitted,
        frameworks=list(coverage.frameworks),
        elements=told.elements,
        cells={
            framework.code: {
                element: _counted(coverage, (framework.code, element), told) for element in coverage.elements
            }
            for framework in coverage.frameworks
        },
        own=told.own,
        agreement=dict(told.agreement) if told.agreement else None,
        rationales={code: list(texts) for code, texts in coverage.rationales.items()},
        method=coverage.method,
        inputs=inputs,
        input_digest=digest(inputs),
        **facts.as_keywords(),
    )


def _counted(coverage: Coverage, place: Place, told: Told) -> CoverCell:
    given = coverage.cells[place]
    grades = [grade for grade, _ in given if isinstance(grade, int)]
    summary = summarise(_column(grades), 0, FULL)
    assert summary.counts is not None, "there are three grades"
    counts: list[int] = summary.counts[0].tolist()
    sure = summarise(_column([sure for _, sure in given if sure is not None]), SURENESS[0], SURENESS[-1])
    return CoverCell(
        n=len(grades),
        counts=counts,
        dont_know=sum(grade == DONT_KNOW for grade, _ in given),
        median=plain(summary.median[0]),
        q1=plain(summary.q1[0]),
        q3=plain(summary.q3[0]),
        mean=plain(summary.mean[0]),
        agreement=plain(float(tastle_wierman(counts))),
        sure=plain(sure.median[0]),
        hypothesis=told.hypotheses.get(place),
        sources=list(coverage.sources.get(place, ())),
    )


def _column(given: list[int]) -> Any:
    return np.array(given, dtype=np.float64).reshape(-1, 1)


class _NotSealedSoError(ValueError):
    """An answer that the question cannot have taken."""


def _cells(given: Iterable[Sheet], place: Place) -> Iterable[Cell]:
    """What every expert who said something says; how sure counts only beside a grade."""
    framework, element = place
    for sheet in given:
        judgements = sheet.get(framework, Answer()).judgements
        grade: Any = judgements.get(element)
        sure: Any = judgements.get(f"{element}{SURE}")
        if grade is None:
            continue
        if not (grade == DONT_KNOW or _is_among(grade, range(len(GRADES)))):
            raise _NotSealedSoError
        if not (sure is None or _is_among(sure, SURENESS)):
            raise _NotSealedSoError
        yield grade, None if grade == DONT_KNOW else sure


def _is_among(value: object, points: Sequence[int]) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in points


def _sources(given: Iterable[Sheet], place: Place) -> tuple[str, ...]:
    framework, element = place
    found = (sheet.get(framework, Answer()).texts.get(f"{element}{SOURCE}", "") for sheet in given)
    return tuple(sorted({_text(text) for text in found if text}))


def _rationales(given: Iterable[Sheet], framework: str) -> tuple[str, ...]:
    found = (sheet.get(framework, Answer()).rationale for sheet in given)
    return tuple(sorted(_text(text) for text in found if text))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _NotSealedSoError
    return value


def _key(cell: Cell) -> tuple[int, str, int]:
    grade, sure = cell
    return (grade, "", sure or 0) if isinstance(grade, int) else (-1, grade or "", 0)


def _by_name(parts: Mapping[Place, Any]) -> dict[str, Any]:
    return {f"{framework}.{element}": part for (framework, element), part in sorted(parts.items())}


def _as_told(told: Told) -> dict[str, Any]:
    rule = {"agreement": told.agreement} if told.agreement else {}
    return {
        "elements": [asdict(one) for one in told.elements],
        "own": told.own,
        "hypotheses": _by_name(told.hypotheses),
        **rule,
    }
