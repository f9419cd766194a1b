"""What every type lays its question out from, and the cells that several of them share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlmodel import Session

from app.ballots.former import formers, shown_before
from app.ballots.order import own_order
from app.ballots.papers.reading import Reading
from app.ballots.queries import Part
from app.i18n import _, gettext
from app.models import Criterion
from app.models.ballots import Abstention
from app.offline.sheet import Cell, Option, Row
from app.questions.answers import RATIONALE, Answer
from app.rounds import queries as rounds

REASON = _("Your reason, if you wish to give one")
BEFORE = _("Your answer in the round before: %(answers)s")
LETTERS = "abcdefgh"
INSTEAD = _("Instead of a number you may write a letter: %(letters)s")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about: an item, or a criterion that is weighed."""

    code: str
    title: str
    text: str


@dataclass(frozen=True)
class Laying:
    """One question before one expert; with `own` her saved answers are printed into it."""

    session: Session
    reading: Reading
    part: Part
    own: bool

    @property
    def settings(self) -> Mapping[str, Any]:
        """The question's settings."""
        return self.part.question.settings

    @property
    def answers(self) -> dict[str, Answer]:
        """What she has saved so far, if it is to be printed."""
        return self.reading.filled.answers(self.part) if self.own else {}

    @property
    def criteria(self) -> list[Criterion]:
        """The seminar's criteria."""
        return rounds.criteria(self.session, self.reading.seminar)

    @property
    def abstentions(self) -> tuple[Option, ...]:
        """The abstentions that the question allows, each with a letter."""
        known = [one for one in self.settings.get("abstentions", []) if one["value"] in set(Abstention)]
        return tuple(
            Option(one["value"], letter, one["label"]) for letter, one in zip(LETTERS, known, strict=False)
        )

    @property
    def letters(self) -> tuple[str, ...]:
        """The hint that says what the letters mean, if there are any."""
        said = "; ".join(f"{option.sign} = {option.label}" for option in self.abstentions)
        return (gettext(INSTEAD) % {"letters": said},) if said else ()

    @cached_property
    def known(self) -> dict[str, Subject]:
        """What the question is about, by code."""
        items = {
            subject.code: Subject(subject.code, subject.title, subject.text)
            for subject in rounds.subjects(self.session, self.part.question)
        }
        criteria = {one.code: Subject(one.code, one.label, one.question) for one in self.criteria}
        return criteria | items

    def subjects(self) -> list[Subject]:
        """The same in the expert's own order."""
        order = own_order(self.part.subjects, self.reading.reader, self.reading.round_.id)
        return [self.known[code] for code in order if code in self.known]

    def cell(self, subject: str, part: str, head: str, **about: Any) -> Cell:
        """One cell, with what is printed in it."""
        printed = said(self.answers.get(subject, Answer()), part)
        return Cell(question=self.part.code, subject=subject, part=part, head=head, printed=printed, **about)

    def before(self, rows: Iterable[Row]) -> tuple[str, ...]:
        """The line that says what she answered to these in the round before, if that is shown to her."""
        if not self.own or shown_before(self.session, self.reading.round_) is None:
            return ()
        round_, panellist = self.reading.round_, self.reading.panellist
        found = formers(self.session, round_=round_, part=self.part, panellist=panellist)
        said = [
            f"{row.name}: {cell.shown(str(found[cell.subject].answer.judgements[cell.part]))}"
            for row in rows
            for cell in row.cells
            if cell.subject in found and cell.part in found[cell.subject].answer.judgements
        ]
        return (gettext(BEFORE) % {"answers": "; ".join(said)},) if said else ()

    def reason(self, subject: str) -> Cell:
        """Where the reason goes."""
        limit = self.part.type.text_limit(RATIONALE)  # type: ignore[attr-defined]
        return self.cell(subject, RATIONALE, self.reason_head, limit=limit)

    @property
    def reason_head(self) -> str:
        """What the question says to who would give a reason."""
        return self.settings.get("rationale", {}).get("prompt", "") or gettext(REASON)

    def key(self, *parts: str) -> str:
        """The key of a row."""
        return ".".join((self.part.code, *parts))


def said(answer: Answer, part: str) -> str:
    """What the answer has in this part, as it is written."""
    if part == RATIONALE:
        return answer.rationale
    return answer.texts.get(part, "") or str(answer.judgements.get(part, ""))


def points(criterion: Criterion) -> tuple[Option, ...]:
    """The points of the criterion's scale; those with words have them."""
    numbers = range(criterion.low, criterion.high + 1)
    return tuple(Option(str(n), str(n), criterion.anchors.get(str(n), "")) for n in numbers)


def scale_hint(name: str, options: Sequence[Option]) -> str:
    """What the numbers of a scale mean, as far as they have words."""
    words = "; ".join(f"{option.sign} = {option.label}" for option in options if option.label)
    return f"{name} ({words})" if words else name
