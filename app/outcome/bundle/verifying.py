"""Check a bundle without a database, settings or the network: its files, its signature, and every figure."""

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.errors import AppError
from app.outcome.bundle import archive, comparing, signing
from app.outcome.bundle.archive import BrokenArchive, printable
from app.outcome.bundle.contents import RULES, as_json
from app.outcome.bundle.making import FORMAT, MANIFEST, SIGNATURE, signature_of
from app.results import again
from app.results.again import NotCountable, Published
from app.wording import BrokenRule

NUMBER = re.compile(r"-?[0-9]{1,9}")
SIGNED = ("public_key", "signature")
NO_BALLOTS = "results beside which no single ballots leave"
EVERYBODYS = (
    "It is signed with the key of an installation that has no secret of its own, as a demonstration: anybody"
    " can sign with that."
)
# What a result raises that is not what it should be; whoever signed it need not have been Colloquy.
UNREADABLE = (
    AppError,
    BrokenRule,
    KeyError,
    TypeError,
    ValueError,
    IndexError,
    AttributeError,
    ArithmeticError,
)


@dataclass(slots=True)
class Verdict:
    """What was found; everything holds if there is no fault."""

    faults: list[str] = field(default_factory=list)
    files: int = 0
    figures: int = 0
    questions: int = 0
    trusted: Counter[str] = field(default_factory=Counter)
    fingerprint: str = ""
    doubts: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing differs."""
        return not self.faults


def verify(content: bytes, *, key: str = "") -> Verdict:
    """The verdict on a bundle; `key` is the fingerprint that the reader was told, if she was."""
    verdict = Verdict()
    try:
        files = archive.unpack(content)
    except BrokenArchive as broken:
        verdict.faults += broken.faults
        return verdict
    manifest = _manifest(verdict, files)
    _signature(verdict, files, key)
    # of files that are not what the manifest says, no figure is worth counting
    if manifest is not None and _files(verdict, files, manifest):
        _figures(verdict, files, manifest)
    return verdict


def in_words(verdict: Verdict, *, key: str = "") -> Iterator[str]:
    """What holds, and what is taken on trust, for people."""
    told = sum(verdict.trusted.values())
    yield f"{verdict.files} files are what was signed."
    yield f"{verdict.figures} figures of {verdict.questions} questions are the same, counted from ballots."
    yield f"Taken on trust, since the bundle cannot show it: {told} figures and texts."
    for reason, number in sorted(verdict.trusted.items()):
        yield f"  {number:>6}  {reason}"
    yield f"Signed with the key {verdict.fingerprint}"
    if not key:
        yield "Compare it with the key on the seminar's page “How results are made”, or give that as --key."
    yield from verdict.doubts


def _manifest(verdict: Verdict, files: Mapping[str, bytes]) -> dict[str, Any] | None:
    manifest = _json(verdict, files, MANIFEST)
    if manifest is None:
        return None
    fits = isinstance(manifest, dict) and manifest.get("format") == FORMAT
    if not (fits and isinstance(manifest.get("files"), dict) and isinstance(manifest.get("questions"), list)):
        verdict.faults.append(f"{MANIFEST}: this is not the manifest of a bundle of the format {FORMAT}")
        return None
    return dict(manifest)


def _json(verdict: Verdict, files: Mapping[str, bytes], name: str) -> Any:
    """The content of a file that is JSON in the one way to write it; None, and a fault, if it is not."""
    if name not in files:
        # a name that the manifest gives is whatever its writer pleased
        verdict.faults.append(f"{printable(str(name))}: this is missing")
        return None
    try:
        content = json.loads(files[name])
        written = as_json(content)
    except (ValueError, RecursionError):
        content, written = None, b""
    if written != files[name]:
        verdict.faults.append(f"{name}: this is not as it was written")
        return None
    return content


def _signature(verdict: Verdict, files: Mapping[str, bytes], key: str) -> None:
    content = _json(verdict, files, SIGNATURE)
    if content is None:
        return
    try:
        said = {name: content[name] for name in SIGNED}
        public, signed = bytes.fromhex(said["public_key"]), bytes.fromhex(said["signature"])
    except (KeyError, TypeError, ValueError):
        verdict.faults.append(f"{SIGNATURE}: this is no signature of a bundle")
        return
    if content != signature_of(public, signed):
        verdict.faults.append(f"{SIGNATURE}: what it says of itself does not fit its key")
    if not signing.has_signed(public, signed, files.get(MANIFEST, b"")):
        verdict.faults.append(f"{SIGNATURE}: the signature is not good: {MANIFEST} is not what was signed")
    verdict.fingerprint = signing.fingerprint(public)
    if key and not signing.is_of(public, key):
        verdict.faults.append(f"{SIGNATURE}: it is signed with another key: {verdict.fingerprint}")
    if signing.is_everybodys(public):
        verdict.doubts.append(EVERYBODYS)


def _files(verdict: Verdict, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> bool:
    """Whether they are all there, and nothing else is."""
    listed, faults = manifest["files"], len(verdict.faults)
    for name in sorted({*files, *listed} - {MANIFEST, SIGNATURE}):
        if name not in files:
            verdict.faults.append(f"{printable(name)}: this is missing")
        elif name not in listed:
            verdict.faults.append(f"{name}: this is not in the manifest")
        elif listed[name] != _digest(files[name]):
            verdict.faults.append(f"{name}: this is not what the manifest says")
        else:
            verdict.files += 1
    return len(verdict.faults) == faults


def _digest(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _figures(verdict: Verdict, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
    rules = _json(verdict, files, RULES)
    for question in manifest["questions"]:
        try:
            name, answers = question["result"], question["answers"]
            content = _json(verdict, files, name)
            if content is not None and isinstance(rules, dict):
                _question(verdict, question, content, rules, files[answers] if answers else None)
        except UNREADABLE as fault:
            verdict.faults.append(f"{_told(question)}: it cannot be counted again: {printable(str(fault))}")


def _told(question: Any) -> str:
    name = question.get("result") if isinstance(question, dict) else None
    return printable(str(name or MANIFEST))


def _question(
    verdict: Verdict, about: Mapping[str, Any], content: Any, rules: Mapping[str, Any], answers: bytes | None
) -> None:
    """Count one question again and compare."""
    name, result = about["result"], content["result"]
    told = (content["round"]["number"], content["question"]["code"], content["question"]["type"])
    if told != (about["round"], about["code"], about["type"]) or result["method"] != about["method"]:
        verdict.faults.append(f"{name}: {MANIFEST} says another question or method of it")
    if result["submitted"] < rules["min_group"]:
        verdict.faults.append(f"{name}: it is of fewer experts than the smallest group")
    if answers is None:
        verdict.trusted[f"{NO_BALLOTS}, or whose answers are texts"] += comparing.count(result)
        return
    columns, rows = _ballots(answers)
    found = again.count(
        Published(
            type=about["type"],
            settings=content["question"]["settings"],
            numbers=result,
            wording=rules["wording"],
            columns=columns,
            rows=rows,
        )
    )
    compared = comparing.compare(result, json.loads(json.dumps(found)))
    verdict.questions += 1
    verdict.figures += compared.same
    verdict.trusted += compared.told
    verdict.faults += [printable(f"{name}: {fault}") for fault in compared.faults]


def _ballots(content: bytes) -> tuple[list[str], list[list[int | str | None]]]:
    """The columns and the rows of the ballots, without their numbers."""
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    try:
        header, *rows = list(reader)
    except csv.Error as broken:
        raise NotCountable(f"the ballots are no table: {broken}") from None
    numbers = [row[0] for row in rows]
    if header[0] != "row" or numbers != [str(number) for number in range(1, len(rows) + 1)]:
        raise NotCountable("the ballots are not numbered as they should be")
    if any(len(row) != len(header) for row in rows):
        raise NotCountable("a ballot has more or fewer cells than there are columns")
    return header[1:], [[_cell(cell) for cell in row[1:]] for row in rows]


def _cell(cell: str) -> int | str | None:
    return int(cell) if NUMBER.fullmatch(cell) else cell or None
