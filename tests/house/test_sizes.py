"""No file is too long to read in one sitting, no function too long to see at once."""

import ast
from itertools import chain

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


def too_long(paths, limit, length):
    """The functions of these files that are longer than the limit of their room."""
    return {
        f"{relative(path)} {node.name}": lines
        for path in paths
        for node in functions(path)
        if (lines := length(node)) > limit(path)
    }


def test_a_file_can_be_read_in_one_sitting():
    # a migration is a record, not something to be read
    read = [path for path in (*PYTHON, *OTHER) if path.parent.name != "versions"]
    lines = {relative(path): len(path.read_text().splitlines()) for path in read}
    assert len(lines) > len(CODE)
    assert {path: count for path, count in lines.items() if count > FILE} == {}


def test_a_function_can_be_seen_at_once():
    def limit(path):
        return NUMERICS if path.parent.name == "aggregation" else FUNCTION

    assert too_long(CODE, limit, length_without_docstring) == {}


def test_a_route_only_asks_and_answers():
    def body(node):
        return node.end_lineno - node.body[int(ast.get_docstring(node) is not None)].lineno + 1

    routes = [path for path in CODE if path.name == "routes.py"]
    assert routes
    assert too_long(routes, lambda _path: ROUTE, body) == {}


def test_a_module_says_in_one_sentence_what_it_is_for():
    assert [relative(path) for path in CODE if not ast.get_docstring(ast.parse(path.read_text()))] == []


def test_a_module_bears_a_word_of_the_domain():
    vague = {"utils", "helpers", "common", "misc", "manager", "constants", "types", "base"}
    assert [relative(path) for path in CODE if path.stem in vague] == ["app/models/base.py"]
