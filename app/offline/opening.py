"""A file that came back, before anything parses it: what it is, and whether it is safe."""

from io import BytesIO
from typing import Literal
from zipfile import ZipFile

from app.errors import AppError, Invalid
from app.registers import packing
from app.registers.sheets import BROKEN, OLD_EXCEL, ZIP, NothingSent

Kind = Literal["docx", "xlsx"]
MEGABYTE = 1024 * 1024
MOST_BYTES, MOST_UNPACKED, MOST_PARTS, MOST_PART = 2 * MEGABYTE, 24 * MEGABYTE, 300, 12 * MEGABYTE
LAST_ROW = 20_000
DOCUMENT, BOOK = "word/document.xml", "xl/workbook.xml"
OASIS = b"application/vnd.oasis.opendocument."
OTHER = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"{\\rtf": "RTF"}


class NotAForm(AppError):
    """Neither of the two that we write."""

    message = "This is neither a Word file (.docx) nor a workbook (.xlsx) that can be read."


class OtherKind(AppError):
    """A picture of a form, or a print of one."""

    message = (
        "This is a %(kind)s file. Please send the Word file or the workbook itself; a form that was filled "
        "in by hand can be typed in by its code."
    )


class OldKind(AppError):
    """DOC or XLS, or a file with a password."""

    message = "This file is of the old kind or has a password. Please save it as .docx or .xlsx without one."


class OpenDocument(AppError):
    """ODT or ODS, in which LibreOffice keeps a file unless it is told otherwise."""

    message = "This file is of LibreOffice's own kind (.odt or .ods). Please save it as .docx or .xlsx."


class HasMacros(AppError):
    """A file that holds a program."""

    message = "This file holds macros, which our forms never do. Please save it without them."


class TooMuchInside(AppError):
    """A file that unpacks to more than is taken."""

    message = "There is much more in this file than in any of our forms, so it was not opened."


class Unopened(Invalid):
    """The file is not opened; why stands beside its field."""

    message = "This file could not be read."

    def __init__(self, error: AppError) -> None:
        super().__init__({"file": error})


def opened(content: bytes) -> Kind:
    """Which of the two it is, if it is safe to parse."""
    if not content:
        raise Unopened(NothingSent())
    if content.startswith(OLD_EXCEL):
        raise Unopened(OldKind())
    if not content.startswith(ZIP):
        kind = next((name for start, name in OTHER.items() if content.startswith(start)), None)
        raise Unopened(OtherKind(kind=kind) if kind else NotAForm())
    try:
        return _checked(content)
    except (packing.TooMuch, packing.TooFar):
        raise Unopened(TooMuchInside()) from None
    except BROKEN:
        raise Unopened(NotAForm()) from None


def _checked(content: bytes) -> Kind:
    if len(content) > MOST_BYTES:
        raise packing.TooMuch
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        if len(names) > MOST_PARTS or sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise packing.TooMuch
        if "mimetype" in names and archive.read("mimetype").startswith(OASIS):
            raise Unopened(OpenDocument())
        programs = any("vbaproject" in name.lower() or "/activex/" in name.lower() for name in names)
        if programs or b"macroEnabled" in archive.read("[Content_Types].xml"):
            raise Unopened(HasMacros())
    kind: Kind | None = "docx" if DOCUMENT in names else "xlsx" if BOOK in names else None
    if kind is None:
        raise Unopened(NotAForm())
    packing.check(
        content,
        most_bytes=MOST_UNPACKED,
        most_parts=MOST_PARTS,
        last_row=LAST_ROW,
        most_other=MOST_PART if kind == "docx" else packing.MOST_OTHER,
    )
    return kind
