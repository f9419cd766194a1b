"""Items as pages and ballots read them: their words in force, and their links both ways."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.models import GlossaryTerm, Item, ItemLink, ItemVersion, Sector, Seminar
from app.models.registers import ItemStatus, Kind, LinkKind

# SQLite takes some thirty thousand parameters; lists of keys stay far below.
BATCH = 500
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class LinkView:
    """The other end of a link, seen from an item."""

    kind: LinkKind
    code: str
    title: str
    item_kind: Kind
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """An item in one of its wordings; `links` lead from it, `backlinks` to it."""

    id: UUID
    code: str
    kind: Kind
    position: int
    status: ItemStatus
    version: int
    title: str
    text: str
    fields: dict[str, Any]
    links: list[LinkView] = field(default_factory=list)
    backlinks: list[LinkView] = field(default_factory=list)

    def linked(self, kind: LinkKind, item_kind: Kind | None = None) -> list[LinkView]:
        """The links of a kind that lead from here, all or those to one kind of item.

        Templates name the kinds by their words.
        """
        return [x for x in self.links if x.kind == kind and item_kind in {None, x.item_kind}]

    def linking(self, kind: LinkKind, item_kind: Kind | None = None) -> list[LinkView]:
        """The links of a kind that lead here, all or those from one kind of item."""
        return [x for x in self.backlinks if x.kind == kind and item_kind in {None, x.item_kind}]


def items(
    session: Session,
    *,
    seminar: Seminar,
    kind: Kind,
    statuses: Collection[ItemStatus] = (ItemStatus.ACCEPTED,),
) -> list[ItemView]:
    """The accepted items of one register, in its order; or those that stand in another way."""
    return _views(
        session,
        Item.seminar_id == seminar.id,
        Item.kind == kind,
        col(Item.status).in_(statuses),
    )


def titles(
    session: Session,
    *,
    seminar: Seminar,
    kind: Kind,
    statuses: Collection[ItemStatus] = (ItemStatus.ACCEPTED,),
) -> list[ItemView]:
    """The same without their links, to choose from."""
    rows = session.exec(
        select(Item, ItemVersion)
        .join(ItemVersion, in_force())
        .where(Item.seminar_id == seminar.id, Item.kind == kind, col(Item.status).in_(statuses))
        .order_by(col(Item.position), col(Item.code))
    )
    return [_view(item, words) for item, words in rows]


def linked(session: Session, items: Sequence[ItemView]) -> list[ItemView]:
    """These items with their links both ways."""
    keys = [item.id for item in items]
    links = _ends(session, keys, here="source_id")
    backlinks = _ends(session, keys, here="target_id")
    return [replace(item, links=links[item.id], backlinks=backlinks[item.id]) for item in items]


def outgoing(session: Session, *, seminar: Seminar, kind: Kind) -> list[ItemView]:
    """All items of one register, whatever became of them, with the links that lead from them."""
    rows = session.exec(
        select(Item, ItemVersion)
        .join(ItemVersion, in_force())
        .where(Item.seminar_id == seminar.id, Item.kind == kind)
        .order_by(col(Item.position), col(Item.code))
    ).all()
    # joined here: after thousands of rows have come in, a database may not know yet how to join them
    ends = {
        key: (code, Kind(other))
        for key, code, other in session.exec(
            select(Item.id, Item.code, Item.kind)
            .where(Item.seminar_id == seminar.id, Item.status == ItemStatus.ACCEPTED)
            .order_by(col(Item.position), col(Item.code))
        )
    }
    order = {key: place for place, key in enumerate(ends)}
    links: dict[UUID, list[tuple[int, int, LinkView]]] = defaultdict(list)
    found = session.execute(
        columns(
            *(col(ItemLink.source_id), col(ItemLink.kind), col(ItemLink.target_id)),
            *(col(ItemLink.value), col(ItemLink.position)),
        ).where(col(ItemLink.seminar_id) == seminar.id)
    )
    for key, word, target, value, place in found:
        if target in ends:
            code, other = ends[target]
            links[key].append((place, order[target], LinkView(word, code, "", other, value)))
    return [
        _view(item, words, links=[view for *_, view in sorted(links[item.id], key=lambda one: one[:2])])
        for item, words in rows
    ]


def item(session: Session, *, seminar: Seminar, code: str) -> ItemView | None:
    """The item of that code, whatever its status, or None."""
    found = _views(session, Item.seminar_id == seminar.id, Item.code == code)
    return found[0] if found else None


def views(session: Session, versions: Mapping[UUID, int]) -> dict[UUID, ItemView]:
    """Each item by its key in the wording of the given number, as a round has frozen it."""
    found: dict[UUID, ItemView] = {}
    for keys in batches(versions):
        rows = session.exec(select(Item, ItemVersion).join(ItemVersion).where(col(Item.id).in_(keys))).all()
        chosen = [_view(item, words) for item, words in rows if words.number == versions[item.id]]
        found |= {view.id: view for view in linked(session, chosen)}
    return found


def counts(session: Session, *, seminar: Seminar) -> dict[Kind, int]:
    """How many accepted items each register holds."""
    rows = session.exec(
        select(Item.kind, func.count())
        .where(Item.seminar_id == seminar.id, Item.status == ItemStatus.ACCEPTED)
        .group_by(col(Item.kind))
    ).all()
    found = dict(rows)
    return {kind: found.get(kind, 0) for kind in Kind}


def statuses(session: Session, *, seminar: Seminar, kind: Kind) -> dict[ItemStatus, int]:
    """How many items of a register stand, and how many were merged or withdrawn."""
    rows = session.exec(
        select(Item.status, func.count())
        .where(Item.seminar_id == seminar.id, Item.kind == kind)
        .group_by(col(Item.status))
    ).all()
    found = dict(rows)
    return {status: found.get(status, 0) for status in ItemStatus}


def sectors(session: Session, *, seminar: Seminar) -> list[Sector]:
    """The sectors of the seminar in their order."""
    return list(
        session.exec(
            select(Sector)
            .where(Sector.seminar_id == seminar.id)
            .order_by(col(Sector.position), col(Sector.code))
        )
    )


def vocabularies(session: Session, *, seminar: Seminar) -> dict[str, dict[str, str]]:
    """The words that fields are chosen from, value to label; sectors are among them."""
    found: dict[str, list[dict[str, str]]] = seminar.mandate.get("vocabularies", {})
    own = {name: {entry["value"]: entry["label"] for entry in entries} for name, entries in found.items()}
    return own | {"sector": {sector.code: sector.label for sector in sectors(session, seminar=seminar)}}


def by_codes(session: Session, *, seminar: Seminar, codes: Iterable[str]) -> dict[str, Item]:
    """The items of these codes, whatever became of them."""
    found: dict[str, Item] = {}
    for batch in batches(set(codes)):
        rows = session.exec(select(Item).where(Item.seminar_id == seminar.id, col(Item.code).in_(batch)))
        found |= {item.code: item for item in rows}
    return found


def glossary(session: Session, *, seminar: Seminar) -> list[GlossaryTerm]:
    """The terms in their order."""
    return list(
        session.exec(
            select(GlossaryTerm)
            .where(GlossaryTerm.seminar_id == seminar.id)
            .order_by(col(GlossaryTerm.position), col(GlossaryTerm.key))
        )
    )


def _views(session: Session, *where: ColumnElement[bool] | bool) -> list[ItemView]:
    rows = session.exec(
        select(Item, ItemVersion)
        .join(ItemVersion, in_force())
        .where(*where)
        .order_by(col(Item.position), col(Item.code))
    ).all()
    return linked(session, [_view(item, words) for item, words in rows])


def _view(item: Item, words: ItemVersion, **ends: list[LinkView]) -> ItemView:
    return ItemView(
        id=item.id,
        code=item.code,
        kind=item.kind,
        position=item.position,
        status=item.status,
        version=words.number,
        title=words.title,
        text=words.text,
        fields=words.fields,
        **ends,
    )


def _ends(
    session: Session, keys: Iterable[UUID], *, here: Literal["source_id", "target_id"]
) -> dict[UUID, list[LinkView]]:
    """For each of the items the far ends of its links; those that lead away in their own order."""
    ends: dict[UUID, list[LinkView]] = defaultdict(list)
    away = here == "source_id"
    near, far = ItemLink.source_id, ItemLink.target_id
    if not away:
        near, far = far, near
    # seen from its target, links have no order of their own: the register's is taken
    order = [col(ItemLink.position)] if away else []
    for batch in batches(keys):
        rows = session.execute(
            columns(
                *(col(near), col(ItemLink.kind), col(Item.code)),
                *(col(ItemVersion.title), col(Item.kind), col(ItemLink.value)),
            )
            .join_from(ItemLink, Item, col(far) == Item.id)
            .join(ItemVersion, in_force())
            .where(col(near).in_(batch), col(Item.status) == ItemStatus.ACCEPTED)
            .order_by(*order, col(Item.position), col(Item.code))
        )
        for key, *view in rows:
            ends[key].append(LinkView(*view))
    return ends


def names(session: Session, keys: Iterable[UUID], *statuses: ItemStatus) -> dict[UUID, tuple[str, str]]:
    """Code and title in force of each of the items, or of those only that stand like this."""
    found: dict[UUID, tuple[str, str]] = {}
    for batch in batches(keys):
        rows = session.exec(
            select(Item.id, Item.code, ItemVersion.title)
            .join(ItemVersion, in_force())
            .where(col(Item.id).in_(batch), col(Item.status).in_(statuses or tuple(ItemStatus)))
        )
        found |= {key: (code, title) for key, code, title in rows}
    return found


def in_force() -> ColumnElement[bool]:
    """What joins an item to the wording that it has now."""
    return and_(col(ItemVersion.item_id) == Item.id, col(ItemVersion.number) == Item.version)


def batches(keys: Iterable[K]) -> Iterable[list[K]]:
    """The keys in portions of which each fits into one statement."""
    everything = list(keys)
    return (everything[start : start + BATCH] for start in range(0, len(everything), BATCH))
