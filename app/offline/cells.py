"""What stands in a cell that came back: an answer, nothing, or something that a person must settle."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.offline.sheet import TYPOGRAPHY, Cell, Option, plain

BOX = "\N{BALLOT BOX}"
CROSSED = "\N{BALLOT BOX WITH X}"
# what may stand for nothing
EMPTY = re.compile(
    r"[\s_.\u2026\-\u2010-\u2015/\\" + BOX + "\u25a1\u25ab\u25fb\u25cb\u274f\u2752\uf0a8\uf06f]*"
)
MARKS = frozenset(
    "x\u00d7X+v\u2713\u2714\u2611\u2612\u2717\u2718\u2715\u2716\u25a0\u25cf\u2022*\u0445\u0425o\u221a\u2227"
)
WHOLE = re.compile(r"([+-]?[0-9]{1,6})(?:[.,]0+)?")
DECIMAL = re.compile(r"[+-]?[0-9]{1,6}[.,][0-9]+")
LONGEST_RAW = 200


class Fault(StrEnum):
    """Why a cell cannot be taken as it is."""

    NONE = ""
    TWO = "two"
    OFF = "off"
    UNCLEAR = "unclear"
    FORMULA = "formula"
    LONG = "long"
    TWICE = "twice"
    GONE = "gone"
    NEEDED = "needed"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one cell says: its value, empty for nothing; and what stood there, if that is not the same."""

    value: str = ""
    raw: str = ""
    fault: Fault = Fault.NONE
    settled: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody must decide what is meant."""
        return self.fault is not Fault.NONE and not self.settled


def written(cell: Cell, text: str) -> Reading:
    """What was written into a cell.

    Examples
    --------
    >>> scale = Cell(question="Q1", subject="W01", part="OV", head="", low=1, high=9)
    >>> written(scale, " 7 ").value, written(scale, "7-8").fault, written(scale, "10").fault
    ('7', <Fault.UNCLEAR: 'unclear'>, <Fault.OFF: 'off'>)
    """
    if cell.limit is not None:
        return _text(cell.limit, text)
    if EMPTY.fullmatch(text):
        return Reading()
    said = _digits(text).strip(".,;: ")
    chosen = next((option for option in cell.choices if _means(option, said)), None)
    if chosen is not None:
        return Reading(chosen.value)
    raw = " ".join(text.split())[:LONGEST_RAW]
    number = WHOLE.fullmatch(said)
    if number and any(str(int(number[1])) == one.value == one.sign for one in cell.choices):
        return Reading(str(int(number[1])))
    is_number = number or DECIMAL.fullmatch(said)
    return Reading("", raw, Fault.OFF if is_number else Fault.UNCLEAR)


def marked(cell: Cell, texts: Sequence[str]) -> Reading:
    """What was marked in a row of boxes, one text for each option.

    Examples
    --------
    >>> boxes = tuple(Option(str(n), str(n)) for n in (1, 2, 3))
    >>> scale = Cell(question="Q1", subject="W01", part="OV", head="", options=boxes, boxes=True)
    >>> marked(scale, ["", "x", BOX]).value, marked(scale, ["x", "x", ""]).fault
    ('2', <Fault.TWO: 'two'>)
    """
    there = [(option, text) for option, text in zip(cell.options, texts, strict=True) if _is_filled(text)]
    if not there:
        return Reading()
    if len(there) > 1:
        return Reading("", " + ".join(option.shown for option, _ in there)[:LONGEST_RAW], Fault.TWO)
    option, text = there[0]
    if _is_mark(text) or _means(option, _digits(text.replace(BOX, ""))):
        return Reading(option.value)
    return Reading("", f"{option.shown}: {' '.join(text.split())}"[:LONGEST_RAW], Fault.UNCLEAR)


def agree(readings: Sequence[Reading]) -> Reading:
    """What a cell says that stands in the file more than once."""
    said = list(dict.fromkeys(readings))
    if len(said) == 1:
        return said[0]
    filled = [reading for reading in said if reading != Reading()]
    if len(filled) == 1:
        return filled[0]
    raw = " + ".join(reading.raw or reading.value for reading in filled)
    return Reading("", raw[:LONGEST_RAW], Fault.TWICE)


def _text(limit: int, text: str) -> Reading:
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if EMPTY.fullmatch(tidy):
        return Reading()
    if len(tidy) > limit:
        return Reading("", tidy, Fault.LONG)
    return Reading(tidy)


def _means(option: Option, said: str) -> bool:
    """Whether the text names the option: by its sign, its words, or both, as a list writes them."""
    names = {_digits(name) for name in (option.sign, option.label, option.shown) if name}
    sign, dash, _ = said.partition(" - ")
    return said in names or (bool(dash) and sign == _digits(option.sign))


def _digits(text: str) -> str:
    """The text in small letters, with the digits of any script as ours."""
    return "".join(_digit(sign) for sign in plain(text)).casefold()


def _digit(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)


def _is_filled(text: str) -> bool:
    return EMPTY.fullmatch(text) is None


def _is_mark(text: str) -> bool:
    signs = [sign for sign in text if sign != BOX and not sign.isspace() and TYPOGRAPHY.get(ord(sign), sign)]
    return bool(signs) and set(signs) <= MARKS and len(signs) <= 2  # noqa: PLR2004 - "xx" is one mark
