"""The page that explains the maps gives the numbers that the software gives."""

import doctest
import re

from app.settings import ROOT

PAGE = (ROOT / "docs/maps.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_the_worked_example_is_true():
    said: list[str] = []
    test = doctest.DocTestParser().get_doctest("\n".join(BLOCKS), {}, "docs/maps.md", None, 0)
    result = doctest.DocTestRunner().run(test, out=said.append)
    assert result.failed == 0, "".join(said)
    assert result.attempted > 15


def test_every_sign_of_a_map_is_explained():
    for sign in ("median", "quartile", "divided", "gap score", "Don't know", "hypothesis", "Sure", "sector"):
        assert sign in PAGE, sign
