"""The report's blocks in the XML of Word; whatever a run belongs to beside the text is noted in `Parts`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from app import i18n
from app.i18n import gettext
from app.offline.ooxml import TAGS, reads_from_right
from app.report.blocks import (
    Block,
    Bound,
    Break,
    Column,
    FigureBlock,
    Footnote,
    Heading,
    Inline,
    Link,
    ListBlock,
    Lost,
    Note,
    Paragraph,
    Quote,
    TableBlock,
    Text,
)
from app.spreadsheet.workbook import UNWRITABLE

NUMBERED, ITEM, SMALL, FACE = "ReportNumbered", "ReportItem", "ReportNote", "ReportCell"
BULLETS, ORDER = "ListBullet", "ListNumber"
# twentieths of a point, and Word's units of a drawing, in a millimetre
TWIPS, EMU = 56.7, 36_000
# headings down to this level are in the contents
DEEPEST = 2
NO_LINE = 'w:val="nil"'
CHANGED = '<w:shd w:val="clear" w:color="auto" w:fill="F6E3C5"/>'


@dataclass(slots=True)
class Parts:
    """What the text refers to: footnotes, drawings, addresses; and the headings for the contents."""

    language: str
    own: str
    width: float
    tallest: float
    footnotes: list[str] = field(default_factory=list)
    drawings: list[FigureBlock] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)

    @property
    def rtl(self) -> bool:
        """Whether the report runs from right to left."""
        return i18n.direction(self.language) == "rtl"


def blocks(found: Iterable[Block], parts: Parts, *, depth: int = 0) -> Iterator[str]:
    """Each block as XML."""
    for block in found:
        match block:
            case Heading(level, runs_):
                yield heading(level, runs_, parts)
            case Paragraph(runs_, number):
                style = (ITEM if depth else "") if number is None else NUMBERED
                yield paragraph(runs_, parts, style)
            case ListBlock():
                yield from _list(block, parts, depth)
            case Quote():
                yield from _quote(block, parts)
            case TableBlock():
                yield from table(block, parts)
            case FigureBlock():
                yield from figure(block, parts)
            case Note(_, text):
                yield paragraph((Text(text, emphasis=True),), parts, SMALL)


def paragraph(found: Sequence[Inline], parts: Parts, style: str = "") -> str:
    """A paragraph, running as its first letter tells."""
    from_right = reads_from_right(_letters(found), otherwise=parts.rtl)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += "<w:bidi/>" if from_right else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs(found, parts, rtl=from_right)}</w:p>"


def heading(level: int, found: Sequence[Inline], parts: Parts, *, begins: bool = False) -> str:
    """A heading with a mark that the contents point to; it `begins` a page or goes on with one."""
    parts.headings.append((level, _letters(found)))
    number = len(parts.headings)
    mark = f'<w:bookmarkStart w:id="{number}" w:name="_Toc{number:05}"/>'
    end = f'<w:bookmarkEnd w:id="{number}"/>'
    from_right = reads_from_right(_letters(found), otherwise=parts.rtl)
    bidi = "<w:bidi/>" if from_right else ""
    page = "<w:pageBreakBefore/>" if begins else ""
    said = runs(found, parts, rtl=from_right)
    return f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/>{page}{bidi}</w:pPr>{mark}{said}{end}</w:p>'


def _letters(found: Sequence[Inline]) -> str:
    return "".join(run.text for run in found if isinstance(run, Text | Bound | Link))


def runs(found: Iterable[Inline], parts: Parts, *, rtl: bool) -> str:
    """The runs of a paragraph that runs so."""
    return "".join(_run(run, parts, rtl=rtl) for run in found)


def _run(run: Inline, parts: Parts, *, rtl: bool) -> str:
    match run:
        case Text(text, strong, emphasis, code, own):
            properties = _style(strong=strong, emphasis=emphasis, code=code)
            return _said(text, properties, parts.own if own else parts.language, rtl=rtl)
        case Bound(_, text, _, strong, emphasis):
            properties = _style(strong=strong, emphasis=emphasis)
            properties += CHANGED if run.changed else ""
            return _said(text, properties, parts.language, rtl=rtl)
        case Lost(name):
            return _said(f"[{name}?]", "<w:i/>", parts.language, rtl=rtl)
        case Break():
            return "<w:r><w:br/></w:r>"
        case Link(text, address):
            parts.links.append(address)
            said = _said(text, '<w:color w:val="0D5A60"/><w:u w:val="single"/>', parts.language, rtl=rtl)
            return f'<w:hyperlink r:id="link{len(parts.links)}">{said}</w:hyperlink>'
        case Footnote(inner):
            parts.footnotes.append(runs(inner, parts, rtl=parts.rtl))
            reference = f'<w:footnoteReference w:id="{len(parts.footnotes)}"/>'
            return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{reference}</w:r>'


def _style(*, strong: bool = False, emphasis: bool = False, code: bool = False) -> str:
    face = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>' if code else ""
    return face + ("<w:b/><w:bCs/>" if strong else "") + ("<w:i/><w:iCs/>" if emphasis else "")


def _said(text: str, properties: str, language: str, *, rtl: bool) -> str:
    tag = TAGS.get(language, "en-GB")
    kind = "w:bidi" if i18n.direction(language) == "rtl" else "w:eastAsia" if language == "zh" else "w:val"
    properties += ("<w:rtl/>" if rtl else "") + f'<w:lang {kind}="{tag}"/>'
    clean = escape(UNWRITABLE.sub("", text))
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{clean}</w:t></w:r>'


def _list(block: ListBlock, parts: Parts, depth: int) -> Iterator[str]:
    """The first paragraph of each item has the sign; what follows in the item is set in as far."""
    style = (ORDER if block.ordered else BULLETS) + (str(depth + 1) if depth else "")
    for item in block.items:
        for place, inner in enumerate(item):
            if place == 0 and isinstance(inner, Paragraph):
                yield paragraph(inner.runs, parts, style)
            else:
                yield from blocks([inner], parts, depth=min(depth + 1, 2))


def _quote(block: Quote, parts: Parts) -> Iterator[str]:
    for inner in block.blocks:
        if isinstance(inner, Paragraph):
            yield paragraph(inner.runs, parts, "Quote")
        else:
            yield from blocks([inner], parts, depth=1)
    if block.attribution:
        yield paragraph((Text(block.attribution),), parts, SMALL)


def caption(kind: str, number: int | None, text: str, parts: Parts, *, kept: bool) -> str:
    """`Table 3. …` with the number in a field, which Word counts anew when tables are added."""
    sentence = (
        gettext("Table %(number)s. %(caption)s")
        if kind == "Table"
        else gettext("Figure %(number)s. %(caption)s")
    )
    before, _, after = (sentence % {"number": "\0", "caption": text}).partition("\0")
    counted = field_of(f"SEQ {kind} \\* ARABIC", str(number or ""), parts.language, rtl=parts.rtl)
    said = _said(before, "", parts.language, rtl=parts.rtl) + counted
    said += _said(after, "", parts.language, rtl=parts.rtl)
    bidi = "<w:bidi/>" if parts.rtl else ""
    keep = "<w:keepNext/>" if kept else ""
    return f'<w:p><w:pPr><w:pStyle w:val="Caption"/>{keep}{bidi}</w:pPr>{said}</w:p>'


def field_of(instruction: str, shown: str, language: str, *, rtl: bool = False) -> str:
    """A field: what Word is to work out, and what is shown until it does."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{_said(shown, "", language, rtl=rtl)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(block: TableBlock, parts: Parts) -> Iterator[str]:
    """The caption, the table with a head that is repeated, and its note."""
    yield caption("Table", block.number, block.caption, parts, kept=True)
    total = sum(column.weight for column in block.columns)
    widths = [round(parts.width * TWIPS * column.weight / total) for column in block.columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    order = "<w:bidiVisual/>" if parts.rtl else ""
    properties = (
        f'<w:tblPr><w:tblStyle w:val="TableGrid"/>{order}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'{_borders()}<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="30" w:type="dxa"/>'
        '<w:left w:w="60" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1"/>'
        f"<w:tblCaption w:val={quoteattr(block.caption)}/></w:tblPr>"
    )
    size, columns = 15 if block.is_wide else 17, block.columns
    head = _row([(one, one.title) for one in columns], widths, parts, size=size, head=True)
    lines = (list(zip(columns, row, strict=True)) for row in block.rows)
    rows = "".join(_row(line, widths, parts, size=size, head=False) for line in lines)
    yield f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"
    # a paragraph parts two tables that follow each other, whether there is a note or not
    yield paragraph((Text(block.note),), parts, SMALL)


def _borders() -> str:
    """Hairlines between the rows, and none between the columns."""
    drawn = 'w:val="single" w:sz="4" w:space="0" w:color="CFCABD"'
    sides = {"top": drawn, "left": "", "bottom": drawn, "right": "", "insideH": drawn, "insideV": ""}
    lines = "".join(f"<w:{side} {line or NO_LINE}/>" for side, line in sides.items())
    return f"<w:tblBorders>{lines}</w:tblBorders>"


def _row(cells: list[tuple[Column, str]], widths: list[int], parts: Parts, *, size: int, head: bool) -> str:
    marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    said = "".join(
        _cell(column, text, width, parts, size=size, head=head)
        for (column, text), width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{said}</w:tr>"


def _cell(column: Column, text: str, width: int, parts: Parts, *, size: int, head: bool) -> str:
    language = parts.language if head else column.lang or (parts.own if column.own else parts.language)
    otherwise = i18n.direction(language) == "rtl"
    from_right = reads_from_right(text, otherwise=otherwise)
    # `end` is the left side in a paragraph that runs from right to left
    properties = f'<w:pStyle w:val="{FACE}"/>' + ("<w:bidi/>" if from_right else "")
    properties += '<w:jc w:val="right"/>' if column.numeric and not from_right else ""
    font = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    bold = "<w:b/><w:bCs/>" if head else ""
    said = _said(text, bold + font, language, rtl=from_right)
    line = '<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="0D5A60"/></w:tcBorders>'
    box = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{line if head else ""}</w:tcPr>'
    return f"<w:tc>{box}<w:p><w:pPr>{properties}</w:pPr>{said}</w:p></w:tc>"


def figure(block: FigureBlock, parts: Parts) -> Iterator[str]:
    """The drawing with its words for those who do not see it, its caption and its note."""
    parts.drawings.append(block)
    number, drawing = len(parts.drawings), block.drawing
    width = min(parts.width, parts.tallest * drawing.width / drawing.height)
    height = width * drawing.height / drawing.width
    size = f'cx="{round(width * EMU)}" cy="{round(height * EMU)}"'
    words = f"descr={quoteattr(block.alternative)} title={quoteattr(block.caption)}"
    yield (
        '<w:p><w:pPr><w:keepNext/><w:jc w:val="center"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="{block.name}" {words}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{block.name}" {words}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="png{number}"><a:extLst>'
        '<a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
        '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
        f'r:embed="svg{number}"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
    yield caption("Figure", block.number, block.caption, parts, kept=bool(block.note))
    if block.note:
        yield paragraph((Text(block.note),), parts, SMALL)


def contents(parts: Parts, title: str) -> str:
    """The contents as a field that Word works out when it opens the file; until then, a list of links."""
    shown = [
        (number, level, text) for number, (level, text) in enumerate(parts.headings, 1) if level <= DEEPEST
    ]
    instruction = f'TOC \\o "1-{DEEPEST}" \\h \\z \\u'
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    lines = []
    for place, (number, level, text) in enumerate(shown):
        from_right = reads_from_right(text, otherwise=parts.rtl)
        said = _said(text, "", parts.language, rtl=from_right)
        bidi = "<w:bidi/>" if parts.rtl else ""
        lines.append(
            f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/>{bidi}</w:pPr>{begin if place == 0 else ""}'
            f'<w:hyperlink w:anchor="_Toc{number:05}" w:history="1">{said}</w:hyperlink>'
            f"{end if place == len(shown) - 1 else ''}</w:p>"
        )
    return paragraph((Text(title),), parts, "TOCHeading") + "".join(lines)
