"""What the page of an item shows: its links, its wordings and how they differ, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app import i18n
from app.i18n import _
from app.models import Seminar
from app.models.registers import ChangeKind, Kind
from app.registers import history, queries, saying, words
from app.registers.drafts import Vocabularies
from app.registers.history import ChangeView, Piece, VersionView
from app.registers.queries import ItemView, LinkView
from app.registers.saying import FieldLine

ORDER = (_("Title"), _("Description"))
# more pieces than that are no help to a reader: then one wording stands after the other
MOST_PIECES = 400


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links of one meaning under a heading."""

    heading: str
    links: list[LinkView]
    value: str | None


@dataclass(frozen=True, slots=True)
class Differing:
    """What differs in one part of the wording, word by word."""

    label: str
    own: bool
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class WordingLine:
    """A wording of the item, and how it differs from the one before."""

    number: int
    minor: bool
    at: datetime
    reason: str
    differing: list[Differing]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """An item, its fields in words, its links grouped by meaning, and its history."""

    item: ItemView
    fields: list[FieldLine]
    groups: list[LinkGroup]
    coverage: list[LinkGroup]
    wordings: list[WordingLine]
    endings: list[ChangeView]
    became: list[tuple[str, str]]
    came_from: list[tuple[str, str]]


def item(session: Session, *, seminar: Seminar, code: str) -> ItemPage | None:
    """The page of the item of that code, or None."""
    found = queries.item(session, seminar=seminar, code=code)
    if found is None:
        return None
    vocabularies = queries.vocabularies(session, seminar=seminar)
    groups = _groups(found)
    endings = [change for change in history.changes(session, found) if _ends(change)]
    return ItemPage(
        item=found,
        fields=saying.lines(found, vocabularies),
        groups=[group for group in groups if group.value is None],
        coverage=[group for group in groups if group.value],
        wordings=_wordings(found.kind, history.versions(session, found), vocabularies),
        endings=endings,
        became=history.became(session, seminar=seminar, code=code) if endings else [],
        came_from=history.came_from(session, seminar=seminar, code=code),
    )


def _ends(change: ChangeView) -> bool:
    return change.kind in {ChangeKind.MERGED, ChangeKind.SPLIT, ChangeKind.RETIRED}


def _wordings(kind: Kind, versions: list[VersionView], vocabularies: Vocabularies) -> list[WordingLine]:
    """The wordings, the latest first, each beside the one before it."""
    before: list[VersionView | None] = [None, *versions]
    return [
        WordingLine(
            number=version.number,
            minor=version.minor,
            at=version.at,
            reason=version.reason,
            differing=_differing(kind, earlier, version, vocabularies) if earlier else [],
        )
        for earlier, version in zip(before, versions, strict=False)
    ][::-1]


def _differing(
    kind: Kind, before: VersionView, after: VersionView, vocabularies: Vocabularies
) -> list[Differing]:
    texts = [(label, True, old, new) for label, (old, new) in zip(ORDER, _texts(before, after), strict=True)]
    for field in words.FIELDS[kind]:
        old, new = (
            saying.in_words(field, version.fields.get(field.name), vocabularies)
            for version in (before, after)
        )
        texts.append((field.label, field.how != "word", old, new))
    return [
        Differing(i18n.gettext(label), own, _legible(old, new))
        for label, own, old, new in texts
        if old != new
    ]


def _texts(before: VersionView, after: VersionView) -> list[tuple[str, str]]:
    return [(before.title, after.title), (before.text, after.text)]


def _legible(old: str, new: str) -> list[Piece]:
    pieces = history.difference(old, new)
    if len(pieces) <= MOST_PIECES:
        return pieces
    return [Piece("removed", old), Piece("added", new)]


def _groups(item: ItemView) -> list[LinkGroup]:
    groups = []
    for meaning in words.LINKS:
        ends = item.links if meaning.direction == "to" else item.backlinks
        links = [
            link
            for link in ends
            if (link.kind, link.item_kind) == (meaning.kind, meaning.other)
            and meaning.value in {None, link.value}
        ]
        if links:
            groups.append(LinkGroup(i18n.gettext(meaning.heading), links, meaning.value))
    return groups
