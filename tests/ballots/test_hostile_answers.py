"""Whatever is sent to any question is saved as it is, or refused beside its field; nothing breaks."""

from itertools import cycle

import pytest

from tests.conftest import HTMX
from tests.house import hostile

FIELDS = {
    "Q1": ("T01.LIK", "T01.rationale", "T01.seen", "T99.LIK", "T01."),
    "Q2": ("STK-01.INT", "STK-01.INF.sure", "at"),
    "Q3": ("FW-01.E01", "FW-01.E01.sure", "FW-01.E01.source", "FW-01.rationale", "then"),
    "Q4": ("G01.for", "G01.against", "G01.OV"),
    "Q5": ("P-7KQ2.title", "kind"),
}
# what a browser can send; halves of surrogate pairs are sent by tests/house
VALUES = [value for value in hostile.IN_FIELDS if "\ud83d" not in value and value != hostile.HUGE]


@pytest.mark.parametrize("part", FIELDS)
def test_no_value_breaks_a_page(table, mapper, part):
    """Each value is tried in one field of the part, all fields in turn."""
    for value, name, script in zip(VALUES, cycle(FIELDS[part]), cycle((False, False, True)), strict=False):
        code = name.partition(".")[0]
        path = f"{mapper.path}/{part}/{code}" if script else f"{mapper.path}/{part}"
        answer = table.post(path, data={name: value}, headers=HTMX if script else {})
        assert answer.status_code in {200, 303, 404, 409, 422}, (name, value)
        assert "<script>alert" not in answer.text
    for path in (f"/{part}", "/review", ""):
        page = table.get(mapper.path + path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
