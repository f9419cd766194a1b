"""How the links of an item are set, and how they go on where it is merged or split."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, delete, select

from app.errors import AppError
from app.models import Item, ItemLink, Seminar
from app.models.registers import ItemStatus, Kind, LinkKind
from app.registers import faults, kinds, queries

GRADE = "="
KINDS = {word.value: word for word in LinkKind}


@dataclass(frozen=True, slots=True)
class Tie:
    """A link that an item is to have: to which code, and how far it holds where that is said."""

    kind: LinkKind
    code: str
    value: str | None = None


def read(
    kind: Kind, wanted: Mapping[str, Sequence[str]], known: Mapping[str, tuple[Kind, ItemStatus]]
) -> tuple[list[Tie], dict[str, AppError]]:
    """The links wanted from an item of the kind, or what is wrong with those of each kind of link.

    `known` says which items there are, by their codes.
    """
    ties: dict[tuple[LinkKind, str], Tie] = {}
    errors: dict[str, AppError] = {}
    for word, entries in wanted.items():
        link = KINDS.get(word)
        if link is None or all(source is not kind for source, _ in kinds.LINKS[link]):
            errors[word] = faults.NoSuchLink()
            continue
        for entry in entries:
            code, _, grade = entry.partition(GRADE)
            if fault := _fault(kind, link, code, grade, known):
                errors[word] = fault
            else:
                ties[link, code] = Tie(link, code, grade or None)
    return list(ties.values()), errors


def _fault(
    kind: Kind, link: LinkKind, code: str, grade: str, known: Mapping[str, tuple[Kind, ItemStatus]]
) -> AppError | None:
    other, status = known.get(code, (None, None))
    if other is None or status is not ItemStatus.ACCEPTED:
        return faults.UnknownCode(code=code[:40])
    if not kinds.may_link(kind, link, other):
        return faults.NotLinkable(code=code)
    if kinds.graded(link) != (grade in kinds.GRADES) or (grade and not kinds.graded(link)):
        return faults.NotAGrade(code=code) if kinds.graded(link) else faults.NotLinkable(code=code)
    return None


def known_of(items: Iterable[Item]) -> dict[str, tuple[Kind, ItemStatus]]:
    """What `read` wants to know of the items that are named."""
    return {item.code: (item.kind, item.status) for item in items}


def codes_in(wanted: Mapping[str, Sequence[str]]) -> set[str]:
    """The codes that are named, without their grades."""
    return {entry.partition(GRADE)[0] for entries in wanted.values() for entry in entries}


def standing(session: Session, *, item: Item, words: Collection[LinkKind]) -> set[Tie]:
    """The item's links of these kinds to what stands."""
    rows = session.exec(
        select(ItemLink, Item.code)
        .join(Item, col(ItemLink.target_id) == Item.id)
        .where(
            ItemLink.source_id == item.id,
            col(ItemLink.kind).in_(words),
            Item.status == ItemStatus.ACCEPTED,
        )
    )
    return {Tie(link.kind, code, link.value) for link, code in rows}


def replace(
    session: Session,
    *,
    item: Item,
    words: Collection[LinkKind],
    ties: Sequence[Tie],
    targets: Mapping[str, Item],
) -> None:
    """The item's links of these kinds to what stands are these and no others."""
    standing = select(Item.id).where(Item.seminar_id == item.seminar_id, Item.status == ItemStatus.ACCEPTED)
    session.exec(
        delete(ItemLink).where(
            col(ItemLink.source_id) == item.id,
            col(ItemLink.kind).in_(words),
            col(ItemLink.target_id).in_(standing),
        )
    )
    session.add_all(
        ItemLink(
            seminar_id=item.seminar_id,
            source_id=item.id,
            kind=tie.kind,
            target_id=targets[tie.code].id,
            value=tie.value,
            position=place,
        )
        for place, tie in enumerate(ties)
    )
    session.flush()


def resolve(
    session: Session, *, seminar: Seminar, kind: Kind, wanted: Mapping[str, Sequence[str]]
) -> tuple[list[Tie], dict[str, Item], dict[str, AppError]]:
    """The links wanted, the items to which they lead, and what is wrong."""
    targets = queries.by_codes(session, seminar=seminar, codes=codes_in(wanted))
    ties, errors = read(kind, wanted, known_of(targets.values()))
    return ties, targets, errors


def pass_on(session: Session, *, item: Item, to: Sequence[Item], both_ways: bool = True) -> None:
    """The links of the item, and those that lead to it, are links of these items too.

    Those that they have already stay as they are. The item keeps its own for the record.
    """
    away = session.exec(select(ItemLink).where(ItemLink.source_id == item.id)).all() if both_ways else []
    here = session.exec(select(ItemLink).where(ItemLink.target_id == item.id)).all()
    for heir in to:
        has = _ends(session, heir)
        for link in away:
            _copy(session, link, has, source_id=heir.id, target_id=link.target_id)
        for link in here:
            _copy(session, link, has, source_id=link.source_id, target_id=heir.id)
    session.flush()


End = tuple[UUID, LinkKind, UUID]


def _ends(session: Session, item: Item) -> set[End]:
    rows = session.exec(
        select(ItemLink.source_id, ItemLink.kind, ItemLink.target_id).where(
            (col(ItemLink.source_id) == item.id) | (col(ItemLink.target_id) == item.id)
        )
    )
    return {(source, LinkKind(kind), target) for source, kind, target in rows}


def _copy(session: Session, link: ItemLink, has: set[End], *, source_id: UUID, target_id: UUID) -> None:
    if (source_id, link.kind, target_id) in has:
        return
    has.add((source_id, link.kind, target_id))
    session.add(
        ItemLink(
            seminar_id=link.seminar_id,
            source_id=source_id,
            kind=link.kind,
            target_id=target_id,
            value=link.value,
            position=link.position,
        )
    )
