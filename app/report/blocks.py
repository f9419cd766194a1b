"""What a report is made of, apart from how it is printed: the same blocks for the page, the PDF and Word."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from app.figures.look import Figure


@dataclass(frozen=True, slots=True)
class Text:
    """Some words; `own` are those of the seminar, in its language."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure that is bound to the data; `was` is how it stood when a person last confirmed it."""

    name: str
    text: str
    was: str | None = None
    strong: bool = False
    emphasis: bool = False

    @property
    def changed(self) -> bool:
        """Whether the data say something else than when the sentence around it was confirmed."""
        return self.was is not None and self.was != self.text


@dataclass(frozen=True, slots=True)
class Lost:
    """A place for something that the data do not have (any more)."""

    name: str


@dataclass(frozen=True, slots=True)
class Break:
    """A new line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """What stands at the foot of the page: the figures on which a sentence rests."""

    runs: "tuple[Inline, ...]"


Inline: TypeAlias = Text | Bound | Lost | Break | Link | Footnote


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section; the section's own title has level 1."""

    level: int
    runs: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; those of the main sections are numbered through the whole report."""

    runs: tuple[Inline, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is of blocks."""

    items: "tuple[tuple[Block, ...], ...]"
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of others; `attribution` says to whom they may be ascribed, as the seminar has it."""

    blocks: "tuple[Block, ...]"
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and how much room it takes beside the others.

    `own` words are in the seminar's language, those of a column with a `lang` in that one.
    """

    title: str
    weight: float = 1.0
    numeric: bool = False
    own: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A table with its heading above; `changed` if the data say something else than was confirmed."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    number: int | None = None
    changed: bool = False

    @property
    def is_wide(self) -> bool:
        """Whether it is set in smaller letters."""
        return len(self.columns) > 6  # noqa: PLR2004 - more do not stand beside each other at full size


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureBlock:
    """A drawing with its finding as caption, words for those who do not see it, and its numbers."""

    name: str
    caption: str
    alternative: str
    drawing: Figure = field(repr=False)
    table: TableBlock = field(repr=False)
    note: str = ""
    number: int | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What the platform itself says to whoever edits, and to nobody else: never in an approved report."""

    kind: Literal["lost", "left_out"]
    text: str


Block: TypeAlias = Heading | Paragraph | ListBlock | Quote | TableBlock | FigureBlock | Note
