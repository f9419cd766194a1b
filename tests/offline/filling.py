"""Fill in a form as a person would: in Word or a spreadsheet, cell by cell, by the keys that stand on it."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, Protocol
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from openpyxl import load_workbook

from app.offline.cells import BOX
from app.offline.sheet import KEY, Cell, Form
from app.offline.workbook import ANSWER
from app.offline.workbook import KEY as KEY_COLUMN

CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}")


class Pen(Protocol):
    """Puts texts or marks into the cells of a file."""

    def __call__(self, content: bytes, form: Form, answers: Mapping[str, str]) -> bytes:
        """The file with the value of each cell, by the cell's key, as its author would write it."""


def in_word(content: bytes, form: Form, answers: Mapping[str, str]) -> bytes:
    document = Document(BytesIO(content))
    places = {row.key: row for row in form.rows.values()}
    for table in document.tables:
        for line in table.rows:
            cells = line.cells
            key = next((one for one in KEY.findall(cells[0].text) if one in places), None)
            if key is None:
                continue
            at = 1
            for cell in places[key].cells:
                width = len(cell.options) if cell.boxes else 1
                if cell.key in answers:
                    _write_word(cells[at : at + width], cell, answers[cell.key])
                at += width
    return _saved(document.save)


def _write_word(fields: Any, cell: Cell, value: str) -> None:
    if cell.boxes:
        for field, option in zip(fields, cell.options, strict=True):
            field.text = "x" if option.value == value else BOX
        return
    sign = next((option.sign for option in cell.choices if option.value == value), value)
    fields[0].text = sign


def in_workbook(content: bytes, form: Form, answers: Mapping[str, str]) -> bytes:
    book = load_workbook(BytesIO(content))
    cells = form.cells
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            key = row[0].value
            if key not in answers:
                continue
            cell, field = cells[str(key)], row[ANSWER - KEY_COLUMN]
            found = next((option for option in cell.choices if option.value == answers[cell.key]), None)
            if found is None:
                field.value = answers[cell.key]
            else:
                is_number = (cell.scale or cell.low is not None) and found.sign == found.value
                field.value = int(found.sign) if is_number else found.shown
    return _saved(book.save)


PENS: dict[str, Pen] = {"docx": in_word, "xlsx": in_workbook}


def in_line(content: bytes, key: str, change: Callable[[Any], None]) -> bytes:
    """The Word file with the line of this key changed."""
    document = Document(BytesIO(content))
    lines = [line for table in document.tables for line in table.rows if key in line.cells[0].text.split()]
    assert len(lines) == 1, key
    change(lines[0].cells)
    return _saved(document.save)


def reworded(content: bytes, old: str, new: str) -> bytes:
    """The Word file with other words in the headings and texts outside of tables."""
    document = Document(BytesIO(content))
    for paragraph in document.paragraphs:
        if old in paragraph.text:
            paragraph.text = paragraph.text.replace(old, new)
    return _saved(document.save)


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The archive with one part put in or in place of another."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for one in source.namelist():
            if one != name:
                target.writestr(one, source.read(one))
        target.writestr(name, part)
    return out.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


def everything_in(content: bytes) -> str:
    """All parts of the archive as one text, with their names."""
    with ZipFile(BytesIO(content)) as archive:
        return "\n".join(
            f"{name}\n{archive.read(name).decode(errors='replace')}" for name in archive.namelist()
        )


def code_in(content: bytes) -> str:
    """The code that the form bears."""
    found = CODE.findall(everything_in(content))
    assert len(set(found)) == 1, found
    return str(found[0])


def _saved(save: Callable[[BytesIO], None]) -> bytes:
    out = BytesIO()
    save(out)
    return out.getvalue()
