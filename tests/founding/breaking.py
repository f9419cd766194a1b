"""What is wrong with a template, as those read it who wrote it."""

from pathlib import Path

import pytest

from app.founding import template
from app.founding.faults import BrokenTemplate


def faults_of(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(BrokenTemplate) as refused:
        template.load(folder)
    return [(fault.file, fault.line, fault.reason) for fault in refused.value.faults]
