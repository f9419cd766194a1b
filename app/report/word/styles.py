"""The styles of the Word file: each kind of text by its name, so that a house can put in its own."""

from docx.document import Document as OpenDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from app.offline.ooxml import TAGS
from app.report.document import Document
from app.report.word.xml import FACE, ITEM, NUMBERED, SMALL, TWIPS

FONT, ASIAN = "Arial", "SimSun"
ACCENT, INK, SOFT = RGBColor(0x0D, 0x5A, 0x60), RGBColor(0x1C, 0x23, 0x26), RGBColor(0x54, 0x5E, 0x62)
# the numbering of paragraphs, above the numbers that the template of python-docx has
NUMBERS = 2370
HEADINGS = {
    "Heading 1": (17, ACCENT),
    "Heading 2": (13, INK),
    "Heading 3": (11.5, INK),
    "Heading 4": (10, SOFT),
}


def apply(word: OpenDocument, document: Document, width: float) -> None:
    """Every style that the report uses, in the report's language."""
    for style in list(word.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in {"Normal Table", "Table Grid"}:
            style.delete()
    _speak(word, document.language)
    _set(word, "Normal", 10.5, INK, after=6)
    _set(word, "Title", 26, ACCENT, after=8)
    _set(word, "Subtitle", 14, INK, after=12)
    for name, (points, colour) in HEADINGS.items():
        _set(word, name, points, colour, before=14, after=6)
    _set(word, "Caption", 10, INK, before=8, after=4)
    _set(word, "Quote", 10.5, INK, after=2, inset=7)
    word.styles["Quote"].font.italic = False
    for name in ("List Bullet", "List Bullet 2", "List Number", "List Number 2"):
        _set(word, name, 10.5, INK, after=3)
    for name, points, inset in ((NUMBERED, 10.5, 0), (ITEM, 10.5, 7), (SMALL, 8.5, 0), (FACE, 8.5, 0)):
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _set(word, name, points, SOFT if name == SMALL else INK, after=0 if name == FACE else 6, inset=inset)
    _number(word)
    _footnotes(word)
    _contents(word, width)


def _set(
    word: OpenDocument,
    name: str,
    points: float,
    colour: RGBColor,
    *,
    before: float = 0,
    after: float = 0,
    inset: float = 0,
) -> None:
    style = word.styles[name]
    assert isinstance(style, ParagraphStyle), "all of these are styles of paragraphs"
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(points), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for kind, face in (("ascii", FONT), ("hAnsi", FONT), ("cs", FONT), ("eastAsia", ASIAN)):
        fonts.set(qn(f"w:{kind}"), face)
    for old in list(style.element.rPr.iterchildren(qn("w:szCs"))):
        style.element.rPr.remove(old)
    big = parse_xml(f'<w:szCs {nsdecls("w")} w:val="{round(points * 2)}"/>')
    style.element.rPr.find(qn("w:sz")).addnext(big)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.15
    if inset:
        form.left_indent = Mm(inset)


def _speak(word: OpenDocument, language: str) -> None:
    """What is said of no run in particular is in the report's language."""
    speech = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    tag = TAGS.get(language, "en-GB")
    speech.set(qn("w:val"), tag)
    for kind, written in (("eastAsia", "zh"), ("bidi", "ar")):
        if language == written:
            speech.set(qn(f"w:{kind}"), tag)


def _number(word: OpenDocument) -> None:
    """Paragraphs are numbered by Word itself, so that their numbers stay right when some are added."""
    numbering = word.part.numbering_part.element
    level = (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{NUMBERS}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="{NUMBERED}"/>'
        '<w:suff w:val="tab"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:tabs>'
        f'<w:tab w:val="num" w:pos="{round(9 * TWIPS)}"/></w:tabs><w:ind w:left="0" w:firstLine="0"/></w:pPr>'
        "</w:lvl></w:abstractNum>"
    )
    numbering.find(qn("w:num")).addprevious(parse_xml(level))
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{NUMBERS}"><w:abstractNumId w:val="{NUMBERS}"/></w:num>')
    )
    properties = word.styles[NUMBERED].element.get_or_add_pPr()
    properties.insert(0, parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{NUMBERS}"/></w:numPr>'))


def _footnotes(word: OpenDocument) -> None:
    text = word.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    text.element.set(qn("w:styleId"), "FootnoteText")
    _set(word, "footnote text", 8, SOFT)
    mark = word.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.element.set(qn("w:styleId"), "FootnoteReference")
    mark.font.superscript = True


def _contents(word: OpenDocument, width: float) -> None:
    for level in (1, 2):
        style = word.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), f"TOC{level}")
        _set(word, f"toc {level}", 10.5, INK, after=2, inset=0 if level == 1 else 5)
        tabs = f'<w:tab w:val="right" w:leader="dot" w:pos="{round(width * TWIPS)}"/>'
        properties = style.element.get_or_add_pPr()
        properties.insert(0, parse_xml(f"<w:tabs {nsdecls('w')}>{tabs}</w:tabs>"))
    _set(word, "TOC Heading", 17, ACCENT, before=0, after=8)
