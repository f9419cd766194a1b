"""The agenda as a document, PDF or Word: the same words in the same order as on the page."""

import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import typst
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from app import clock, i18n
from app.bridge.agenda import AGAINST, FOR, Agenda, Point, Spread
from app.i18n import _, day, gettext, number
from app.models import Seminar

Form = Literal["pdf", "docx"]
MEDIA: dict[Form, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
TEMPLATE = Path(__file__).parent / "agenda.typ"
# Each is there on Debian with fonts-noto-core and fonts-droid-fallback; a letter that none has is left out.
FONTS = ["Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", "Droid Sans Fallback"]

# of the Word file: its letters; in centimetres its edges, and the heads of the table of counts
FONT, MARGIN, HEADS = "Arial", 2.5, 3.0

SIDES = {
    FOR: _("What speaks for it"),
    AGAINST: _("What speaks against it"),
    "": _("Reasons that are on neither side"),
}
PROMPTS = (
    _("Is the difference about facts, values, wording or interests?"),
    _("What would have to change so that those who now stand apart could support it?"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An agenda in words, in the reader's language, and which way the seminar's own words run."""

    seminar: Seminar
    agenda: Agenda

    def content(self) -> dict[str, Any]:
        """All that the document says."""
        round_ = self.agenda.round_
        said = {"number": round_.number, "title": round_.title}
        return {
            "lang": i18n.language(),
            "rtl": i18n.direction() == "rtl",
            "own": {"lang": self.seminar.language, "rtl": i18n.direction(self.seminar.language) == "rtl"},
            "fonts": FONTS,
            "title": gettext("Agenda from round R%(number)s") % said,
            "seminar": self.seminar.title,
            "round": f"R{round_.number} {round_.title}",
            "about": self._about(),
            "reads": gettext(
                "Reasons are given without names, in an order that says nothing. "
                "Figures describe this panel; they are no vote."
            ),
            "points": [self._point(place, point) for place, point in enumerate(self.agenda.chosen, 1)],
        }

    def _about(self) -> str:
        agenda = self.agenda
        text = i18n.ngettext(
            "One point of %(minutes)s minutes.",
            "%(n)s points of %(minutes)s minutes each, %(length)s minutes in all; "
            "the most divided come first.",
            len(agenda.chosen),
        ) % {"n": len(agenda.chosen), "minutes": agenda.minutes, "length": agenda.length}
        if self.seminar.synthetic:
            text += " " + gettext("Synthetic data, for demonstration.")
        return text

    def _point(self, place: int, point: Point) -> dict[str, Any]:
        return {
            "place": place,
            "code": point.code,
            "title": point.title,
            "text": point.text,
            "verdict": point.verdict,
            "spreads": [self._spread(spread) for spread in point.spreads],
            "sides": [{"name": name, "texts": texts} for name, texts in sides(point)],
            "prompts": prompts(),
        }

    def _spread(self, spread: Spread) -> dict[str, Any]:
        found, scale = spread.distribution, spread.scale
        heaps = scale.heaped(found.counts)
        return {
            "label": scale.label,
            "points": [str(low) if low == high else f"{low}\N{EN DASH}{high}" for low, high, _count in heaps],
            "counts": [count for _low, _high, count in heaps],
            "said": described(spread),
        }


def prompts() -> list[str]:
    """What a chair may ask the room about each point."""
    return [gettext(prompt) for prompt in PROMPTS]


def sides(point: Point) -> list[tuple[str, list[str]]]:
    """The reasons under the heading of their side; where no side is told, under one heading."""
    if not any(point.sides.get(side) for side in (FOR, AGAINST)):
        return [(gettext("Reasons"), texts) for texts in point.sides.values() if texts]
    return [(gettext(name), point.sides[side]) for side, name in SIDES.items() if point.sides.get(side)]


def described(spread: Spread) -> str:
    """How the panel rated on one criterion, in a sentence."""
    found, scale = spread.distribution, spread.scale
    if found.median is None or found.q1 is None or found.q3 is None:
        return gettext("Nobody rated it on “%(label)s”.") % {"label": scale.label}
    return gettext(
        "“%(label)s”, from %(low)s to %(high)s: %(n)s ratings, median %(median)s, "
        "middle half from %(q1)s to %(q3)s."
    ) % {
        "label": scale.label,
        "low": scale.low,
        "high": scale.high,
        "n": found.n,
        "median": number(found.median, 1),
        "q1": number(found.q1, 1),
        "q3": number(found.q3, 1),
    }


def build(written: Written, form: Form) -> bytes:
    """The document."""
    content = written.content()
    return _pdf(content) if form == "pdf" else _word(content, written)


def _pdf(content: dict[str, Any]) -> bytes:
    compiled = typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=clock.now().replace(microsecond=0),
    )
    assert isinstance(compiled, bytes)
    return compiled


def _word(content: dict[str, Any], written: Written) -> bytes:
    document = Document()
    properties = document.core_properties
    properties.author, properties.title = written.seminar.title[:200], content["title"]
    properties.language = content["lang"]
    properties.created = properties.modified = clock.now().replace(tzinfo=None, microsecond=0)
    _set_up(document)
    paper = _Paper(document, content)
    paper.heading(content["title"], 0)
    paper.text(content["seminar"], bold=True, own=True)
    paper.text(content["round"], own=True)
    paper.text(day(clock.now(), written.seminar.timezone))
    paper.text(content["about"])
    paper.text(content["reads"], italic=True)
    for point in content["points"]:
        paper.heading(f"{point['place']}. {point['title']} ({point['code']})", 1)
        if point["text"]:
            paper.text(point["text"], own=True)
        if point["verdict"]:
            paper.text(point["verdict"], bold=True)
        for spread in point["spreads"]:
            paper.text(spread["said"])
            paper.counts(spread)
        for side in point["sides"]:
            paper.heading(side["name"], 2)
            for text in side["texts"]:
                paper.text(text, style="List Bullet", own=True)
        for prompt in point["prompts"]:
            paper.text(prompt, italic=True)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Any) -> None:
    """A4, and in letters that are everywhere: those of the template are not there without Office."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN)
    document.styles["Normal"].font.size = Pt(11)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for one in list(fonts.attrib):
            del fonts.attrib[one]
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), FONT)


class _Paper:
    """A Word document that runs as the reader's language does; the seminar's own words as theirs does."""

    def __init__(self, document: Any, content: dict[str, Any]) -> None:
        self.document, self.reads, self.own = document, content, content["own"]

    def heading(self, text: str, level: int) -> None:
        self._turned(self.document.add_heading(text, level))

    def text(
        self,
        text: str,
        *,
        style: str | None = None,
        bold: bool = False,
        italic: bool = False,
        own: bool = False,
    ) -> None:
        paragraph = self.document.add_paragraph(style=style)
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, italic
        self._turned(paragraph, self.own if own else self.reads)

    def counts(self, spread: dict[str, Any]) -> None:
        """A table of two rows: the points of the scale, and how many gave each."""
        table = self.document.add_table(rows=2, cols=1 + len(spread["points"]))
        table.style, table.autofit = "Table Grid", False
        if self.reads["rtl"]:
            table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))  # noqa: SLF001 - python-docx has no word for it
        each = Cm((21 - 2 * MARGIN - HEADS) / len(spread["points"]))
        rows = (
            [gettext("Rating"), *spread["points"]],
            [gettext("Experts"), *map(str, spread["counts"])],
        )
        for place, column in enumerate(table.columns):
            column.width = each if place else Cm(HEADS)
        for line, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, row, strict=True):
                cell.text = text
                self._turned(cell.paragraphs[0])
        heads = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - as above
        heads.append(OxmlElement("w:tblHeader"))

    def _turned(self, paragraph: Any, speech: dict[str, Any] | None = None) -> None:
        speech = speech or self.reads
        if not speech["rtl"]:
            return
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 - as above
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT  # the side on which a line begins
        for run in paragraph.runs:
            run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))  # noqa: SLF001 - as above
            language = OxmlElement("w:lang")
            language.set(qn("w:bidi"), speech["lang"])
            run._r.get_or_add_rPr().append(language)  # noqa: SLF001 - as above
