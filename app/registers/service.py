"""Put items into the registers, tie them to each other, and settle what becomes of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, func, select

from app import audit
from app.errors import AppError, Invalid
from app.models import Item, ItemChange, ItemLink, ItemVersion, Person, Seminar
from app.models.registers import ChangeKind, ItemStatus, Kind, LinkKind
from app.registers import codes, drafts, faults, kinds, links, queries
from app.registers.asked import asked_in_open_round
from app.registers.drafts import ItemDraft, NewItem, Wording

__all__ = [
    "NewItem",
    "accept",
    "add_item",
    "asked_in_open_round",
    "faults_of",
    "link",
    "merge",
    "next_code",
    "relink",
    "retire",
    "reword",
    "split",
]

LONGEST_REASON = 1000
FEWEST_PARTS = 2


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


def next_code(session: Session, *, seminar: Seminar, kind: Kind, title: str = "") -> str:
    """The code after those of the register; where these are names, one from the title's initials."""
    rows = session.exec(select(Item.kind, Item.code).where(Item.seminar_id == seminar.id)).all()
    own = [code for found, code in rows if found is kind]
    return codes.Coiner(kind, own, {code for _, code in rows}).coin(title)


def faults_of(session: Session, *, seminar: Seminar, draft: ItemDraft) -> dict[str, AppError]:
    """What would be refused if the draft became an item, by the names of fields and kinds of links."""
    vocabularies = queries.vocabularies(session, seminar=seminar)
    _, wrong = drafts.check(draft.kind, draft.title, draft.text, draft.fields, vocabularies)
    return wrong | links.resolve(session, seminar=seminar, kind=draft.kind, wanted=draft.links)[2]


def accept(
    session: Session,
    *,
    seminar: Seminar,
    kind: Kind,
    title: str,
    text: str,
    fields: Mapping[str, Any],
    links: Mapping[str, Sequence[str]],
    reason: str,
    by: Person | None,
    code: str | None = None,
) -> Item:
    """A new item at the end of its register, with its links, and the line that says why."""
    draft = NewItem(title, text, fields, links, code)
    errors: dict[str, AppError] = {}
    reason = _reason(reason, errors)
    item = _add(session, seminar, kind, draft, errors)
    _change(session, item, ChangeKind.ACCEPTED, reason)
    _record(session, "accept", item, by, reason=reason)
    return item


def reword(
    session: Session,
    *,
    item: Item,
    title: str,
    text: str,
    fields: Mapping[str, Any],
    minor: bool,
    reason: str,
    by: Person | None,
) -> ItemVersion:
    """The item's next wording; a major one is refused while a round that is open asks about it."""
    _lock(session, [item])
    _require_standing(item)
    if not minor:
        _require_unasked(session, [item])
    errors: dict[str, AppError] = {}
    reason = _reason(reason, errors)
    seminar = session.get_one(Seminar, item.seminar_id)
    wording = _checked(session, seminar, item.kind, NewItem(title, text, fields), errors)
    version = new_version(session, item=item, wording=wording, minor=minor)
    _change(session, item, ChangeKind.REWORDED, reason)
    _record(session, "reword", item, by, version=version.number, minor=minor, reason=reason)
    return version


def new_version(session: Session, *, item: Item, wording: Wording, minor: bool) -> ItemVersion:
    """The wording as the item's next version; one that is the same by the letter is refused."""
    now = session.exec(
        select(ItemVersion).where(ItemVersion.item_id == item.id, ItemVersion.number == item.version)
    ).one()
    if Wording(now.title, now.text, now.fields) == wording:
        raise Invalid({"title": faults.NothingChanged()})
    item.version += 1
    version = ItemVersion(
        item_id=item.id,
        number=item.version,
        title=wording.title,
        text=wording.text,
        fields=wording.fields,
        minor=minor,
    )
    session.add(item)
    session.add(version)
    session.flush()
    return version


def merge(session: Session, *, item: Item, into: Item, reason: str, by: Person | None) -> None:
    """The item goes on in another one of its kind, which gets its links too."""
    if item.id == into.id:
        raise faults.IntoItself({"into": faults.IntoItself()})
    if (item.kind, item.seminar_id) != (into.kind, into.seminar_id):
        raise faults.OtherKind({"into": faults.OtherKind()})
    _lock(session, [item, into])
    # only what stands is merged, and only into what stands: no way leads back to where it began
    _require_standing(item)
    _require_standing(into)
    _require_unasked(session, [item])
    reason = given_reason(reason)
    links.pass_on(session, item=item, to=[into])
    item.status = ItemStatus.MERGED
    _change(session, item, ChangeKind.MERGED, reason, into=into)
    _record(session, "merge", item, by, into=into.code, reason=reason)


def split(
    session: Session, *, item: Item, parts: Sequence[NewItem], reason: str, by: Person | None
) -> list[Item]:
    """The item goes on in several new ones, which get its links unless they bring their own.

    What is wrong with a part is told by its number, as in `2.title`.
    """
    _lock(session, [item])
    _require_standing(item)
    _require_unasked(session, [item])
    errors: dict[str, AppError] = {}
    reason = _reason(reason, errors)
    if len(parts) < FEWEST_PARTS:
        errors["parts"] = faults.TooFewParts()
    seminar = session.get_one(Seminar, item.seminar_id)
    made = _parts(session, seminar, item, parts, errors)
    for part, new in zip(parts, made, strict=True):
        links.pass_on(session, item=item, to=[new], both_ways=part.links is None)
        _change(session, item, ChangeKind.SPLIT, reason, into=new)
    item.status = ItemStatus.WITHDRAWN
    _record(session, "split", item, by, into=", ".join(new.code for new in made), reason=reason)
    return made


def retire(session: Session, *, item: Item, reason: str, by: Person | None) -> None:
    """The item is no longer in its register; its page stays."""
    _lock(session, [item])
    _require_standing(item)
    _require_unasked(session, [item])
    reason = given_reason(reason)
    item.status = ItemStatus.WITHDRAWN
    _change(session, item, ChangeKind.RETIRED, reason)
    _record(session, "retire", item, by, reason=reason)


def relink(
    session: Session, *, item: Item, links: Mapping[str, Sequence[str]], by: Person | None = None
) -> None:
    """For each kind of link that is named, the item leads to these codes and to no others.

    A grade stands behind its code, as in `E01=full`.
    """
    seminar = session.get_one(Seminar, item.seminar_id)
    if _tie(session, seminar, item, links):
        _record(session, "relink", item, by, kinds=", ".join(sorted(links)))


def _tie(session: Session, seminar: Seminar, item: Item, wanted: Mapping[str, Sequence[str]]) -> bool:
    """Set the links; whether this changed any."""
    ties, targets, errors = links.resolve(session, seminar=seminar, kind=item.kind, wanted=wanted)
    if errors:
        raise Invalid(errors)
    words = {LinkKind(word) for word in wanted}
    if set(ties) == links.standing(session, item=item, words=words):
        return False
    links.replace(session, item=item, words=words, ties=ties, targets=targets)
    return True


def _add(session: Session, seminar: Seminar, kind: Kind, draft: NewItem, errors: dict[str, AppError]) -> Item:
    """A new item with its links, at the end of its register; Invalid with these errors and its own."""
    _, _, wrong = links.resolve(session, seminar=seminar, kind=kind, wanted=draft.links or {})
    errors |= wrong
    code = (draft.code or "").strip()
    if code:
        errors |= _code_fault(session, seminar, code)
    wording = _checked(session, seminar, kind, draft, errors)
    item = add_item(
        session,
        seminar=seminar,
        kind=kind,
        code=code or next_code(session, seminar=seminar, kind=kind, title=wording.title),
        title=wording.title,
        text=wording.text,
        fields=wording.fields,
        position=last_position(session, seminar=seminar, kind=kind) + 1,
    )
    session.flush()
    if draft.links:
        _tie(session, seminar, item, draft.links)
    return item


def _parts(
    session: Session, seminar: Seminar, item: Item, parts: Sequence[NewItem], errors: dict[str, AppError]
) -> list[Item]:
    """The items into which one is split, once all of them are as they should be."""
    vocabularies = queries.vocabularies(session, seminar=seminar)
    given = [part.code for part in parts if part.code]
    for number, part in enumerate(parts, 1):
        _, wrong = drafts.check(item.kind, part.title, part.text, part.fields, vocabularies)
        if part.links:
            wrong |= links.resolve(session, seminar=seminar, kind=item.kind, wanted=part.links)[2]
        if part.code:
            twice = given.count(part.code) > 1
            wrong |= {"code": faults.CodeTaken(code=part.code)} if twice else {}
            wrong |= _code_fault(session, seminar, part.code)
        errors |= {f"{number}.{name}": error for name, error in wrong.items()}
    if errors:
        raise Invalid(errors)
    return [_add(session, seminar, item.kind, part, {}) for part in parts]


def last_position(session: Session, *, seminar: Seminar, kind: Kind) -> int:
    """The place of the last item of a register, -1 where there is none."""
    last = session.exec(
        select(func.max(Item.position)).where(Item.seminar_id == seminar.id, Item.kind == kind)
    ).one()
    return -1 if last is None else last


def _checked(
    session: Session, seminar: Seminar, kind: Kind, draft: NewItem, errors: dict[str, AppError]
) -> Wording:
    vocabularies = queries.vocabularies(session, seminar=seminar)
    wording, wrong = drafts.check(kind, draft.title, draft.text, draft.fields, vocabularies)
    if wording is None or errors:
        raise Invalid(wrong | errors)
    return wording


def _code_fault(session: Session, seminar: Seminar, code: str) -> dict[str, AppError]:
    if not codes.is_code(code):
        return {"code": faults.NotACode(limit=codes.LONGEST)}
    if queries.by_codes(session, seminar=seminar, codes=[code]):
        return {"code": faults.CodeTaken(code=code)}
    return {}


def _reason(reason: str, errors: dict[str, AppError]) -> str:
    reason = reason.strip()
    if not reason:
        errors["reason"] = faults.ReasonMissing()
    if len(reason) > LONGEST_REASON:
        errors["reason"] = faults.TooLong(limit=LONGEST_REASON)
    return reason


def given_reason(reason: str) -> str:
    """The reason, trimmed; Invalid if there is none."""
    errors: dict[str, AppError] = {}
    reason = _reason(reason, errors)
    if errors:
        raise Invalid(errors)
    return reason


def _lock(session: Session, items: Iterable[Item]) -> None:
    """Whoever settles what becomes of an item waits for the one who does so already."""
    keys = sorted(item.id for item in items)
    locked = select(Item).where(col(Item.id).in_(keys)).order_by(col(Item.id)).with_for_update()
    session.exec(locked.execution_options(populate_existing=True)).all()


def _require_standing(item: Item) -> None:
    if item.status is not ItemStatus.ACCEPTED:
        raise faults.NotStanding(code=item.code)


def _require_unasked(session: Session, items: Sequence[Item]) -> None:
    asked = asked_in_open_round(session, items)
    if asked:
        raise faults.AskedNow(codes=", ".join(item.code for item in items if item.id in asked))


def _change(session: Session, item: Item, kind: ChangeKind, reason: str, *, into: Item | None = None) -> None:
    into_id = into.id if into else None
    session.add(item)
    session.add(ItemChange(item_id=item.id, kind=kind, version=item.version, into_id=into_id, reason=reason))
    session.flush()


def _record(session: Session, deed: str, item: Item, by: Person | None, **details: Any) -> None:
    audit.record(
        session,
        f"register:item:{deed}",
        actor=by.id if by else None,
        seminar=item.seminar_id,
        subject=item.code,
        **details,
    )
