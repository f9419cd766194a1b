"""Tables as an XLSX workbook: texts stay texts, and the same tables give the same bytes."""

import re
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as OpenCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.spreadsheet.tabular import STARTS, Cell, Table

NARROW, WIDE, MARGIN = 11, 70, 3
EPOCH = (1980, 1, 1, 0, 0, 0)
# what XML cannot hold; openpyxl refuses the first, and writes files that do not open with the others
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
CHANGED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def write(tables: Iterable[Table], *, title: str, on: str) -> bytes:
    """The workbook, one sheet a table, dated with a day of the data and not with that of writing."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        _fill(book.create_sheet(table.name), table)
    book.properties.title, book.properties.creator = UNWRITABLE.sub("", title), "Colloquy"
    book.properties.created = datetime.fromisoformat(on)
    out = BytesIO()
    book.save(out)
    return _dated(out, on)


def _fill(sheet: Worksheet, table: Table) -> None:
    for column, name in enumerate(table.columns, 1):
        _put(sheet, 1, column, name)
        sheet.cell(1, column).font = Font(bold=True)
        width = WIDE if name in table.wide else max(NARROW, len(name) + MARGIN)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, cells in enumerate(table.rows, 2):
        for column, cell in enumerate(cells, 1):
            _put(sheet, row, column, cell)
            if table.columns[column - 1] in table.wide:
                sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    if table.rows:
        sheet.auto_filter.ref = sheet.dimensions


def _put(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    if value is None:
        return
    cell = sheet.cell(row, column)
    assert isinstance(cell, OpenCell)
    if not isinstance(value, str):
        cell.value = value
        return
    # a text, whatever it begins with: no formula now, nor when somebody edits the cell
    cell.value = UNWRITABLE.sub("", value)
    cell.data_type = "s"
    if value.startswith(STARTS):
        cell.quotePrefix = True


def _dated(written: BytesIO, on: str) -> bytes:
    """The same archive with one day for all its parts."""
    out = BytesIO()
    with ZipFile(written) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = CHANGED.sub(rb"\g<1>" + f"{on}T00:00:00Z".encode(), content)
            part = ZipInfo(name, EPOCH)
            part.compress_type = ZIP_DEFLATED
            target.writestr(part, content)
    return out.getvalue()
