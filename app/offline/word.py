"""The form as a Word file: headings, tables with heads, boxes to mark, and no name in any of its parts.

It needs no macro, no content control and no font that is not everywhere, so that it opens in an old Word
and in LibreOffice, and can be printed and filled in by hand.
"""

import re
from collections.abc import Iterator
from io import BytesIO

from docx import Document
from docx.document import Document as OpenDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from app.i18n import direction, gettext
from app.offline import archive, wording
from app.offline.cells import BOX, CROSSED
from app.offline.ooxml import CENTIMETRE, TAGS, Box, Line, elements, paragraph, table
from app.offline.sheet import Block, Cell, Form, Grid, Row, Section

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOTE, QUOTE, KEY, SMALL, CODE = "FormNote", "FormQuote", "FormKey", "FormSmall", "FormCode"
# centimetres: the edges of a page, so that printed on Letter, which is shorter, it loses no line of its foot
TOP, BOTTOM, FOOT = 1.5, 3.0, 2.2
# and of a page, a column of boxes, one with words over it, one for a number, one for a text
PAGE, POINT, WORDS, NUMBER, TEXT, LEAST = 17.4, 0.72, 1.75, 2.0, 4.2, 3.0
FONT = "Arial"
# for a text to be written by hand
ROOM = 1.2
# of python-docx's own template: what says nothing here, or something of who made it
LEFT_OUT = re.compile(r"docProps/thumbnail.*|customXml/.*|word/stylesWithEffects\.xml")
GONE = re.compile(
    rb'<(?:Relationship|Override|Default)\s[^>]*(?:thumbnail|customXml|stylesWithEffects|Extension="jpeg")[^>]*/>'
)
APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    'openxmlformats.org/officeDocument/2006/extended-properties"><Application>Colloquy</Application></Properties>'
)


def write(form: Form) -> bytes:
    """The file; the same form gives the same bytes."""
    document = Document()
    rtl = direction(form.language) == "rtl"
    _style(document, form, rtl=rtl)
    xml = [paragraph(line, form.language, rtl=rtl) for line in _cover(form)]
    for number, section in enumerate(form.sections, 1):
        xml += _section(form, section, number, rtl=rtl)
    xml.append(paragraph(Line(gettext(wording.THANKS)), form.language, rtl=rtl))
    body = document.element.body
    for old in list(body.iterchildren(qn("w:p"))):
        body.remove(old)
    for element in elements("".join(xml)):
        body.sectPr.addprevious(element)
    out = BytesIO()
    document.save(out)
    return archive.rewritten(out.getvalue(), _kept)


def _cover(form: Form) -> Iterator[Line]:
    yield Line(form.seminar, SMALL)
    yield Line(f"R{form.number} {form.title}", "Title")
    yield Line(gettext(wording.CODE) % {"code": form.code}, CODE)
    for text in (form.purpose, form.instructions):
        yield from (Line(one, NOTE) for one in text.splitlines() if one.strip())
    if form.closes:
        yield Line(gettext(wording.UNTIL) % {"moment": form.closes}, NOTE)
    yield Line(gettext(wording.HOW), "Heading1")
    yield from (Line(gettext(line), NOTE) for line in wording.FILLING)
    yield Line(gettext(wording.RETURN) % {"address": form.address}, NOTE)
    yield Line(gettext(wording.WARNING), NOTE)


def _section(form: Form, section: Section, number: int, *, rtl: bool) -> Iterator[str]:
    heading = gettext(wording.PART) % {"number": number, "name": section.name}
    lines = [Line(heading, "Heading1")]
    hints = [text for text in (section.prompt, *section.hints) if text]
    lines += [Line(text, NOTE, kept=place == len(hints)) for place, text in enumerate(hints, 1)]
    yield from (paragraph(line, form.language, rtl=rtl) for line in lines)
    for block in section.blocks:
        yield from (paragraph(line, form.language, rtl=rtl) for line in _head(block))
        for grid in block.grids:
            yield _grid(form, grid, rtl=rtl)
            # two tables without a paragraph between them would become one
            yield paragraph(Line("", NOTE), form.language, rtl=rtl)


def _head(block: Block) -> Iterator[Line]:
    for place, line in enumerate(block.lines):
        yield Line(line, "" if place else "Heading2", kept=True)
    yield from (Line(note, NOTE, kept=not block.quotes) for note in block.notes)
    if block.quotes:
        yield Line(gettext(wording.REASONS), NOTE)
    yield from (Line(f"\N{BULLET} {quote}", QUOTE) for quote in block.quotes)


def _grid(form: Form, grid: Grid, *, rtl: bool) -> str:
    cells = grid.rows[0].cells
    columns: list[float] = [width for cell in cells for width in _widths(cell)]
    room = PAGE - sum(columns)
    shrink = (PAGE - LEAST) / sum(columns) if room < LEAST else 1.0
    columns = [width * shrink for width in columns]
    if len(columns) == 1 and cells[0].is_text:
        columns = [PAGE * 0.7]
    widths = [round((PAGE - sum(columns)) * CENTIMETRE), *(round(width * CENTIMETRE) for width in columns)]
    heads = _heads(grid, cells) if grid.head else []
    rows = [_row(row) for row in grid.rows]
    tall = any(cell.is_text for cell in cells)
    return table(heads, rows, widths, form.language, rtl=rtl, height=ROOM if tall else 0)


def _widths(cell: Cell) -> list[float]:
    if cell.boxes:
        return [
            WORDS if _head_of(cell, place) != option.sign else POINT
            for place, option in enumerate(cell.options)
        ]
    return [TEXT if cell.is_text else NUMBER]


def _head_of(cell: Cell, place: int) -> str:
    """What stands over a box: its number if it is a point of a scale, else its words."""
    option = cell.options[place]
    is_number = cell.scale and option.sign == option.value
    return option.sign if is_number or not option.label else option.label


def _heads(grid: Grid, cells: tuple[Cell, ...]) -> list[Box]:
    heads = [Box((Line(grid.head, SMALL),), shaded=True)]
    for cell in cells:
        over = [_head_of(cell, place) for place in range(len(cell.options))] if cell.boxes else [cell.head]
        heads += [Box((Line(text, SMALL, centred=True),), shaded=True) for text in over]
    return heads


def _row(row: Row) -> list[Box]:
    lines = [Line(text) for text in row.wording.splitlines() if text.strip()]
    boxes = [Box((*lines, Line(row.key, KEY)))]
    for cell in row.cells:
        boxes += _fields(cell)
    return boxes


def _fields(cell: Cell) -> list[Box]:
    if cell.boxes:
        signs = [CROSSED if option.value == cell.printed else BOX for option in cell.options]
        return [Box((Line(sign, centred=True),)) for sign in signs]
    if cell.is_text:
        return [Box(tuple(Line(text) for text in cell.printed.split("\n")))]
    sign = next((option.sign for option in cell.choices if option.value == cell.printed), "")
    return [Box((Line(sign, centred=True),))]


def _style(document: OpenDocument, form: Form, *, rtl: bool) -> None:
    properties = document.core_properties
    properties.author, properties.last_modified_by, properties.comments = "Colloquy", "Colloquy", ""
    properties.title = f"{form.seminar}: R{form.number}"[:250]
    properties.identifier, properties.language = form.code, TAGS[form.language]
    properties.created = properties.modified = form.on.replace(tzinfo=None, microsecond=0)
    properties.revision = 1
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - PAGE) / 2)
    section.top_margin, section.bottom_margin, section.footer_distance = Cm(TOP), Cm(BOTTOM), Cm(FOOT)
    _fonts(document)
    footer = section.footer.paragraphs[0]._p  # noqa: SLF001 - there is no other way to put XML in its place
    text = gettext(wording.FOOTER) % {"code": form.code, "number": form.number}
    footer.addprevious(elements(paragraph(Line(text, SMALL), form.language, rtl=rtl))[0])
    footer.getparent().remove(footer)


def _fonts(document: OpenDocument) -> None:
    styles = document.styles
    for style in list(styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in {"Normal Table", "Table Grid"}:
            style.delete()
    for name, points in {"Normal": 10, "Title": 20, "Heading 1": 15, "Heading 2": 12}.items():
        _font(styles[name], points)
    for name, size, grey in ((NOTE, 10, 0x33), (QUOTE, 9.5, 0x33), (KEY, 6.5, 0x70), (SMALL, 8, 0x33)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _font(style, size)
        style.font.color.rgb = RGBColor(grey, grey, grey)
        style.paragraph_format.space_after = Pt(3 if name in {NOTE, QUOTE} else 0)
    styles[QUOTE].paragraph_format.left_indent = Cm(0.6)
    code = styles.add_style(CODE, WD_STYLE_TYPE.PARAGRAPH)
    _font(code, 13)
    code.font.bold = True


def _font(style: object, size: float) -> None:
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
    style.paragraph_format.space_after = Pt(2)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)


def _kept(name: str, content: bytes) -> bytes | None:
    """A part without what the template brought along; None for one that is left out."""
    if name == "docProps/app.xml":
        return APP.encode()
    if LEFT_OUT.fullmatch(name):
        return None
    return GONE.sub(b"", content) if name.endswith(".rels") or name == "[Content_Types].xml" else content
