"""The examples in the docstrings of what is pure are true."""

import doctest
import importlib

import pytest

PURE = (
    "app.questions.answers",
    "app.questions.fingerprint",
    "app.questions.sealing",
    "app.results.camps",
    "app.results.methods",
    "app.results.spread",
    "app.rounds.quorum",
    "app.rounds.suppression",
    "app.wording.maps",
)


@pytest.mark.parametrize("name", PURE)
def test_examples_are_true(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted
    assert not found.failed
