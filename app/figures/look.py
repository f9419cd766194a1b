"""How every figure looks: its colours on light and dark ground, its two widths, its letters."""

import unicodedata
from dataclasses import dataclass
from typing import Any, Literal

Theme = Literal["light", "dark"]
Width = Literal["wide", "narrow"]

# Liberation Sans comes with the renderer and has the measures of Arial and Helvetica, so that a
# figure is laid out alike on every machine and reads alike in every viewer; nothing is fetched.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
NARROW = frozenset("fijlrtI .,:;'’|!()[]/-")  # noqa: RUF001 - the apostrophe of print
TOTAL_WIDTH: dict[Width, int] = {"wide": 1040, "narrow": 360}
# as wide as the text of a printed page, on which letters of twelve pixels become some of eight points
PAPER_WIDTH = 760


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours that differ in lightness too, so that a grey print still reads."""

    ground: str
    ink: str
    soft: str
    line: str
    accent: str
    range: str
    favourable: str
    undecided: str
    unfavourable: str
    on_favourable: str
    on_undecided: str
    on_unfavourable: str
    groups: tuple[str, ...]
    on_group: str
    tile: str
    doubt: str


PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        ground="#ffffff",
        ink="#1c2326",
        soft="#545e62",
        line="#e4e0d6",
        accent="#0d5a60",
        range="#a3c3c2",
        favourable="#23696d",
        undecided="#e6e1d6",
        unfavourable="#dd9a5c",
        on_favourable="#ffffff",
        on_undecided="#1c2326",
        on_unfavourable="#1c2326",
        groups=("#0d5a60", "#2f58a5", "#5d6a16", "#a3480b", "#7a3b86"),
        on_group="#ffffff",
        tile="#f1eee7",
        doubt="#a3480b",
    ),
    "dark": Palette(
        ground="#1a2224",
        ink="#e9e6df",
        soft="#a7b0b1",
        line="#2e393c",
        accent="#8fd6d4",
        range="#3f6668",
        favourable="#7cc7c5",
        undecided="#414d50",
        unfavourable="#c07f44",
        on_favourable="#07201f",
        on_undecided="#e9e6df",
        on_unfavourable="#14100b",
        groups=("#7cc7c5", "#9dbff2", "#c2d070", "#f2a567", "#d9aae2"),
        on_group="#0d1214",
        tile="#242e31",
        doubt="#f2a567",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One of the four ways in which a figure is drawn; or `paper`, for a page of print.

    On paper it is laid out as on a wide page with less room, and without the words around it: these stand
    as text of the document.
    """

    theme: Theme = "light"
    width: Width = "wide"
    paper: bool = False

    @property
    def palette(self) -> Palette:
        """The colours."""
        return PALETTES[self.theme]

    @property
    def total(self) -> int:
        """The width of the whole picture in pixels."""
        return PAPER_WIDTH if self.paper else TOTAL_WIDTH[self.width]

    def fitted(self, pixels: int) -> int:
        """So much of a wide page, or its part of one of print."""
        return round(pixels * PAPER_WIDTH / TOTAL_WIDTH["wide"]) if self.paper else pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What stands around a figure: the finding, how to read it, and n, round and date."""

    title: str
    subtitle: str
    note: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A specification with the words for readers who do not see it."""

    spec: dict[str, Any]
    title: str
    description: str
    width: int
    height: int
    subtitle: str = ""
    note: str = ""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is at most, near enough to break lines and to keep columns apart."""
    return size * sum(map(_advance, text)) * (1.06 if bold else 1.0)


def _advance(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in NARROW:
        return 0.334
    return 0.78 if letter.isupper() or letter in "mw%—" else 0.556


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in lines that fit; a script without spaces breaks between any two signs."""
    lines: list[str] = []
    for word in _pieces(text):
        if lines and text_width(lines[-1] + word.rstrip(), size, bold=bold) <= width:
            lines[-1] += word
        else:
            lines.append(word)
    return [line.strip() for line in lines] or [""]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for word in text.split():
        if any(unicodedata.east_asian_width(letter) in "WF" for letter in word):
            pieces += [*word[:-1], word[-1] + " "]
        else:
            pieces.append(word + " ")
    return pieces
