"""Make the bundle: its files, the manifest of their digests, the installation's signature of that."""

import hashlib
from typing import Any

from app.i18n import _
from app.models import Seminar
from app.outcome.bundle import archive, contents, signing
from app.outcome.bundle.contents import Contents, as_json
from app.outcome.exporting import Asked, Form, NothingPublished, register
from app.settings import Settings

FORMAT, SIGNATURE_FORMAT = "colloquy-bundle-1", "colloquy-signature-1"
MANIFEST, SIGNATURE = "manifest.json", "signature.json"


def build(asked: Asked) -> bytes:
    """The bundle: the same bytes while nothing new is published."""
    seminar, settings = asked.seminar, asked.settings
    told = {
        "name": FORM.file_of(seminar),
        "fingerprint": signing.fingerprint(signing.public_key(settings)),
        "address": f"{settings.origin}/seminars/{seminar.slug}/method",
    }
    found = contents.gather(asked.session, seminar, told)
    if not found.questions:
        raise NothingPublished
    return archive.pack(sealed(settings, found.files, manifest(seminar, found)))


def manifest(seminar: Seminar, found: Contents) -> dict[str, Any]:
    """What the bundle says of itself; the files are listed when it is sealed."""
    return {
        "format": FORMAT,
        "seminar": {
            "slug": seminar.slug,
            "title": seminar.title,
            "language": seminar.language,
            "synthetic": seminar.synthetic,
        },
        "as_of": found.as_of,
        "min_group": seminar.min_group,
        "questions": found.questions,
    }


def sealed(settings: Settings, files: dict[str, bytes], about: dict[str, Any]) -> dict[str, bytes]:
    """The files with the manifest of them and its signature."""
    listed = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    }
    signed = as_json(about | {"files": listed})
    signature = signature_of(signing.public_key(settings), signing.sign(settings, signed))
    return files | {MANIFEST: signed, SIGNATURE: as_json(signature)}


def signature_of(public: bytes, signature: bytes) -> dict[str, str]:
    """What stands beside the manifest."""
    return {
        "format": SIGNATURE_FORMAT,
        "algorithm": signing.ALGORITHM,
        "of": MANIFEST,
        "public_key": public.hex(),
        "fingerprint": signing.fingerprint(public),
        "signature": signature.hex(),
    }


FORM = Form(
    name="bundle",
    media="application/zip",
    suffix="zip",
    stem="bundle",
    title=_("Data set bundle (ZIP)"),
    about=_(
        "Results, ballots, registers, rules and codebook, signed. Anybody can count every figure again from"
        " it, offline."
    ),
    build=build,
    long=True,
)
register(FORM)
