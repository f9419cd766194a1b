"""What has been published about one item: arguments, ratings and grades, round by round."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal
from uuid import UUID

from sqlmodel import Session

from app.models import Question, Round, Seminar
from app.models.registers import ChangeKind, ItemStatus
from app.models.rounds import RoundState
from app.policy import Role
from app.registers import history
from app.registers import queries as registers
from app.registers.history import Wordings
from app.registers.queries import ItemView
from app.results import disclosure
from app.results.comment_tally import CommentTally
from app.results.cover_tally import CoverCell, CoverTally
from app.results.disclosure import NotReleased
from app.results.tallies import Tally
from app.results.tally import Distribution, OptionTally, RateTally, Scale
from app.results.turnout import Entry
from app.results.words import Verdict, of_point
from app.rounds import queries as rounds

Shape = Literal["cards", "plane", "cover", "comment"]
SHOWN = frozenset({ItemStatus.ACCEPTED, ItemStatus.MERGED, ItemStatus.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one released result says of the item.

    `earlier` says that the panel was asked about what meant something else: an earlier wording, or the
    whole of which this is a part. `about` is the code of another item if it was asked about that one,
    which has been merged into this one since, or split (`is_part`).
    """

    shape: Shape
    round_: Round
    earlier: bool
    about: str
    is_part: bool
    submitted: int
    rated: list[tuple[Scale, Distribution]] = field(default_factory=list)
    verdict: Verdict | None = None
    option: OptionTally | None = None
    label: str = ""
    is_ranked: bool = False
    cells: list[tuple[Entry, CoverCell]] = field(default_factory=list)
    pro: list[str] = field(default_factory=list)
    contra: list[str] = field(default_factory=list)

    @property
    def is_published(self) -> bool:
        """Whether everybody in the seminar sees it, and not only those who prepare it."""
        return self.round_.state is RoundState.PUBLISHED

    @property
    def is_graded(self) -> bool:
        """Whether anybody gave a grade: else nothing is known of the coverage."""
        return any(cell.n for _, cell in self.cells)

    @property
    def covered(self) -> list[tuple[Entry, CoverCell]]:
        """The cells in which the panel finds some coverage, or is divided whether there is any."""
        return [(one, cell) for one, cell in self.cells if cell.grade in {"partial", "full"} or cell.divided]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMap:
    """The item, and all that has been said of it, the latest first."""

    item: ItemView
    said: list[Said]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked of a result: about which item, in which wording now, and for whom.

    Without wordings it is about another item, from which this one came by a merger or, `is_part`, a split.
    """

    code: str
    reader: UUID
    version: int = 0
    wordings: Wordings | None = None
    is_part: bool = False

    def about(self, version: int) -> dict[str, Any]:
        """How what was asked about relates to the item as it stands."""
        if self.wordings is None:
            return {"earlier": self.is_part, "about": self.code, "is_part": self.is_part}
        return {"earlier": not self.wordings.same(version, self.version), "about": "", "is_part": False}


def item_map(
    session: Session, *, seminar: Seminar, roles: Collection[Role], code: str, reader: UUID
) -> ItemMap | None:
    """What these roles may see of the item; the reader's own order of texts joins nothing across items."""
    item = registers.item(session, seminar=seminar, code=code)
    if item is None or item.status not in SHOWN:
        return None
    own = history.same_wording(session, [item.id])[item.id]
    asked = [Asking(code=code, wordings=own, version=item.version, reader=reader)]
    merged = history.came_from(session, seminar=seminar, code=code, by=(ChangeKind.MERGED,))
    asked += [
        Asking(code=other, reader=reader, is_part=(other, title) not in merged)
        for other, title in history.came_from(session, seminar=seminar, code=code)
    ]
    found = [
        said
        for round_, question, tally in _released(session, seminar, roles)
        for asking in asked
        if (said := _said(tally, asking, round_, question))
    ]
    return ItemMap(item=item, said=found)


def _released(
    session: Session, seminar: Seminar, roles: Collection[Role]
) -> Iterator[tuple[Round, Question, Tally]]:
    for round_ in reversed(rounds.plan(session, seminar)):
        for question in rounds.questions(session, round_):
            try:
                yield round_, question, disclosure.released_of(session, question=question, roles=roles)
            except NotReleased:
                continue


def _said(tally: Tally, asking: Asking, round_: Round, question: Question) -> Said | None:
    match tally:
        case RateTally():
            return _rated(tally, asking, round_)
        case CoverTally():
            return _graded(tally, asking, round_)
        case CommentTally():
            return _argued(tally, asking, round_, question)
        case _:
            return None


def _rated(tally: RateTally, asking: Asking, round_: Round) -> Said | None:
    option = tally.option(asking.code)
    if option is None:
        return None
    return Said(
        shape="plane" if tally.is_plane else "cards",
        round_=round_,
        submitted=tally.submitted,
        rated=[(scale, option.by_criterion[scale.code]) for scale in tally.scales],
        verdict=of_point(tally, option) if tally.is_plane else None,
        option=option,
        label=tally.labels.get(option.label, ""),
        is_ranked=bool(tally.replicates) and option.rank is not None,
        **asking.about(option.version),
    )


def _graded(tally: CoverTally, asking: Asking, round_: Round) -> Said | None:
    """A framework by element, or an element by framework."""
    code = asking.code
    entry = next((one for one in (*tally.frameworks, *tally.elements) if one.code == code), None)
    if entry is None:
        return None
    if entry in tally.frameworks:
        cells = [(one, tally.cell(code, one.code)) for one in tally.elements]
    else:
        cells = [(one, tally.cell(one.code, code)) for one in tally.frameworks]
    return Said(
        shape="cover",
        round_=round_,
        submitted=tally.submitted,
        cells=cells,
        **asking.about(entry.version),
    )


def _argued(tally: CommentTally, asking: Asking, round_: Round, question: Question) -> Said | None:
    entry = next((one for one in tally.subjects if one.code == asking.code), None)
    sides = tally.of(asking.code)
    if entry is None or not (sides["for"] or sides["against"]):
        return None
    seed = hashlib.sha256(f"{question.id}:{asking.code}:{asking.reader}".encode()).digest()
    draw = Random(seed)  # noqa: S311 - an order to read in, not a secret
    return Said(
        shape="comment",
        round_=round_,
        submitted=tally.submitted,
        pro=draw.sample(sides["for"], len(sides["for"])),
        contra=draw.sample(sides["against"], len(sides["against"])),
        **asking.about(entry.version),
    )
