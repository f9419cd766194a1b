"""A section's text with everything in its place, and what of it has changed since a person confirmed it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.i18n import gettext
from app.models import ReportSection
from app.report import markup
from app.report.blocks import Block, Bound, Inline, Lost, Note
from app.report.markup import Place
from app.report.sources import Sources


@dataclass(frozen=True, slots=True)
class Resolved:
    """The blocks of a section; the places whose data have changed, and those for which there are none."""

    blocks: tuple[Block, ...]
    changed: tuple[Place, ...]
    lost: tuple[Place, ...]

    @property
    def is_settled(self) -> bool:
        """Whether all that stands in it is what was confirmed."""
        return not (self.changed or self.lost)


def resolve(section: ReportSection, sources: Sources) -> Resolved:
    """The section as it is printed now."""
    finder = _Finder(sources, section.bound)
    blocks = markup.parse(section.body, finder)
    places = markup.places(section.body)
    lost = tuple(place for place in places if not sources.has(place))
    changed = tuple(place for place in places if place not in lost and finder.has_changed(place))
    return Resolved(blocks, changed, lost)


@dataclass(frozen=True, slots=True)
class _Finder:
    sources: Sources
    bound: Mapping[str, str]

    def has_changed(self, place: Place) -> bool:
        """Whether something else stands there than was confirmed; what nobody confirmed has not."""
        was = self.bound.get(place.key)
        return was is not None and was != self.sources.value(place)

    def inline(self, place: Place) -> Inline:
        if place.kind == "number" and place.name in self.sources.numbers:
            return Bound(place.key, self.sources.numbers[place.name].text, self.bound.get(place.key))
        footnote = self.sources.footnote(place.name) if place.kind == "rests" else None
        return footnote or Lost(place.key)

    def blocks(self, place: Place) -> Sequence[Block]:
        changed = self.has_changed(place)
        match place.kind:
            case "figure":
                figure = self.sources.figure(place.name)
                return [replace(figure, changed=changed)] if figure else [_lost(place)]
            case "table":
                table = self.sources.table(place.name)
                return [replace(table, changed=changed)] if table else [_lost(place)]
        return self.sources.words(place.name) or [_lost(place)]


def _lost(place: Place) -> Note:
    return Note(
        "lost", gettext("There is nothing in the published data for [[%(place)s]].") % {"place": place.key}
    )
