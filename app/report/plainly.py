"""A document as plain data for a template: all that it says, and none of how it looks."""

import re
from collections.abc import Iterable
from typing import Any

from app import i18n
from app.figures import render
from app.i18n import gettext
from app.models.reports import Paper
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
from app.report.document import Document, Part

Plain = dict[str, Any]
ISOLATES = re.compile("[\u2066-\u2069]")
PAPERS = {Paper.A4: "a4", Paper.LETTER: "us-letter"}
# the tallest drawing that leaves room for its words below, in millimetres
TALLEST = {Paper.A4: 205, Paper.LETTER: 187}


def document(found: Document) -> Plain:
    """The whole of it, in the language that is spoken."""
    return {
        "title": found.title,
        "seminar": found.seminar,
        "lang": found.language,
        "rtl": i18n.direction(found.language) == "rtl",
        "own": {"lang": found.own, "rtl": i18n.direction(found.own) == "rtl"},
        "paper": PAPERS[found.paper],
        "tallest": TALLEST[found.paper],
        "on": found.on,
        "attribution": found.attribution,
        "draft": gettext("Draft") if found.is_draft else "",
        "notes": title_notes(found),
        "contents": gettext("Contents"),
        "parts": [_part(one) for one in found.parts],
    }


def title_notes(found: Document) -> list[str]:
    """What the first page says below the title."""
    notes = []
    if found.is_draft:
        notes.append(
            gettext(
                "Draft, written by the platform from the published data and not yet approved by the "
                "organizers."
            )
        )
    if found.synthetic:
        notes.append(
            gettext("Synthetic data, for demonstration: no view of any expert, State or organization.")
        )
    notes.append(
        gettext(
            "Figures describe the panel and are no vote. Each sentence with figures names in a footnote "
            "those on which it rests."
        )
    )
    return notes


def heading(part: Part) -> str:
    """A section's title with its number, or an annex's with its letter."""
    if part.annex:
        return gettext("Annex %(mark)s. %(title)s") % {"mark": part.mark, "title": part.title}
    return f"{part.mark}. {part.title}"


def caption(block: TableBlock | FigureBlock) -> str:
    """`Table 3. …`, `Figure 2. …`."""
    said = {"number": block.number, "caption": block.caption}
    if isinstance(block, TableBlock):
        return gettext("Table %(number)s. %(caption)s") % said
    return gettext("Figure %(number)s. %(caption)s") % said


def _part(part: Part) -> Plain:
    return {"key": part.key, "title": heading(part), "annex": part.annex, "blocks": _blocks(part.blocks)}


def _blocks(blocks: Iterable[Block]) -> list[Plain]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> Plain:
    match block:
        case Heading(level, runs):
            return {"is": "heading", "level": level, "runs": _runs(runs)}
        case Paragraph(runs, number):
            return {"is": "paragraph", "number": number, "runs": _runs(runs)}
        case ListBlock(items, ordered):
            return {"is": "list", "ordered": ordered, "items": [_blocks(item) for item in items]}
        case Quote(blocks, attribution):
            return {"is": "quote", "blocks": _blocks(blocks), "attribution": attribution}
        case TableBlock():
            return _table(block)
        case FigureBlock():
            return _figure(block)
        case Note(_, text):
            return {"is": "note", "text": text}


def _table(block: TableBlock) -> Plain:
    return {
        "is": "table",
        "caption": caption(block),
        "columns": [
            {"title": one.title, "weight": one.weight, "numeric": one.numeric} | _speech(one)
            for one in block.columns
        ],
        "rows": block.rows,
        "note": block.note,
        "small": block.is_wide,
        "changed": block.changed,
    }


def _speech(column: Column) -> Plain:
    """In which language its words are, if not in the report's."""
    turned = bool(column.lang) and i18n.direction(column.lang) == "rtl"
    return {"own": column.own, "lang": column.lang, "rtl": turned}


def _figure(block: FigureBlock) -> Plain:
    drawing = block.drawing
    return {
        "is": "figure",
        "caption": caption(block),
        "note": block.note,
        "alternative": block.alternative,
        # marks of direction are no letters of any font; a line's own letters tell how it runs
        "svg": ISOLATES.sub("", render.svg(drawing)),
        "ratio": drawing.height / drawing.width,
        "changed": block.changed,
    }


def _runs(runs: Iterable[Inline]) -> list[Plain]:
    return [_run(run) for run in runs]


def _run(run: Inline) -> Plain:
    match run:
        case Text(text, strong, emphasis, code, own):
            return {"is": "text", "text": text} | _style(strong=strong, emphasis=emphasis, code=code, own=own)
        case Bound(_, text, _, strong, emphasis):
            return {"is": "text", "text": text, "changed": run.changed} | _style(
                strong=strong, emphasis=emphasis
            )
        case Lost(name):
            return {"is": "text", "text": f"[{name}?]"} | _style(emphasis=True)
        case Break():
            return {"is": "break"}
        case Link(text, address):
            return {"is": "link", "text": text, "address": address}
        case Footnote(runs):
            return {"is": "footnote", "runs": _runs(runs)}


def _style(*, strong: bool = False, emphasis: bool = False, code: bool = False, own: bool = False) -> Plain:
    return {"strong": strong, "emphasis": emphasis, "code": code, "own": own}
