"""The page for sceptics: its commands do what it says, on a bundle as it is and on one that was changed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.outcome.bundle import archive
from app.settings import ROOT

PAGE = (ROOT / "docs/verify.md").read_text()
EXPORT, VERIFY, WITH_KEY, WITHOUT_COLLOQUY = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(demo_sqlite, tmp_path_factory):
    """A place with the demonstration's bundle, as the page has it exported."""
    place = tmp_path_factory.mktemp("sceptic")
    found = run(EXPORT, place, COLLOQUY_DATABASE_URL=f"sqlite:///{demo_sqlite}")
    assert found.returncode == 0, found.stderr
    return place


def run(commands, place, **environment):
    """What a shell says to them, with the programs of this installation and no settings of it."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["sh", "-e", "-c", commands],
        cwd=place,
        env={"PATH": programs, "PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_one_command_checks_everything_without_database_or_settings(folder):
    nowhere = {"COLLOQUY_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    for command in (VERIFY, WITH_KEY):
        found = run(command, folder, **nowhere)
        assert found.returncode == 0, found.stderr
        assert "figures of 3 questions are the same" in found.stderr
        assert "Taken on trust" in found.stderr
    assert run(WITH_KEY.replace("541b", "541c"), folder).returncode == 1
    assert run(WITH_KEY.replace("541b", "spam"), folder).returncode == 2


def test_files_and_signature_are_checked_without_colloquy(folder):
    found = run(WITHOUT_COLLOQUY, folder)
    assert found.returncode == 0, found.stderr
    assert "Signature Verified Successfully" in found.stdout
    (key,) = re.findall(r"--key (\S+)", WITH_KEY)
    assert key.replace(":", "") in found.stdout


def test_what_was_changed_is_named_and_has_its_status(folder):
    files = archive.unpack((folder / "data.zip").read_bytes())
    (folder / "changed").mkdir()
    (folder / "changed" / "data.zip").write_bytes(archive.pack(files | {"LICENCE.txt": b"Do as you like.\n"}))
    found = run(VERIFY, folder / "changed")
    assert found.returncode == 1
    assert found.stderr.startswith("LICENCE.txt: this is not what the manifest says\n")
    assert run(WITHOUT_COLLOQUY, folder / "changed").returncode == 1
