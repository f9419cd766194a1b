"""The bundle of the demonstration: signed, the same each time, and counted again by whoever doubts it."""

import csv
import io
import json
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.db import make_engine, transaction
from app.demo import service
from app.outcome import exporting
from app.outcome.bundle import archive, making, signing, verifying
from app.outcome.bundle.contents import as_json
from app.policy import Role
from tests import demonstrations

SECRET = "a secret of the installation that nobody knows"
ANSWERS, RESULT = "data/R2-Q1/answers.csv", "data/R2-Q1/result.json"


def settings_of(folder, secret=SECRET):
    return demonstrations.settings(Path(folder), secret_key=secret)


@pytest.fixture(scope="module")
def bundle(demo_sqlite):
    engine = make_engine(f"sqlite:///{demo_sqlite}")
    with transaction(engine, write=False) as session:
        seminar = service.find(session)
        assert seminar is not None
        first, second = (
            exporting.build(session, settings_of("."), seminar=seminar, form="bundle", roles={Role.ORGANISER})
            for _ in range(2)
        )
    engine.dispose()
    assert first == second
    return first


@pytest.fixture(scope="module")
def files(bundle):
    return archive.unpack(bundle)


def sealed_again(files, *, secret=SECRET):
    """The files as somebody who has a key would sign them."""
    changed = {
        name: content for name, content in files.items() if name not in {"manifest.json", "signature.json"}
    }
    about = json.loads(files["manifest.json"])
    del about["files"]
    return archive.pack(making.sealed(settings_of(".", secret), changed, about))


def test_every_figure_is_counted_again_and_what_cannot_be_is_told(bundle):
    verdict = verifying.verify(bundle, key=signing.fingerprint(signing.public_key(settings_of("."))))
    assert verdict.faults == []
    assert (verdict.questions, verdict.files) == (3, 21)
    assert verdict.figures > 10_000
    assert verdict.trusted["texts that experts wrote"] > 100
    assert verdict.trusted[f"{verifying.NO_BALLOTS}, or whose answers are texts"] > 1000
    assert verdict.doubts == []
    assert verdict.fingerprint in "\n".join(verifying.in_words(verdict))


def test_it_explains_itself(files):
    manifest = json.loads(files["manifest.json"])
    assert manifest["format"] == "colloquy-bundle-1"
    assert [(one["round"], one["code"]) for one in manifest["questions"] if one["answers"]] == [
        (0, "Q2"),
        (0, "Q3"),
        (2, "Q1"),
    ]
    readme = files["README.txt"].decode()
    assert "colloquy verify" in readme
    assert signing.fingerprint(signing.public_key(settings_of("."))) in readme
    assert "synthetic" in readme
    assert files["LICENCE.txt"].startswith(b"No licence has been chosen")
    table = list(csv.DictReader(io.StringIO(files["codebook.csv"].decode("utf-8-sig"))))
    explained = {(row["file"], row["column"]) for row in table}
    for name in files:
        if name.endswith(".csv"):
            header = next(csv.reader(io.StringIO(files[name].decode("utf-8-sig"))))
            assert {(name, column) for column in header} <= explained
    (row,) = [row for row in table if (row["file"], row["column"]) == (ANSWERS, "W01.OV")]
    assert row["type"].startswith("whole number, 1 to 9, or the word of an abstention")
    assert "9 = Clearly yes, as it stands; no_expertise = Outside my expertise" in row["values"]


def test_it_is_an_archive_that_everybody_can_open(bundle):
    with zipfile.ZipFile(io.BytesIO(bundle)) as opened:
        assert opened.testzip() is None
        assert {part.date_time for part in opened.infolist()} == {archive.EPOCH}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_one_byte_of_any_file_that_is_changed_is_found_in_that_file(files, data):
    name = data.draw(st.sampled_from(sorted(files)))
    place = data.draw(st.integers(0, len(files[name]) - 1))
    content = bytearray(files[name])
    content[place] ^= data.draw(st.integers(1, 255))
    faults = verifying.verify(archive.pack(files | {name: bytes(content)})).faults
    assert any(fault.startswith(name) or f" {name} " in fault for fault in faults)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_one_byte_of_the_archive_that_is_changed_is_found(bundle, data):
    content = bytearray(bundle)
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    assert verifying.verify(bytes(content)).faults


def with_median(files, median):
    result = json.loads(files[RESULT])
    result["result"]["options"][0]["by_criterion"]["OV"]["median"] = median
    return files | {RESULT: as_json(result)}


def test_a_figure_that_is_changed_breaks_the_signature_whatever_the_manifest_says(files):
    forged = archive.unpack(sealed_again(with_median(files, 1.0)))
    forged["signature.json"] = files["signature.json"]
    faults = verifying.verify(archive.pack(forged)).faults
    assert faults[0] == "signature.json: the signature is not good: manifest.json is not what was signed"


def test_another_key_is_told_by_its_fingerprint(files):
    forged = sealed_again(files, secret="another secret")
    assert verifying.verify(forged).holds
    told = signing.fingerprint(signing.public_key(settings_of(".")))
    (fault,) = verifying.verify(forged, key=told.replace(":", "").upper()).faults
    assert fault.startswith("signature.json: it is signed with another key: ")
    everybodys = verifying.verify(sealed_again(files, secret="development-only"))
    assert everybodys.doubts == [verifying.EVERYBODYS]


def test_a_figure_that_its_own_installation_changes_is_named_with_what_is_found(files):
    said = json.loads(files[RESULT])["result"]["options"][0]
    median = said["by_criterion"]["OV"]["median"]
    (fault,) = verifying.verify(sealed_again(with_median(files, 1.0))).faults
    place = f"options {said['code']} by_criterion OV median"
    assert fault == f"{RESULT}: {place}: it says 1.0, and {median} is found"


def test_a_rating_that_is_changed_and_signed_anew_does_not_count_to_its_figures(files):
    rows = list(csv.reader(io.StringIO(files[ANSWERS].decode("utf-8-sig"))))
    assert rows[0][1] == "W01.OV"
    rows[-1][1] = "1"
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    faults = verifying.verify(sealed_again(files | {ANSWERS: out.getvalue().encode("utf-8-sig")})).faults
    assert any(fault.startswith(f"{RESULT}: options W01 by_criterion OV mean: it says") for fault in faults)
    assert any(fault.startswith(f"{RESULT}: inputs ratings: it says") for fault in faults)


def test_words_that_the_rules_do_not_give_are_named(files):
    rules = json.loads(files["data/rules.json"])
    rules["wording"]["labels"][1]["when"] = "n >= 1"
    faults = verifying.verify(sealed_again(files | {"data/rules.json": as_json(rules)})).faults
    assert any(" label: it says " in fault for fault in faults)
    assert any(" inputs wording: it says " in fault for fault in faults)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"README.txt": None}, "README.txt: this is missing"),
        ({"data/more.csv": b"1"}, "data/more.csv: this is not in the manifest"),
        ({"signature.json": None}, "signature.json: this is missing"),
        ({"signature.json": b"[]\n"}, "signature.json: this is no signature of a bundle"),
        (
            {"manifest.json": b'{\n "format": "other"\n}\n'},
            "manifest.json: this is not the manifest of a bundle",
        ),
        ({"manifest.json": b"[" * 100_000}, "manifest.json: this is not as it was written"),
    ],
)
def test_what_is_missing_or_too_much_is_named(files, change, fault):
    changed = {name: content for name, content in (files | change).items() if content is not None}
    assert any(one.startswith(fault) for one in verifying.verify(archive.pack(changed)).faults)


@pytest.mark.parametrize("change", [{"result": "\x1b[2J\nThe bundle holds."}, {"answers": "\x1b[2J"}])
def test_what_somebody_else_signed_steers_no_terminal(files, change):
    about = json.loads(files["manifest.json"])
    about["questions"] = [about["questions"][0] | change]
    verdict = verifying.verify(sealed_again(files | {"manifest.json": as_json(about)}))
    assert verdict.faults
    assert all(fault.isprintable() for fault in verdict.faults)


def test_a_scale_that_would_fill_the_memory_is_not_counted_on(files):
    content = json.loads(files[RESULT])
    content["result"]["scales"][0]["high"] = 2_000_000_000
    (fault,) = verifying.verify(sealed_again(files | {RESULT: as_json(content)})).faults
    assert fault.startswith(f"{RESULT}: it cannot be counted again: a scale has more points")


def zipped(*parts, compression=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made, warnings.catch_warnings(action="ignore"):
        for name, content in parts:
            made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "this is no ZIP archive, or a broken one"),
        (b"%PDF-1.7", "this is no ZIP archive, or a broken one"),
        (zipped(("../../etc/passwd", b"x")), "../../etc/passwd: this is no name of a file in a bundle"),
        (zipped(("/etc/passwd", b"x")), "/etc/passwd: this is no name of a file in a bundle"),
        (zipped(("a\x1b[31m", b"x")), "a�[31m: this is no name of a file in a bundle"),
        (zipped(("a", b"x"), ("a", b"y")), "a: this stands there twice"),
        (
            zipped(("bomb", b"\0" * 10_000_000), compression=zipfile.ZIP_DEFLATED),
            "its files are larger than the archive itself",
        ),
        (
            zipped(("small", b"ab"), compression=zipfile.ZIP_DEFLATED),
            "small: this is compressed or encrypted, and in a bundle nothing is",
        ),
        (zipped(*((f"f{n}", b"") for n in range(2001))), "there are more than 2000 files in it"),
        (archive.pack({"a": b"x"}) + b"!", "the archive is not as it was written"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_a_hostile_archive_is_refused_before_it_is_unpacked(content, fault):
    verdict = verifying.verify(content)
    assert verdict.faults[0].startswith(fault)


def test_too_large_a_file_is_not_even_opened(bundle, monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000_000)
    assert verifying.verify(bundle).faults == ["the file is larger than 1 MB"]
