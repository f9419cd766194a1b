"""A form that came back as a Word file: its codes, and cell by cell what was put in.

It is read from its XML, which was held against every danger before: no document type, no entities, no
more than its size. Tables are known by the keys in their lines, so that their order does not matter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from app.offline import codes
from app.offline.cells import BOX, CROSSED, LONGEST_RAW, Fault, Reading, marked, written
from app.offline.opening import DOCUMENT
from app.offline.returned import Finding, Found
from app.offline.sheet import KEY, Block, Cell, Form, Row
from app.offline.word import NOTE, QUOTE

FOOTER = re.compile(r"word/(footer|header)\d*\.xml")
HEADING = "Heading2"
PARAGRAPH, TABLE, LINE, FIELD = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
TEXT, BREAK, RETURN, TAB, SYMBOL = qn("w:t"), qn("w:br"), qn("w:cr"), qn("w:tab"), qn("w:sym")
# of Wingdings: boxes that are empty
EMPTY_SYMBOLS = frozenset({"F06F", "F0A8", "F071", "F072"})


@dataclass(frozen=True, slots=True)
class Returned:
    """The file as it was parsed."""

    body: Any
    around: str

    @property
    def codes(self) -> list[str]:
        """What looks like a form's code, in its text and at the foot of its pages."""
        lines = [_text(one) for one in self.body.iterchildren(PARAGRAPH)]
        return codes.found_in("\n".join([*lines, self.around]))

    def find(self, form: Form) -> Found:
        """The cells of the form in it."""
        finding, rows = Finding(), form.rows
        blocks = {
            row.key: (f"{section.code}.{block.code}", block)
            for section in form.sections
            for block, row in section.rows
        }
        seen: list[tuple[str, str]] = []
        compared: set[str] = set()
        for one in self.body.iterchildren(PARAGRAPH, TABLE):
            if one.tag == PARAGRAPH:
                seen.append((_style(one), _text(one)))
                continue
            for key, texts in _lines(one, rows):
                _take(finding, rows[key], texts)
                name, block = blocks[key]
                if block.lines and name not in compared:
                    _compare(finding, name, block, seen)
                    compared.add(name)
            seen = []
        return finding.found


def parse(content: bytes) -> Returned:
    """The file, which has been held against every danger."""
    with ZipFile(BytesIO(content)) as archive:
        body = parse_xml(archive.read(DOCUMENT)).find(qn("w:body"))
        if body is None:
            raise ValueError(DOCUMENT)
        feet = [parse_xml(archive.read(name)) for name in archive.namelist() if FOOTER.fullmatch(name)]
    return Returned(body, "\n".join(map(_text, feet)))


def _lines(table: Any, rows: dict[str, Row]) -> Iterator[tuple[str, list[str]]]:
    """The lines of a table that are the form's, each with the texts of its cells."""
    for line in table.iterchildren(LINE):
        texts = [_text(one) for one in line.iter(FIELD)]
        key = next((key for key in KEY.findall(texts[0]) if key in rows), None) if texts else None
        if key is not None:
            yield key, texts


def _take(finding: Finding, row: Row, texts: list[str]) -> None:
    head, fields = texts[0], texts[1:]
    if row.worded:
        finding.compare(row.key, row.wording, head.replace(row.key, ""))
    places = [len(cell.options) if cell.boxes else 1 for cell in row.cells]
    if len(fields) != sum(places):
        said = " | ".join(text.strip() for text in fields)
        for cell in row.cells:
            finding.readings[cell.key].append(Reading("", said[:LONGEST_RAW], Fault.UNCLEAR))
        return
    start = 0
    for cell, width in zip(row.cells, places, strict=True):
        finding.readings[cell.key].append(_read(cell, fields[start : start + width]))
        start += width


def _read(cell: Cell, texts: list[str]) -> Reading:
    return marked(cell, texts) if cell.boxes else written(cell, texts[0])


def _compare(finding: Finding, name: str, block: Block, seen: list[tuple[str, str]]) -> None:
    """Hold what stands over a table against the wording that was printed there."""
    last = max((place for place, (style, _) in enumerate(seen) if style == HEADING), default=0)
    found = [text for style, text in seen[last:] if style not in {NOTE, QUOTE} and text.strip()]
    finding.compare(name, "\n".join(block.lines), "\n".join(found))


def _style(paragraph: Any) -> str:
    named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return named.get(qn("w:val"), "") if named is not None else ""


def _text(element: Any) -> str:
    """All text in the element, with a line for each paragraph; what was struck out is not text."""
    said: list[str] = []
    for one in element.iter(TEXT, BREAK, RETURN, TAB, SYMBOL, PARAGRAPH):
        match one.tag:
            case tag if tag == TEXT:
                said.append(one.text or "")
            case tag if tag == TAB:
                said.append(" ")
            case tag if tag == SYMBOL:
                empty = str(one.get(qn("w:char"), "")).upper() in EMPTY_SYMBOLS
                said.append(BOX if empty else CROSSED)
            case _:
                said.append("\n")
    return "".join(said).strip("\n")
