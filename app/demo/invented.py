"""Read what was invented for the demonstration: files that all say so."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache
def read(name: str) -> dict[str, Any]:
    """The content of one of the files beside this module."""
    content: dict[str, Any] = yaml.load((FOLDER / name).read_text(encoding="utf-8"), LOADER)  # noqa: S506 - a safe loader
    assert content["synthetic"] is True
    return content
