"""The form as a workbook: a sheet for each question, a line for each answer, and lists to choose from.

Everything is protected but the cells for answers; the keys of the lines stand in a hidden column. Texts are
texts, whatever they begin with.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from io import BytesIO
from math import ceil

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as OpenCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.i18n import direction, gettext
from app.offline import archive, wording
from app.offline.ooxml import reads_from_right
from app.offline.sheet import Block, Cell, Form, Option, Row, Section
from app.spreadsheet.tabular import STARTS
from app.spreadsheet.workbook import UNWRITABLE

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTS = "lists"
A4 = 9
FROM_LEFT, FROM_RIGHT = 1, 2
# key, what it is about, what is asked, what may stand there, the answer, the round before
WIDTHS = (10, 40, 30, 32, 32, 40)
START_WIDTH = 110
KEY, ABOUT, ASKED, ALLOWED, ANSWER, BEFORE = range(1, 7)
CHANGED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
FILL, HEAD = PatternFill("solid", fgColor="FFF8DC"), PatternFill("solid", fgColor="EEF1F4")
LINE = Side(style="thin", color="BBBBBB")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
FONT, BOLD, TITLE = Font(name="Arial", size=10), Font(name="Arial", size=10, bold=True), 16
# of a line in points, of a row at most, and how much wider than a digit a letter may be
LINE_HEIGHT, TALLEST, BROAD = 13.5, 400, 1.15
# where a text is to be written
ROOM = 45


def write(form: Form) -> bytes:
    """The file; the same form gives the same bytes."""
    book = Workbook()
    start = book.worksheets[0]
    start.title = _sheet_name(gettext(wording.START))
    _start(start, form)
    lists = _Lists(book.create_sheet(LISTS))
    for section in form.sections:
        _fill(book.create_sheet(section.code), section, lists, rtl=direction(form.language) == "rtl")
    book.move_sheet(LISTS, len(form.sections))
    for sheet in book.worksheets:
        sheet.sheet_view.rightToLeft = direction(form.language) == "rtl"
        sheet.protection.enable()
        sheet.protection.formatColumns = sheet.protection.formatRows = False
        _on_paper(sheet)
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


def _on_paper(sheet: Worksheet) -> None:
    """Printed, it is as wide as a page, A4 or Letter, with its heads on each."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    properties = sheet.sheet_properties
    properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.6, right=0.6, top=0.6, bottom=0.7, header=0.3, footer=0.3)


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
    rtl = direction(form.language) == "rtl"
    sheet.column_dimensions["A"].width = START_WIDTH
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
        _lay(_put(sheet, row, 1, text), text, rtl=rtl)
        sheet.row_dimensions[row].height = _height((text, START_WIDTH))
    sheet["A2"].font, sheet["A3"].font = Font(name="Arial", size=TITLE, bold=True), BOLD
    sheet.row_dimensions[2].height = _height((sheet["A2"].value, START_WIDTH * 10 / TITLE)) * TITLE / 10


def _fill(sheet: Worksheet, section: Section, lists: _Lists, *, rtl: bool) -> None:
    _heads(sheet, section, rtl=rtl)
    valid: dict[str, DataValidation] = {}
    has_before = False
    for number, (about, asked, cell, before) in enumerate(_lines(section), 3):
        _put(sheet, number, KEY, cell.key)
        said = {ABOUT: about, ASKED: asked, ALLOWED: _allowed(cell), BEFORE: before}
        for column, text in said.items():
            _lay(_put(sheet, number, column, text), text, rtl=rtl)
        printed = _printed(cell)
        answer = _put(sheet, number, ANSWER, printed)
        answer.protection, answer.fill, answer.border = Protection(locked=False), FILL, FRAME
        _lay(answer, str(printed), rtl=rtl)
        texts = [(text, WIDTHS[column - 1]) for column, text in (said | {ANSWER: str(printed)}).items()]
        sheet.row_dimensions[number].height = max(_height(*texts), ROOM if cell.is_text else 0)
        has_before |= bool(before)
        if cell.is_text:
            answer.number_format = "@"
        else:
            _offer(sheet, valid, answer, lists.place(tuple(_entry(cell, option) for option in cell.choices)))
    sheet.column_dimensions[get_column_letter(BEFORE)].hidden = not has_before


def _heads(sheet: Worksheet, section: Section, *, rtl: bool) -> None:
    heads = (wording.SUBJECT, wording.ASKED, wording.ALLOWED, wording.ANSWER, wording.BEFORE)
    for column, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.column_dimensions[get_column_letter(KEY)].hidden = True
    for column, head in enumerate(map(gettext, heads), ABOUT):
        top = _put(sheet, 1, column, head)
        _lay(top, head, rtl=rtl)
        top.font, top.fill = BOLD, HEAD
    intro = "\n".join(filter(None, (section.prompt, *section.hints)))
    _lay(_put(sheet, 2, ABOUT, intro), intro, rtl=rtl)
    sheet.merge_cells(start_row=2, start_column=ABOUT, end_row=2, end_column=ANSWER)
    sheet.row_dimensions[2].height = _height((intro, sum(WIDTHS[ABOUT - 1 : ANSWER])))
    sheet.print_title_rows = "1:1"
    sheet.freeze_panes = f"{get_column_letter(ASKED)}2"


def _lay(cell: OpenCell, text: str, *, rtl: bool) -> None:
    """From the side from which it is read, in as many lines as it takes."""
    from_right = reads_from_right(text, otherwise=rtl)
    side, order = ("right", FROM_RIGHT) if from_right else ("left", FROM_LEFT)
    cell.alignment = Alignment(horizontal=side, readingOrder=order, wrap_text=True, vertical="top")


def _height(*texts: tuple[str, float]) -> float:
    """How high a row is in which these stand, each in a column of its width.

    LibreOffice does not measure it anew when it opens a file.
    """
    lines = max(sum(map(_folds(width), text.split("\n"))) for text, width in texts)
    return min(lines * LINE_HEIGHT + 2, TALLEST)


def _folds(width: float) -> Callable[[str], int]:
    """How many lines a text takes in a column."""
    return lambda text: max(1, ceil(sum(map(_breadth, text)) / width))


def _breadth(sign: str) -> float:
    return 2.0 if unicodedata.east_asian_width(sign) in "WF" else BROAD


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
    cell.font = FONT
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
