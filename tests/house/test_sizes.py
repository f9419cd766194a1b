"""No file is too long to read in one sitting, no function too long to see at once."""

import ast
from itertools import chain

import pytest

from app.settings import ROOT

FILE, FUNCTION, NUMERICS, ROUTE = 400, 40, 60, 12
PYTHON = sorted(
    chain.from_iterable((ROOT / top).rglob("*.py") for top in ("app", "tests", "tools", "migrations"))
)
OTHER = sorted(
    path
    for top in ("templates", "static", "tests")
    for path in (ROOT / top).rglob("*.*")
    if path.suffix in {".html", ".txt", ".css", ".js"} and "vendor" not in path.parts
)
CODE = [path for path in PYTHON if path.is_relative_to(ROOT / "app")]


def relative(path):
    return str(path.relative_to(ROOT))


def length_without_docstring(node):
    lines = node.end_lineno - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def functions(path):
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", [*PYTHON, *OTHER], ids=relative)
def test_a_file_can_be_read_in_one_sitting(path):
    if path.parent.name == "versions":  # a migration is a record, not something to be read
        return
    assert len(path.read_text().splitlines()) <= FILE


@pytest.mark.parametrize("path", CODE, ids=relative)
def test_a_function_can_be_seen_at_once(path):
    limit = NUMERICS if path.parent.name == "aggregation" else FUNCTION
    too_long = {
        node.name: lines for node in functions(path) if (lines := length_without_docstring(node)) > limit
    }
    assert not too_long


@pytest.mark.parametrize("path", [path for path in CODE if path.name == "routes.py"], ids=relative)
def test_a_route_only_asks_and_answers(path):
    too_long = {
        node.name: lines
        for node in functions(path)
        if (lines := node.end_lineno - node.body[int(ast.get_docstring(node) is not None)].lineno + 1) > ROUTE
    }
    assert not too_long


@pytest.mark.parametrize("path", CODE, ids=relative)
def test_a_module_says_in_one_sentence_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize("path", CODE, ids=relative)
def test_a_module_bears_a_word_of_the_domain(path):
    vague = {"utils", "helpers", "common", "misc", "manager", "constants", "types", "base"}
    assert path.stem not in vague or path == ROOT / "app/models/base.py"
