"""Leave out of a result the texts that facilitators hold back, or show instead what they let through."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session, select

from app.models import HeldText, Question
from app.questions.fingerprint import fingerprint
from app.results.comment_tally import CommentTally
from app.results.cover_tally import CoverTally
from app.results.reasoned import Reasoned
from app.results.tallies import Tally
from app.results.tally import RateTally


@dataclass(frozen=True, slots=True)
class Held:
    """What stands instead of each held text, by the code of its subject and its fingerprint."""

    instead: Mapping[tuple[str, str], str | None]

    def texts(self, code: str, texts: Iterable[str]) -> list[str]:
        """The texts on one subject as they may be shown, sorted anew: no place tells what is held."""
        shown = (self.instead.get((code, fingerprint(text)), text) for text in texts)
        return sorted(text for text in shown if text)

    def reasons(self, code: str, reasons: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """The same for texts that have a side, which what stands instead keeps."""
        shown = ((self.instead.get((code, fingerprint(text)), text), side) for text, side in reasons)
        return sorted((text, side) for text, side in shown if text)

    def by_code(self, texts: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
        """The same for the texts of many subjects; one of which none is left is left out."""
        shown = {code: self.texts(code, some) for code, some in texts.items()}
        return {code: some for code, some in shown.items() if some}


def held_of(session: Session, question: Question) -> Held:
    """What is held of the answers to a question."""
    rows = session.exec(
        select(HeldText.item_code, HeldText.digest, HeldText.instead).where(
            HeldText.question_id == question.id
        )
    )
    return Held({(code, digest): instead for code, digest, instead in rows})


def without(tally: Tally, held: Held) -> Tally:
    """The tally as it may be shown."""
    match tally:
        case RateTally():
            return _without_rationales(tally, held)
        case Reasoned():
            return replace(tally, rationales=held.by_code(tally.rationales))
        case CoverTally():
            return _without_in_cells(tally, held)
        case CommentTally():
            return _without_arguments(tally, held)
        case _:
            return tally


def _without_rationales(tally: RateTally, held: Held) -> RateTally:
    found = {code: held.reasons(code, tally.reasons(code)) for code in tally.rationales}
    shown = {code: reasons for code, reasons in found.items() if reasons}
    return replace(
        tally,
        rationales={code: [text for text, _ in reasons] for code, reasons in shown.items()},
        sides={code: [side for _, side in shown[code]] for code in tally.sides if code in shown},
    )


def _without_in_cells(tally: CoverTally, held: Held) -> CoverTally:
    cells = {
        framework: {
            element: replace(cell, sources=held.texts(framework, cell.sources))
            for element, cell in row.items()
        }
        for framework, row in tally.cells.items()
    }
    return replace(tally, cells=cells, rationales=held.by_code(tally.rationales))


def _without_arguments(tally: CommentTally, held: Held) -> CommentTally:
    return replace(
        tally,
        arguments={
            code: {"for": held.texts(code, sides["for"]), "against": held.texts(code, sides["against"])}
            for code, sides in tally.arguments.items()
        },
    )
