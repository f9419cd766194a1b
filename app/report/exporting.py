"""The report as files: PDF and Word join the forms in which what is published leaves.

Importing it is adding them to the forms of `outcome.exporting`.
"""

from collections.abc import Callable

from app.i18n import _
from app.outcome.exporting import Asked, Form, NothingPublished, register
from app.report import document, pdf, word
from app.report.document import Document
from app.report.material import Material


def _built(build: Callable[[Document], bytes]) -> Callable[[Asked], bytes]:
    def made(asked: Asked) -> bytes:
        if not Material(asked.session, asked.seminar).asked:
            raise NothingPublished
        return build(document.document(asked.session, asked.seminar))

    return made


register(
    Form(
        name="pdf",
        media="application/pdf",
        suffix="pdf",
        stem="report",
        title=_("Report (PDF)"),
        about=_("The report as it stands, to read, print and send on; screen readers can read it too."),
        build=_built(pdf.build),
        long=True,
    )
)
register(
    Form(
        name="docx",
        media="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        suffix="docx",
        stem="report",
        title=_("Report (Word)"),
        about=_("The report as it stands, with styles, tables and footnotes, to go on writing in."),
        build=_built(word.build),
        long=True,
    )
)
