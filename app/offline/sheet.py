"""A round as a form: what stands on it, and what may stand in each of its cells; without a file or a person.

A form has a section for each question, a section blocks, a block grids of rows, and a row cells to fill
in. The same form is written as Word and as a workbook, and laid beside what comes back.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

# how the rows and cells of a form are named in the file: `Q1.W01.OV`
KEY = re.compile(r"Q[A-Za-z0-9]{1,11}(?:\.[A-Za-z0-9_-]+){1,4}")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen: its value, the sign that stands for it, and its words."""

    value: str
    sign: str
    label: str = ""

    @property
    def shown(self) -> str:
        """Sign and words together, as a list offers them."""
        return f"{self.sign} \N{EN DASH} {self.label}" if self.label else self.sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One place for an answer: one of `options`, a whole number, or a text of at most `limit` characters.

    With `boxes` each option has a box to mark; else the answer is written. The numbers of a `scale` speak for
    themselves. `required`: everyone is asked
    for it; `needed`: whoever fills in the rest of the line. `printed` is the value that stands in it already.
    """

    question: str
    subject: str
    part: str
    head: str
    options: tuple[Option, ...] = ()
    low: int | None = None
    high: int | None = None
    limit: int | None = None
    boxes: bool = False
    scale: bool = False
    required: bool = False
    needed: bool = False
    printed: str = ""

    @property
    def key(self) -> str:
        """By what it is found again."""
        return f"{self.question}.{self.subject}.{self.part}"

    @property
    def field(self) -> str:
        """What the ballot calls it."""
        return f"{self.subject}.{self.part}"

    @property
    def called(self) -> str:
        """How a message calls it."""
        return f"{self.subject} \N{MIDDLE DOT} {self.head}"

    @property
    def is_text(self) -> bool:
        """Whether a text stands in it, rather than something chosen."""
        return self.limit is not None

    @property
    def choices(self) -> tuple[Option, ...]:
        """All that can be chosen, numbers among them; nothing for a text."""
        if self.low is None or self.high is None:
            return self.options
        numbers = tuple(Option(str(n), str(n)) for n in range(self.low, self.high + 1))
        return numbers + self.options

    def shown(self, value: str) -> str:
        """The value as it reads."""
        return next((option.shown for option in self.choices if option.value == value), value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is asked in one line.

    `worded`: label and detail are the wording of what it is about, in the seminar's language.
    """

    key: str
    label: str
    cells: tuple[Cell, ...]
    detail: str = ""
    worded: bool = False

    @property
    def name(self) -> str:
        """How a line of notes calls it: by the codes of its key, without the question's."""
        return " / ".join(self.key.split(".")[1:])

    @property
    def wording(self) -> str:
        """All that is printed at its head."""
        return f"{self.label}\n{self.detail}" if self.detail else self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows whose cells stand below the same heads."""

    head: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What is asked of one subject, with its wording; or of several in a list, without one.

    `notes` are lines for the reader alone: her own answer and the panel's in the round before.
    """

    code: str = ""
    title: str = ""
    text: str = ""
    notes: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    grids: tuple[Grid, ...]

    @property
    def lines(self) -> list[str]:
        """The wording as it is printed, line by line."""
        title = f"{self.code} {self.title}".strip()
        return [line for line in (title, *self.text.splitlines()) if line.strip()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One question. `whole`: what the form says of it stands as one, and what it leaves blank is none."""

    code: str
    name: str
    prompt: str
    hints: tuple[str, ...]
    blocks: tuple[Block, ...]
    whole: bool = False

    @property
    def rows(self) -> Iterator[tuple[Block, Row]]:
        """Every row, with its block."""
        for block in self.blocks:
            for grid in block.grids:
                for row in grid.rows:
                    yield block, row

    @property
    def cells(self) -> Iterator[Cell]:
        """Every cell."""
        for _, row in self.rows:
            yield from row.cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The whole form; `language` is that of its own words, `content_language` that of what is asked about."""

    code: str
    language: str
    content_language: str
    seminar: str
    number: int
    title: str
    purpose: str
    instructions: str
    closes: str
    zone: str
    on: datetime
    address: str
    sections: tuple[Section, ...] = field(default_factory=tuple)

    @property
    def rows(self) -> dict[str, Row]:
        """Every row by its key."""
        return {row.key: row for section in self.sections for _, row in section.rows}

    @property
    def cells(self) -> dict[str, Cell]:
        """Every cell by its key, in the order of the form."""
        return {cell.key: cell for section in self.sections for cell in section.cells}

    @property
    def name(self) -> str:
        """The name of its file, without an ending: the round and the code, and nothing of a person."""
        return f"R{self.number}-{self.code}"


def plain(text: str) -> str:
    """The text as two of them are compared: without what word processors change by themselves.

    Examples
    --------
    >>> plain("Mark\u00a0every  \u201cround\u201d \u2013 now") == plain('Mark every "round" - now')
    True
    """
    text = unicodedata.normalize("NFKC", text).translate(TYPOGRAPHY)
    return " ".join(text.split())


TYPOGRAPHY: dict[int, str | None] = {ord(sign): "'" for sign in "\u2018\u2019\u201a\u2032`\u00b4"}
TYPOGRAPHY |= {ord(sign): '"' for sign in "\u201c\u201d\u201e\u00ab\u00bb\u2033"}
TYPOGRAPHY |= {ord(sign): "-" for sign in "\u2010\u2011\u2012\u2013\u2014\u2212"}
TYPOGRAPHY |= dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069\u00ad\ufeff"))
