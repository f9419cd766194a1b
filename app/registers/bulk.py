"""A whole register at once: read for a spreadsheet, written as one, and changed by what one says."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session, SQLModel, col, delete, insert, select

from app import audit, clock
from app.errors import Conflict
from app.models import Item, ItemChange, ItemLink, ItemVersion, Person, Seminar
from app.models.registers import ChangeKind, ItemStatus, Kind, LinkKind
from app.registers import columns, importing, queries, service, sheets
from app.registers.importing import Outcome, Plan, Register, Row
from app.registers.sheets import Sheet
from app.spreadsheet import workbook
from app.spreadsheet.tabular import Table, to_csv

WIDE = frozenset({"title", "text", "note", "trade_off", "words", "source"})
FIRST_DAY = "1980-01-01"
Values = dict[str, Any]


class ChangedMeanwhile(Conflict):
    """The register is no longer as it was when the preview was made."""

    message = "The register was changed since this preview was made. Please look at the new preview."


def register(session: Session, *, seminar: Seminar, kind: Kind) -> Register:
    """The register as it stands, with all that was merged or withdrawn."""
    rows = session.exec(select(Item.code, Item.kind, Item.status).where(Item.seminar_id == seminar.id)).all()
    standing = queries.titles(session, seminar=seminar, kind=Kind.ELEMENT)
    return Register(
        kind=kind,
        present={view.code: view for view in queries.outgoing(session, seminar=seminar, kind=kind)},
        known={code: (Kind(of), ItemStatus(status)) for code, of, status in rows},
        elements=[element.code for element in standing],
        vocabularies=queries.vocabularies(session, seminar=seminar),
    )


def preview(session: Session, found: Register, sheet: Sheet, *, minor: bool) -> Plan:
    """What the sheet would do, row by row."""
    views = found.present.values()
    asked = frozenset(service.asked_in_open_round(session, views))
    return importing.plan(replace(found, asked=asked), sheet, minor=minor)


def apply(
    session: Session,
    found: Register,
    sheet: Sheet,
    *,
    seminar: Seminar,
    minor: bool,
    seen: str,
    reason: str,
    by: Person | None,
) -> Plan:
    """Do what the preview showed whose digest was `seen`; rows that are refused are left out."""
    plan = preview(session, found, sheet, minor=minor)
    if plan.digest != seen:
        raise ChangedMeanwhile
    reason = service.given_reason(reason)
    _write(session, seminar, plan, reason)
    counts = plan.counts
    audit.record(
        session,
        "register:register:import",
        actor=by.id if by else None,
        seminar=seminar.id,
        subject=plan.kind.value,
        new=counts[Outcome.NEW],
        changed=counts[Outcome.CHANGED],
        refused=counts[Outcome.REFUSED],
        minor=minor,
        reason=reason,
    )
    return plan


def _write(session: Session, seminar: Seminar, plan: Plan, reason: str) -> None:
    """The rows that do something, table by table."""
    done = [row for row in plan.rows if row.outcome in {Outcome.NEW, Outcome.CHANGED}]
    items = _items(session, seminar, plan)
    versions: list[Values] = []
    changes: list[Values] = []
    for row in done:
        item = items[row.code]
        if row.wording:
            item.version += row.view is not None
            versions.append(_version(item, row, minor=plan.minor))
            changes.append(_change(item, ChangeKind.IMPORTED, reason))
        if row.retired:
            item.status = ItemStatus.WITHDRAWN
            changes.append(_change(item, ChangeKind.RETIRED, reason))
    session.flush()
    _insert(session, ItemVersion, versions)
    _insert(session, ItemChange, changes)
    _relink(session, seminar, [row for row in done if row.ties is not None], items)


def _items(session: Session, seminar: Seminar, plan: Plan) -> dict[str, Item]:
    """The items of the rows by their codes; new ones are made at the end of the register."""
    place = service.last_position(session, seminar=seminar, kind=plan.kind)
    new = [
        Item(seminar_id=seminar.id, kind=plan.kind, code=row.code, position=place + number)
        for number, row in enumerate(plan.of(Outcome.NEW), 1)
    ]
    _insert(session, Item, [item.model_dump() for item in new])
    changed = [row.code for row in plan.of(Outcome.CHANGED)]
    items = queries.by_codes(session, seminar=seminar, codes=changed)
    return items | {item.code: item for item in new}


def _version(item: Item, row: Row, *, minor: bool) -> Values:
    wording = row.wording
    assert wording is not None
    # a first wording is minor to none
    minor = minor and row.view is not None
    return _row(item_id=item.id, number=item.version, minor=minor, **asdict(wording))


def _change(item: Item, kind: ChangeKind, reason: str) -> Values:
    return _row(item_id=item.id, kind=kind, version=item.version, into_id=None, reason=reason)


def _relink(session: Session, seminar: Seminar, rows: Sequence[Row], items: dict[str, Item]) -> None:
    """The links of these rows, instead of those of the same kinds that they had to what stands."""
    ends = {tie.code for row in rows for tie in row.ties or ()}
    targets = queries.by_codes(session, seminar=seminar, codes=ends)
    _unlink(session, {items[row.code].id: row.link_words for row in rows if row.view is not None})
    made = [
        _row(
            seminar_id=seminar.id,
            source_id=items[row.code].id,
            kind=tie.kind,
            target_id=targets[tie.code].id,
            value=tie.value,
            position=place,
        )
        for row in rows
        for place, tie in enumerate(row.ties or ())
    ]
    _insert(session, ItemLink, made)


def _unlink(session: Session, words: dict[UUID, frozenset[LinkKind]]) -> None:
    """Take away the links of these kinds that lead from each item to what stands."""
    gone: list[UUID] = []
    for keys in queries.batches(words):
        rows = session.exec(
            select(ItemLink.id, ItemLink.source_id, ItemLink.kind)
            .join(Item, col(ItemLink.target_id) == Item.id)
            .where(col(ItemLink.source_id).in_(keys), Item.status == ItemStatus.ACCEPTED)
        )
        gone += [key for key, source, kind in rows if kind in words[source]]
    for keys in queries.batches(gone):
        session.exec(delete(ItemLink).where(col(ItemLink.id).in_(keys)))


def _row(**values: Any) -> Values:
    """A row of a table, with what every row has: making thousands of objects takes much longer."""
    return {"id": uuid4(), "created_at": clock.now(), **values}


def _insert(session: Session, table: type[SQLModel], rows: Sequence[Values]) -> None:
    """All the rows at once."""
    if rows:
        session.exec(insert(table), params=rows)


def as_csv(found: Register) -> bytes:
    """The register as CSV."""
    names, rows = _cells(found, formulas=True)
    return to_csv(names, rows)


def as_xlsx(found: Register, *, title: str) -> bytes:
    """The register as a workbook of one sheet."""
    names, rows = _cells(found, formulas=False)
    table = Table(found.kind.value, names, [[cell or None for cell in row] for row in rows], WIDE)
    return workbook.write([table], title=title, on=FIRST_DAY)


def _cells(found: Register, *, formulas: bool) -> tuple[list[str], list[list[str]]]:
    named = found.columns
    rows = [
        [sheets.guarded(cell, formulas=formulas) for cell in columns.cells_of(view, named).values()]
        for view in found.present.values()
    ]
    return [column.name for column in named], rows
