"""The archives that Word files and workbooks are: packed alike for the same content, with no time in them."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)


def rewritten(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The archive with each part as `change` gives it back, and without those of which it gives None."""
    with ZipFile(BytesIO(content)) as source:
        parts = {name: change(name, source.read(name)) for name in source.namelist()}
    return packed({name: part for name, part in parts.items() if part is not None})


def packed(parts: dict[str, bytes]) -> bytes:
    """Files of these names as one archive."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, content in parts.items():
            part = ZipInfo(name, EPOCH)
            part.compress_type = ZIP_DEFLATED
            target.writestr(part, content)
    return out.getvalue()
