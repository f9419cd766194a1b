"""The report as a PDF that screen readers can read (PDF/UA-1): contents, figures as vectors, footnotes."""

import json
from pathlib import Path
from typing import Literal

import typst

from app.bridge.documents import FONTS
from app.report import plainly
from app.report.document import Document
from app.report.speech import speaking

AGAINST = "PDF/UA-1 error"
TEMPLATE = Path(__file__).parent / "report.typ"


def build(document: Document) -> bytes:
    """The file; twice the same bytes while the document says the same.

    A sign that no font of the machine has, as in an emoji that somebody typed, is against the standard: the
    file is then tagged all the same, but does not claim to conform.
    """
    with speaking(document.language):
        content = json.dumps(plainly.document(document) | {"fonts": FONTS}, ensure_ascii=False)
    try:
        return _compiled(content, document, standards="ua-1")
    except typst.TypstError as refused:
        if AGAINST not in str(refused):
            raise
        return _compiled(content, document, standards=None)


def _compiled(content: str, document: Document, *, standards: Literal["ua-1"] | None) -> bytes:
    compiled = typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"content": content},
        pdf_standards=standards,
        timestamp=document.at.replace(microsecond=0),
    )
    assert isinstance(compiled, bytes)
    return compiled
