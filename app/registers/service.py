"""Put items into the registers and tie them to each other."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from app.models import Item, ItemLink, ItemVersion, Seminar
from app.models.registers import Kind, LinkKind
from app.registers import kinds


def add_item(
    session: Session,
    *,
    seminar: Seminar,
    kind: Kind,
    code: str,
    title: str,
    text: str = "",
    fields: Mapping[str, Any],
    position: int = 0,
) -> Item:
    """An accepted item in its first wording, its fields as its kind has them."""
    item = Item(seminar_id=seminar.id, kind=kind, code=code, position=position)
    wording = ItemVersion(
        item_id=item.id, number=1, title=title, text=text, fields=kinds.fields_of(kind, fields)
    )
    session.add(item)
    session.flush()  # its wording refers to it
    session.add(wording)
    return item


def link(
    session: Session,
    *,
    source: Item,
    kind: LinkKind,
    target: Item,
    value: str | None = None,
    position: int = 0,
) -> ItemLink:
    """The one item bears on the other, in a way that their kinds allow."""
    if not kinds.may_link(source.kind, kind, target.kind):
        raise ValueError(f"no {source.kind} {kind} any {target.kind}")
    if source.seminar_id != target.seminar_id:
        raise ValueError("items of two seminars cannot be linked")
    tie = ItemLink(
        seminar_id=source.seminar_id,
        source_id=source.id,
        kind=kind,
        target_id=target.id,
        value=value,
        position=position,
    )
    session.add(tie)
    return tie
