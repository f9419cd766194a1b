"""A panel that can write minority statements."""

import pytest

from tests.dissent.collecting import Panel
from tests.factories import Make


@pytest.fixture
def panel(make: Make) -> Panel:
    return Panel.of(make)
