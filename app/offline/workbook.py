"""The form as a workbook: a sheet for each question, a line for each answer, and lists to choose from.

Everything is protected but the cells for answers; the keys of the lines stand in a hidden column. Texts are
texts, whatever they begin with.
"""

import re
from collections.abc import Iterator
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as OpenCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.i18n import direction, gettext
from app.offline import archive, wording
from app.offline.sheet import Block, Cell, Form, Option, Row, Section
from app.spreadsheet.tabular import STARTS
from app.spreadsheet.workbook import UNWRITABLE

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTS = "lists"
# key, what it is about, what is asked, what may stand there, the answer, the round before
WIDTHS = (10, 48, 44, 34, 30, 46)
KEY, ABOUT, ASKED, ALLOWED, ANSWER, BEFORE = range(1, 7)
CHANGED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
FILL, HEAD = PatternFill("solid", fgColor="FFF8DC"), PatternFill("solid", fgColor="EEF1F4")
LINE = Side(style="thin", color="BBBBBB")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
WRAPPED = Alignment(wrap_text=True, vertical="top")


def write(form: Form) -> bytes:
    """The file; the same form gives the same bytes."""
    book = Workbook()
    start = book.worksheets[0]
    start.title = _sheet_name(gettext(wording.START))
    _start(start, form)
    lists = _Lists(book.create_sheet(LISTS))
    for section in form.sections:
        _fill(book.create_sheet(section.code), section, lists)
    book.move_sheet(LISTS, len(form.sections))
    for sheet in book.worksheets:
        sheet.sheet_view.rightToLeft = direction(form.language) == "rtl"
        sheet.protection.enable()
        sheet.protection.formatColumns = sheet.protection.formatRows = False
    book[LISTS].sheet_state = "veryHidden"
    book.properties.creator = book.properties.lastModifiedBy = "Colloquy"
    book.properties.title = UNWRITABLE.sub("", f"{form.seminar}: R{form.number}")
    book.properties.identifier = form.code
    day = form.on.replace(tzinfo=None, microsecond=0)
    book.properties.created = day
    out = BytesIO()
    book.save(out)
    stamp = f"{day.isoformat()}Z".encode()
    return archive.rewritten(
        out.getvalue(), lambda name, part: CHANGED.sub(rb"\g<1>" + stamp, part) if "core" in name else part
    )


class _Lists:
    """The lists to choose from, each once, on a sheet that nobody sees."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._known: dict[tuple[str | int, ...], str] = {}

    def place(self, entries: tuple[str | int, ...]) -> str:
        """Where the list stands."""
        if entries not in self._known:
            column = len(self._known) + 1
            for row, entry in enumerate(entries, 1):
                _put(self.sheet, row, column, entry)
            letter = get_column_letter(column)
            self._known[entries] = f"{quote_sheetname(LISTS)}!${letter}$1:${letter}${len(entries)}"
        return self._known[entries]


def _start(sheet: Worksheet, form: Form) -> None:
    sheet.column_dimensions["A"].width = 110
    filling = (wording.FILLING_SHEETS, wording.FILLING[-1])
    lines = [
        form.seminar,
        f"R{form.number} {form.title}",
        gettext(wording.CODE) % {"code": form.code},
        form.purpose,
        form.instructions,
        gettext(wording.UNTIL) % {"moment": form.closes} if form.closes else "",
        *(gettext(line) for line in filling),
        gettext(wording.RETURN) % {"address": form.address},
        gettext(wording.WARNING),
        *(f"{section.code}: {section.name}" for section in form.sections),
    ]
    for row, text in enumerate(filter(None, lines), 1):
        _put(sheet, row, 1, text).alignment = WRAPPED
    sheet["A2"].font, sheet["A3"].font = Font(bold=True, size=16), Font(bold=True)


def _fill(sheet: Worksheet, section: Section, lists: _Lists) -> None:
    heads = (wording.SUBJECT, wording.ASKED, wording.ALLOWED, wording.ANSWER, wording.BEFORE)
    for column, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.column_dimensions[get_column_letter(KEY)].hidden = True
    for column, head in enumerate(heads, ABOUT):
        top = _put(sheet, 1, column, gettext(head))
        top.font, top.fill, top.alignment = Font(bold=True), HEAD, WRAPPED
    intro = "\n".join(filter(None, (section.prompt, *section.hints)))
    _put(sheet, 2, ABOUT, intro).alignment = WRAPPED
    sheet.merge_cells(start_row=2, start_column=ABOUT, end_row=2, end_column=BEFORE)
    sheet.row_dimensions[2].height = 15 * (intro.count("\n") + 1 + len(intro) // 160)
    sheet.freeze_panes = f"{get_column_letter(ASKED)}2"
    valid: dict[str, DataValidation] = {}
    for number, (about, asked, cell, before) in enumerate(_lines(section), 3):
        _put(sheet, number, KEY, cell.key)
        for column, text in ((ABOUT, about), (ASKED, asked), (ALLOWED, _allowed(cell)), (BEFORE, before)):
            _put(sheet, number, column, text).alignment = WRAPPED
        answer = _put(sheet, number, ANSWER, _printed(cell))
        answer.protection, answer.fill, answer.border = Protection(locked=False), FILL, FRAME
        answer.alignment = WRAPPED
        if cell.is_text:
            answer.number_format = "@"
            sheet.row_dimensions[number].height = 45
        else:
            _offer(sheet, valid, answer, lists.place(tuple(_entry(cell, option) for option in cell.choices)))


def _lines(section: Section) -> Iterator[tuple[str, str, Cell, str]]:
    """About what, what is asked, the cell, and what was before: the first two where they are new."""
    for block in section.blocks:
        about, before = "\n".join(block.lines), "\n".join((*block.notes, *block.quotes))
        for row in (row for grid in block.grids for row in grid.rows):
            for place, cell in enumerate(row.cells):
                yield (
                    about or ("" if place or block.lines else row.wording),
                    _asked(block, row, cell),
                    cell,
                    before,
                )
                about = before = ""


def _asked(block: Block, row: Row, cell: Cell) -> str:
    """The row's words beside a subject, the cell's in a list; both where a row has several cells."""
    if not block.lines:
        return cell.head
    return row.label if len(row.cells) == 1 or cell.head in row.label else f"{row.label}: {cell.head}"


def _allowed(cell: Cell) -> str:
    if cell.limit is not None:
        return gettext(wording.TEXT) % {"limit": cell.limit}
    if cell.low is not None and not cell.options:
        return gettext(wording.NUMBERS) % {"low": cell.low, "high": cell.high}
    numbers = (
        [gettext(wording.NUMBERS) % {"low": cell.low, "high": cell.high}] if cell.low is not None else []
    )
    return gettext(wording.CHOSEN) % {"options": "; ".join([*numbers, *(one.shown for one in cell.options)])}


def _entry(cell: Cell, option: Option) -> str | int:
    """How the option stands in a list: a number as itself, all else with its words."""
    is_number = cell.scale or cell.low is not None
    return int(option.sign) if is_number and option.sign == option.value else option.shown


def _printed(cell: Cell) -> str | int:
    found = next((option for option in cell.choices if option.value == cell.printed), None)
    return _entry(cell, found) if found else cell.printed


def _offer(sheet: Worksheet, valid: dict[str, DataValidation], answer: OpenCell, place: str) -> None:
    if place not in valid:
        rule = DataValidation(type="list", formula1=f"={place}", allow_blank=True, showErrorMessage=True)
        rule.error = gettext(wording.NOT_ALLOWED)
        sheet.add_data_validation(rule)
        valid[place] = rule
    valid[place].add(answer)


def _put(sheet: Worksheet, row: int, column: int, value: str | int) -> OpenCell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, OpenCell)
    if isinstance(value, int):
        cell.value = value
    elif value:
        # a text, whatever it begins with: no formula now, nor when somebody edits the cell
        cell.value = UNWRITABLE.sub("", value)
        cell.data_type = "s"
        if value.startswith(STARTS):
            cell.quotePrefix = True
    return cell


def _sheet_name(text: str) -> str:
    return re.sub(r"[\\*?:/\[\]]", " ", text)[:31]
