"""Files as one ZIP that is the same bytes on any machine, and back again whoever made it.

Nothing is compressed: what compresses best differs from one machine to the next, and what is as long as it
says can unfold into nothing longer. An archive that is not exactly what `pack` makes of its files has been
changed, if only where no file stands.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
UNIX, ORDINARY_FILE = 3, 0o100644 << 16
MOST_BYTES, MOST_FILES = 200_000_000, 2_000
ENCRYPTED = 0x1
# no part begins with a point: no way leads out of the folder into which it is unpacked
NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/)*[A-Za-z0-9][A-Za-z0-9._-]*")
# what zipfile raises where an archive is not what it should be
BROKEN = (BadZipFile, EOFError, OSError, LookupError, ValueError, RuntimeError, NotImplementedError)


class BrokenArchive(Exception):
    """Nothing can be trusted of it; `faults` says why, in words."""

    def __init__(self, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def pack(files: Mapping[str, bytes]) -> bytes:
    """The archive of these files, by their names."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name in sorted(files):
            part = ZipInfo(name, EPOCH)
            part.create_system, part.external_attr = UNIX, ORDINARY_FILE
            archive.writestr(part, files[name])
    return out.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """The files of an archive that `pack` made; else `BrokenArchive`, which names what is not so."""
    if len(content) > MOST_BYTES:
        raise BrokenArchive(f"the file is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if faults := list(_faults(parts, len(content))):
                raise BrokenArchive(*faults)
            files = _read(archive, parts)
    except BROKEN:
        raise BrokenArchive("this is no ZIP archive, or a broken one") from None
    if pack(files) != content:
        raise BrokenArchive("the archive is not as it was written: was it unpacked, and packed again?")
    return files


def _faults(parts: list[ZipInfo], length: int) -> Iterator[str]:
    """What would make it unsafe to read."""
    if len(parts) > MOST_FILES:
        yield f"there are more than {MOST_FILES} files in it"
        return
    if sum(part.file_size for part in parts) > length:
        yield "its files are larger than the archive itself"
    seen: set[str] = set()
    for part in parts:
        if not NAME.fullmatch(part.filename):
            yield f"{printable(part.filename)}: this is no name of a file in a bundle"
        elif part.filename in seen:
            yield f"{part.filename}: this stands there twice"
        elif part.compress_type != ZIP_STORED or part.flag_bits & ENCRYPTED:
            yield f"{part.filename}: this is compressed or encrypted, and in a bundle nothing is"
        seen.add(part.filename)


def _read(archive: ZipFile, parts: list[ZipInfo]) -> dict[str, bytes]:
    files, faults = {}, []
    for part in parts:
        try:
            files[part.filename] = archive.read(part)
        except BROKEN:
            faults.append(f"{part.filename}: this is damaged")
    if faults:
        raise BrokenArchive(*faults)
    return files


def printable(text: str) -> str:
    """The beginning of a text without signs that would steer a terminal."""
    return "".join(sign if sign.isprintable() else "�" for sign in text[:200])
