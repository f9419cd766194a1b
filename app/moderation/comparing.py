"""A proposal beside what is most like it, the words in which the two differ marked on both sides."""

from dataclasses import dataclass

from sqlmodel import Session

from app.models import Proposal, Seminar
from app.proposals import queries as proposals
from app.proposals.similar import Candidate, Match, similar
from app.registers.history import Piece, difference

WORTH_MARKING = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Two texts piece by piece: what stands on the one side and on the other."""

    other: Candidate
    percent: int | None
    title: list[Piece]
    other_title: list[Piece]
    text: list[Piece]
    other_text: list[Piece]

    @property
    def is_marked(self) -> bool:
        """Whether enough is shared for the differences to be marked."""
        sides = (self.title, self.other_title, self.text, self.other_text)
        return any(piece.kind != "same" for side in sides for piece in side)


def matches(session: Session, *, seminar: Seminar, proposal: Proposal) -> list[Match]:
    """The items and the other undecided proposals that are most like it."""
    kind = proposal.kind
    candidates = [
        *proposals.accepted(session, seminar=seminar, kind=kind),
        *proposals.undecided(session, seminar=seminar, kind=kind, other_than=proposal.reference),
    ]
    return similar(proposal.title, proposal.text, candidates)


def beside(title: str, text: str, other: Candidate, percent: int | None = None) -> Beside:
    """The title and text beside another's."""
    titles, texts = _compared(other.title, title), _compared(other.text, text)
    return Beside(
        other=other,
        percent=percent,
        title=_side(titles, "added"),
        other_title=_side(titles, "removed"),
        text=_side(texts, "added"),
        other_text=_side(texts, "removed"),
    )


def chosen(found: list[Match], wanted: str) -> Match | None:
    """The match of that code, else the likest."""
    named = (match for match in found if match.candidate.code == wanted)
    return next(named, found[0] if found else None)


def _compared(before: str, after: str) -> list[Piece]:
    """The differences; where hardly anything is shared, marks would tell nothing, and there are none."""
    pieces = difference(before, after)
    shared = sum(len(piece.text) for piece in pieces if piece.kind == "same")
    if 2 * shared < WORTH_MARKING * (len(before) + len(after)):
        return [Piece("removed", before), Piece("added", after)]
    return pieces


def _side(pieces: list[Piece], own: str) -> list[Piece]:
    mine = [piece for piece in pieces if piece.kind in {"same", own}]
    is_marked = any(piece.kind == "same" for piece in mine)
    return mine if is_marked else [Piece("same", piece.text) for piece in mine]
