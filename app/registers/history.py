"""The history of items: their wordings and what differs, what became of them and what they came from."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any, Literal
from uuid import UUID

from sqlmodel import Session, col, select

from app.models import Item, ItemChange, ItemVersion, Seminar
from app.models.registers import ChangeKind, ItemStatus
from app.registers import queries
from app.registers.queries import ItemView

GOES_ON = (ChangeKind.MERGED, ChangeKind.SPLIT)
# pairs of words beyond which two texts are not compared: one stands after the other
MOST_COMPARED = 4_000_000
# where words are not set apart by spaces, every sign is one
TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+\s*|\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """A wording of an item: since which day, and why it was changed."""

    number: int
    title: str
    text: str
    fields: dict[str, Any]
    minor: bool
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that both wordings have, or only one of them."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How the title, the text or a field of one wording differs from that of another."""

    name: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A line of what became of an item; `into` is the code and title of the item in which it goes on."""

    kind: ChangeKind
    at: datetime
    reason: str
    version: int
    into: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Wordings:
    """Which versions of an item mean the same as the one before."""

    minor: frozenset[int]

    def same(self, one: int, other: int) -> bool:
        """Whether the two versions mean the same: all between them were minor rewordings."""
        first, last = sorted((one, other))
        return all(number in self.minor for number in range(first + 1, last + 1))


def versions(session: Session, item: Item | ItemView) -> list[VersionView]:
    """The wordings of the item, the first one first."""
    reasons = {
        change.version: change.reason
        for change in _changes(session, item)
        if change.kind not in GOES_ON and change.kind is not ChangeKind.RETIRED
    }
    rows = session.exec(
        select(ItemVersion).where(ItemVersion.item_id == item.id).order_by(col(ItemVersion.number))
    )
    return [
        VersionView(
            number=row.number,
            title=row.title,
            text=row.text,
            fields=row.fields,
            minor=row.minor,
            at=_day(row.created_at),
            reason=reasons.get(row.number, ""),
        )
        for row in rows
    ]


def changes(session: Session, item: Item | ItemView) -> list[ChangeView]:
    """What became of the item, line by line, the first one first."""
    found = _changes(session, item)
    titles = queries.names(session, {change.into_id for change in found if change.into_id})
    return [
        ChangeView(
            kind=change.kind,
            at=_day(change.created_at),
            reason=change.reason,
            version=change.version,
            into=titles.get(change.into_id) if change.into_id else None,
        )
        for change in found
    ]


def difference(before: str, after: str) -> list[Piece]:
    """The two texts word by word: what they share, what went and what came."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    old_end, new_end = len(old) - end, len(new) - end
    pieces = [
        Piece("same", "".join(new[:start])),
        *_middle(old[start:old_end], new[start:new_end]),
        Piece("same", "".join(new[new_end:])),
    ]
    return [piece for piece in pieces if piece.text]


def _shared(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _middle(old: list[str], new: list[str]) -> Iterator[Piece]:
    if len(old) * len(new) > MOST_COMPARED:
        yield from (Piece("removed", "".join(old)), Piece("added", "".join(new)))
        return
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(new[new_from:new_to]))
        else:
            yield Piece("removed", "".join(old[old_from:old_to]))
            yield Piece("added", "".join(new[new_from:new_to]))


def differences(before: VersionView, after: VersionView) -> list[Difference]:
    """What differs between two wordings: title, text and fields, those only that do."""
    pairs = [("title", before.title, after.title), ("text", before.text, after.text)]
    names = dict.fromkeys([*before.fields, *after.fields])
    pairs += [(name, _said(before.fields.get(name)), _said(after.fields.get(name))) for name in names]
    return [Difference(name, difference(old, new)) for name, old, new in pairs if old != new]


def became(session: Session, *, seminar: Seminar, code: str) -> list[tuple[str, str]]:
    """Code and title of what stands of the item: itself, or that into which it was merged or split.

    Nothing is left of what was retired.
    """
    start = queries.by_codes(session, seminar=seminar, codes=[code]).get(code)
    if start is None:
        return []
    reached = _reached(session, start.id, onward=True)
    titles = queries.names(session, reached, ItemStatus.ACCEPTED)
    return [titles[key] for key in reached if key in titles]


def came_from(
    session: Session, *, seminar: Seminar, code: str, by: Collection[ChangeKind] = GOES_ON
) -> list[tuple[str, str]]:
    """Code and title of all the items that were merged or split into this one, however many steps ago.

    If only one of the two is asked for, every step is of that kind.
    """
    start = queries.by_codes(session, seminar=seminar, codes=[code]).get(code)
    if start is None:
        return []
    reached = [key for key in _reached(session, start.id, onward=False, by=by) if key != start.id]
    titles = queries.names(session, reached)
    return [titles[key] for key in reached]


def same_wording(session: Session, item_ids: Iterable[UUID]) -> dict[UUID, Wordings]:
    """For each of the items, which of its versions mean the same."""
    minor: dict[UUID, set[int]] = {key: set() for key in item_ids}
    for keys in queries.batches(minor):
        rows = session.exec(
            select(ItemVersion.item_id, ItemVersion.number).where(
                col(ItemVersion.item_id).in_(keys), col(ItemVersion.minor)
            )
        )
        for key, number in rows:
            minor[key].add(number)
    return {key: Wordings(frozenset(numbers)) for key, numbers in minor.items()}


def _changes(session: Session, item: Item | ItemView) -> Sequence[ItemChange]:
    return session.exec(
        select(ItemChange)
        .join(Item, col(ItemChange.into_id) == Item.id, isouter=True)
        .where(ItemChange.item_id == item.id)
        .order_by(col(ItemChange.version), col(ItemChange.created_at), col(Item.position), col(Item.code))
    ).all()


def _reached(
    session: Session, start: UUID, *, onward: bool, by: Collection[ChangeKind] = GOES_ON
) -> list[UUID]:
    """The item and all that its merges and splits lead to (or come from), the nearest first."""
    ends: list[Any] = [col(ItemChange.item_id), col(ItemChange.into_id)]
    near, far = ends if onward else reversed(ends)
    reached, edge = [start], [start]
    while edge:
        steps: dict[UUID, list[UUID]] = defaultdict(list)
        rows = session.exec(
            select(near, far)
            .join(Item, far == col(Item.id))
            .where(near.in_(edge), col(ItemChange.kind).in_(by))
            .order_by(col(Item.position), col(Item.code))
        )
        for here, there in rows:
            steps[here].append(there)
        found = dict.fromkeys(there for here in edge for there in steps[here])
        edge = [key for key in found if key not in reached]
        reached += edge
    return reached


def _day(at: datetime) -> datetime:
    """The day alone: its noon, which is on that day in most of the world."""
    return at.replace(hour=12, minute=0, second=0, microsecond=0)


def _said(value: Any) -> str:
    return "" if value is None else str(value)
