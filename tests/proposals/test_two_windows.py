"""Two windows of one author: neither overwrites the other in silence."""

import re

import pytest

from app.proposals import service
from tests.proposals.writing import gap


def test_the_older_window_does_not_overwrite_the_newer(desk):
    kept = desk.author.write()
    desk.author.change(kept, gap("From the newer window"), seen=1)
    with pytest.raises(service.ChangedElsewhere):
        desk.author.change(kept, gap("From the older window"), seen=1)
    assert desk.author.view(kept).title == "From the newer window"


def test_two_windows_that_say_the_same_do_not_disagree(desk):
    kept = desk.author.write()
    desk.author.change(kept, gap("The same"), seen=1)
    desk.author.change(kept, gap("The same"), seen=1)
    assert desk.author.view(kept).revision == 2


def test_what_was_typed_stands_beside_what_the_other_window_saved(desk, as_person):
    kept = desk.author.write()
    browser = as_person(desk.author.person)
    path = f"{desk.path}/proposals/{kept.reference}"
    sent = {"title": "From the newer", "text": "Newer text", "revision": "1"}
    assert browser.post(path, data=sent).status_code == 303

    answer = browser.post(path, data={"title": "From the older", "text": "Older text", "revision": "1"})

    assert answer.status_code == 409
    assert 'value="From the older"' in answer.text
    assert "Older text" in answer.text
    assert "Newer text" in answer.text
    (revision,) = re.findall(r'name="revision" value="(\d+)"', answer.text)
    again = browser.post(path, data={"title": "From the older", "text": "Older text", "revision": revision})
    assert again.status_code == 303
    assert desk.author.view(kept).title == "From the older"
