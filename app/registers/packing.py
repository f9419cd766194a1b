"""What a workbook holds before anything parses it: a small file can unpack to more than a machine bears.

Its parts are counted as bytes. That is sound for UTF-8 without entities, in which all spreadsheet
programs write, and anything else is refused.
"""

import re
from io import BytesIO
from zipfile import ZipFile

MOST_CELLS = 250_000
# of the parts that hold no cells: styles, names, relations
MOST_OTHER = 2 * 1024 * 1024
HOLDS_CELLS = re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
CELL = re.compile(rb"<(?:\w+:)?(?:c|si|r)[\s/>]")
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
NUMBERED_ROW = re.compile(rb"""<(?:\w+:)?row\s[^<>]*?\br\s*=\s*["'](\d+)""")
VALUE = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s/>]")
ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""")
DECLARED = 200


class TooMuch(Exception):
    """More than is taken."""


class TooFar(Exception):
    """Something stands in a row beyond the last one that is read."""


class NotPlain(ValueError):
    """XML in an encoding, or with entities, by which its bytes do not tell what it holds."""


def check(
    content: bytes, *, most_bytes: int, most_parts: int, last_row: int, most_other: int = MOST_OTHER
) -> None:
    """Pass a workbook that is safe to parse; raise one of the above, or what zipfile raises."""
    with ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > most_parts or sum(part.file_size for part in parts) > most_bytes:
            raise TooMuch
        for part in parts:
            _check_part(part.filename, archive.read(part), last_row, most_other)


def _check_part(name: str, held: bytes, last_row: int, most_other: int) -> None:
    encoding = ENCODING.match(held[:DECLARED].lstrip(b"\xef\xbb\xbf \r\n\t"))
    if held[:2] in {b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"} or b"<!DOCTYPE" in held or b"<!ENTITY" in held:
        raise NotPlain(name)
    if encoding and encoding[1].lower() not in {b"utf-8", b"us-ascii"}:
        raise NotPlain(name)
    if len(held) > most_other and not HOLDS_CELLS.fullmatch(name):
        raise TooMuch
    if _count(CELL, held) > MOST_CELLS:
        raise TooMuch
    if _count(ROW, held) > last_row:
        raise TooFar
    far = next((row for row in NUMBERED_ROW.finditer(held) if int(row[1][:12]) > last_row), None)
    if far and VALUE.search(held, far.end()):
        raise TooFar


def _count(tag: re.Pattern[bytes], held: bytes) -> int:
    return sum(1 for _ in tag.finditer(held))
