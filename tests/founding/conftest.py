"""A template to break."""

import shutil
from pathlib import Path

import pytest

from app.founding import template


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped template."""
    shipped = template.catalogue()["unscr-2370-op12"]
    return Path(shutil.copytree(shipped, tmp_path / "mine"))
