"""Paragraphs and tables in the XML of Word, read from left to right or from right to left as their text is.

python-docx builds a table cell by cell, and takes minutes for hundreds of rows; a table as text is there
at once.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from app.spreadsheet.workbook import UNWRITABLE

RIGHT_TO_LEFT, LEFT_TO_RIGHT = frozenset({"R", "AL"}), "L"
TAGS = {"en": "en-GB", "ar": "ar-SA", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU", "zh": "zh-CN"}
CODE = re.compile(r"^\W*[A-Z]{1,6}-?[0-9]{1,4}\b")
# twentieths of a point in a centimetre
CENTIMETRE = 567


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its text, the style that it has, and whether it stands in the middle."""

    text: str
    style: str = ""
    centred: bool = False
    # not parted by the end of a page from what follows
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a table."""

    lines: tuple[Line, ...]
    shaded: bool = False


def reads_from_right(text: str, *, otherwise: bool) -> bool:
    """Whether the text does, by the first of its letters that tells; a text of figures as its form.

    The code before a title, which is in Latin letters in every language, tells nothing.
    """
    for sign in CODE.sub("", text):
        kind = unicodedata.bidirectional(sign)
        if kind in RIGHT_TO_LEFT:
            return True
        if kind == LEFT_TO_RIGHT:
            return False
    return otherwise


def paragraph(line: Line, language: str, *, rtl: bool) -> str:
    """The paragraph as XML."""
    from_right = reads_from_right(line.text, otherwise=rtl)
    style = f'<w:pStyle w:val="{line.style}"/>' if line.style else ""
    bidi = "<w:bidi/>" if from_right else ""
    kept = "<w:keepNext/>" if line.kept else ""
    centre = '<w:jc w:val="center"/>' if line.centred else ""
    tag = TAGS.get(language, "en-GB")
    rtl_run = f'<w:rtl/><w:lang w:bidi="{tag}"/>' if from_right else f'<w:lang w:val="{tag}"/>'
    pieces = UNWRITABLE.sub("", line.text).split("\n")
    said = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in pieces)
    return f"<w:p><w:pPr>{style}{kept}{bidi}{centre}</w:pPr><w:r><w:rPr>{rtl_run}</w:rPr>{said}</w:r></w:p>"


def table(
    heads: Sequence[Box],
    rows: Iterable[Sequence[Box]],
    widths: Sequence[int],
    language: str,
    *,
    rtl: bool,
    height: float = 0,
) -> str:
    """A table with a head that is repeated on every page; the columns begin at the right if `rtl`.

    `height` is the least of a row, in centimetres.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    order = "<w:bidiVisual/>" if rtl else ""
    properties = (
        f'<w:tblPr><w:tblStyle w:val="TableGrid"/>{order}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="30" w:type="dxa"/>'
        '<w:left w:w="60" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
    )
    head = _row(heads, widths, language, rtl=rtl, head=True) if heads else ""
    body = "".join(_row(row, widths, language, rtl=rtl, height=height) for row in rows)
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"


def _row(
    boxes: Sequence[Box],
    widths: Sequence[int],
    language: str,
    *,
    rtl: bool,
    head: bool = False,
    height: float = 0,
) -> str:
    least = f'<w:trHeight w:val="{round(height * CENTIMETRE)}" w:hRule="atLeast"/>' if height else ""
    marks = f"<w:cantSplit/>{least}" + ("<w:tblHeader/>" if head else "")
    cells = "".join(_cell(box, width, language, rtl) for box, width in zip(boxes, widths, strict=True))
    return f"<w:tr><w:trPr>{marks}</w:trPr>{cells}</w:tr>"


def _cell(box: Box, width: int, language: str, rtl: bool) -> str:  # noqa: FBT001 - private
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF1F4"/>' if box.shaded else ""
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
    return f"<w:tc>{properties}{''.join(paragraph(line, language, rtl=rtl) for line in box.lines)}</w:tc>"


def elements(xml: str) -> list[Any]:
    """The elements of a piece of XML, to be put into a document."""
    return list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"))
