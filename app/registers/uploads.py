"""A spreadsheet on its way: sent as a file, shown as a preview, and carried along until it is applied.

Between the two requests the rows travel in the page itself, compressed: nothing is stored for a
preview that nobody applies, and any process can take the second request. Who holds the page could
send any other rows as well, so that they need no signature; all is checked again. A sheet that is
too large to travel so is chosen again, and the preview's digest says whether it is the same.
"""

import base64
import binascii
import zlib
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile

from app.registers import sheets
from app.registers.sheets import BrokenFile, Sheet
from app.web.forms import UNSTORABLE, Submitted, texts

MINOR = "minor"
# fields of a form are read up to a megabyte each, and a whole request up to two
PIECE = 900_000
MOST_CARRIED = 1_800_000
MOST_UNPACKED = 32 * 1024 * 1024


class Carried(BaseModel):
    """The rows of a sheet as they travel."""

    rows: list[tuple[int, list[str]]]
    formulas: list[tuple[int, int]] = []


@dataclass(frozen=True, slots=True)
class Upload:
    """What was sent: a file, or the rows of one that was sent before; and what is to be done with it."""

    content: bytes
    pieces: list[str]
    minor: bool
    seen: str
    reason: str

    def sheet(self, known: set[str]) -> Sheet:
        """The table; a file goes before what was carried along."""
        if self.content or not self.pieces:
            return sheets.read(self.content, known)
        return unpack(self.pieces)


def pack(sheet: Sheet) -> list[str]:
    """The rows in pieces for the page to carry; none if they are too many."""
    carried = Carried(rows=sheet.rows, formulas=sheet.formulas)
    packed = zlib.compress(carried.model_dump_json().encode(errors="replace"), 6)
    text = base64.urlsafe_b64encode(packed).decode()
    if len(text) > MOST_CARRIED:
        return []
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


def unpack(pieces: list[str]) -> Sheet:
    """The rows that the page has carried along."""
    try:
        packed = base64.urlsafe_b64decode("".join(pieces))
        reader = zlib.decompressobj()
        content = reader.decompress(packed, MOST_UNPACKED)
        if reader.unconsumed_tail or not reader.eof:
            raise BrokenFile(sheets.NoTable())
        carried = Carried.model_validate_json(content)
    except (binascii.Error, zlib.error, ValidationError, ValueError):
        raise BrokenFile(sheets.NoTable()) from None
    rows = sheets.bounded(
        (number, [UNSTORABLE.sub("", cell) for cell in cells]) for number, cells in carried.rows
    )
    return Sheet(list(rows), carried.formulas)


def upload(form: Submitted) -> Upload:
    """What the forms of an import say."""
    said = texts(form)
    return Upload(
        content=_content(form),
        pieces=[piece for piece in form.getlist("rows") if isinstance(piece, str) and piece],
        minor=said.get("meaning") == MINOR,
        seen=said.get("seen", ""),
        reason=said.get("reason", ""),
    )


def _content(form: FormData) -> bytes:
    file = form.get("file")
    return file.file.read() if isinstance(file, UploadFile) else b""


UploadDep = Annotated[Upload, Depends(upload)]
