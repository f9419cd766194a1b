"""The report as a PDF that screen readers can read (PDF/UA-1): contents, figures as vectors, footnotes."""

import json
from pathlib import Path

import typst

from app.bridge.documents import FONTS
from app.report import plainly
from app.report.document import Document
from app.report.speech import speaking

TEMPLATE = Path(__file__).parent / "report.typ"


def build(document: Document) -> bytes:
    """The file; twice the same bytes while the document says the same."""
    with speaking(document.language):
        content = plainly.document(document) | {"fonts": FONTS}
    compiled = typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=document.at.replace(microsecond=0),
    )
    assert isinstance(compiled, bytes)
    return compiled
