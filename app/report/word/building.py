"""Put the Word file together: title page, contents, sections, and the parts that the text refers to."""

import re
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document as OpenDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from app.figures import render
from app.i18n import gettext
from app.models.reports import Paper
from app.offline import archive
from app.offline.ooxml import TAGS
from app.report import plainly
from app.report.blocks import Text
from app.report.document import Document
from app.report.speech import speaking
from app.report.word import styles
from app.report.word.xml import SMALL, Parts, blocks, contents, field_of, heading, paragraph, runs

SIZES = {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4)}
EDGE, TOP, BOTTOM = 22.0, 24.0, 22.0
NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
PICTURES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
# of python-docx's own template: what says nothing here, or something of who made it
LEFT_OUT = re.compile(r"docProps/thumbnail.*|customXml/.*|word/stylesWithEffects\.xml")
GONE = re.compile(
    rb'<(?:Relationship|Override|Default)\s[^>]*(?:thumbnail|customXml|stylesWithEffects|Extension="jpeg")[^>]*/>'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
APP = (
    f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Colloquy</Application></Properties>"
)


def build(document: Document) -> bytes:
    """The file; twice the same bytes while the document says the same."""
    with speaking(document.language):
        word = docx.Document()
        width = SIZES[document.paper][0] - 2 * EDGE
        tallest = plainly.TALLEST[document.paper]
        parts = Parts(language=document.language, own=document.own, width=width, tallest=tallest)
        styles.apply(word, document, width)
        sections = list(_sections(document, parts))
        body = [*_cover(document, parts), contents(parts, gettext("Contents")), *sections]
        _fill(word, "".join(body))
        _pages(word, document, parts)
        _refer(word, parts)
        _about(word, document)
    out = BytesIO()
    word.save(out)
    return archive.rewritten(out.getvalue(), _kept)


def _cover(document: Document, parts: Parts) -> Iterator[str]:
    if document.is_draft:
        yield paragraph((Text(gettext("Draft").upper(), strong=True),), parts)
    yield paragraph((Text(document.title),), parts, "Title")
    yield paragraph((Text(document.seminar, own=True),), parts, "Subtitle")
    yield paragraph((Text(document.on),), parts)
    if document.attribution:
        yield paragraph((Text(document.attribution, own=True),), parts)
    for note in plainly.title_notes(document):
        yield paragraph((Text(note),), parts, SMALL)
    yield PAGE_BREAK


def _sections(document: Document, parts: Parts) -> Iterator[str]:
    """The summary begins a page, and so does each annex."""
    for place, part in enumerate(document.parts):
        begins = place == 0 or part.annex
        yield heading(1, (Text(plainly.heading(part)),), parts, begins=begins)
        yield from blocks(part.blocks, parts)


def _fill(word: OpenDocument, xml: str) -> None:
    body = word.element.body
    for element in list(parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>")):
        body.sectPr.addprevious(element)


def _pages(word: OpenDocument, document: Document, parts: Parts) -> None:
    """The sheet, its edges, the title above and the page below, on all pages but the first."""
    section = word.sections[0]
    width, height = SIZES[document.paper]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(EDGE)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.different_first_page_header_footer = True
    draft = gettext("Draft").upper()
    mark = f" — {draft}" if document.is_draft else ""
    above = paragraph((Text(f"{document.title}{mark}"),), parts, SMALL)
    of = parse_xml(f"<w:hdr {NAMESPACES}>{above}</w:hdr>")
    header = section.header._element  # noqa: SLF001 - there is no other way to put XML in its place
    header[:] = list(of)
    pages = field_of("PAGE", "1", document.language) + "<w:r><w:t xml:space='preserve'> / </w:t></w:r>"
    pages += field_of("NUMPAGES", "1", document.language)
    below = f'<w:p><w:pPr><w:pStyle w:val="{SMALL}"/><w:jc w:val="center"/></w:pPr>{pages}</w:p>'
    footer = section.footer._element  # noqa: SLF001 - as above
    footer[:] = list(parse_xml(f"<w:ftr {NAMESPACES}>{below}</w:ftr>"))
    if parts.rtl:
        turned = parse_xml(f"<w:bidi {nsdecls('w')}/>")
        word.element.body.sectPr.find(qn("w:docGrid")).addprevious(turned)


def _refer(word: OpenDocument, parts: Parts) -> None:
    """Footnotes, drawings and addresses under the names by which the text refers to them."""
    main = word.part
    for number, block in enumerate(parts.drawings, 1):
        drawing = block.drawing
        for name, media, content in (
            ("png", "image/png", render.png(drawing)),
            ("svg", "image/svg+xml", render.svg(drawing).encode()),
        ):
            place = PackURI(f"/word/media/figure{number}.{name}")
            main.rels.add_relationship(PICTURES, Part(place, media, content, main.package), f"{name}{number}")
    for number, address in enumerate(parts.links, 1):
        main.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, f"link{number}", is_external=True)
    notes = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, _footnotes(parts).encode(), main.package)
    main.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)


def _footnotes(parts: Parts) -> str:
    lines = {-1: ("separator", "separator"), 0: ("continuationSeparator", "continuationSeparator")}
    said = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{sign}/></w:r></w:p></w:footnote>'
        for number, (kind, sign) in lines.items()
    )
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    bidi = "<w:bidi/>" if parts.rtl else ""
    space = runs((Text(" "),), parts, rtl=parts.rtl)
    for number, text in enumerate(parts.footnotes, 1):
        said += (
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/>{bidi}</w:pPr>'
            f"{mark}{space}{text}</w:p></w:footnote>"
        )
    return f"{HEAD}<w:footnotes {NAMESPACES}>{said}</w:footnotes>"


def _about(word: OpenDocument, document: Document) -> None:
    properties = word.core_properties
    properties.author = properties.last_modified_by = "Colloquy"
    properties.title, properties.subject = document.title[:250], document.seminar[:250]
    properties.comments, properties.keywords, properties.revision = "", "", 1
    properties.language = TAGS.get(document.language, "en-GB")
    properties.created = properties.modified = document.at.replace(tzinfo=None, microsecond=0)
    settings = word.settings.element
    refer = f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    before = settings.find(qn("w:compat"))
    if before is not None:
        before.addprevious(parse_xml(refer))


def _kept(name: str, content: bytes) -> bytes | None:
    if LEFT_OUT.fullmatch(name):
        return None
    if name == "docProps/app.xml":
        return APP.encode()
    return GONE.sub(b"", content) if name.endswith((".rels", "[Content_Types].xml")) else content
