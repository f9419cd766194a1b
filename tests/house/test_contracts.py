"""The import contracts hold, and what is private to one module is touched by that module alone."""

import ast
import re

from importlinter.cli import lint_imports

from app.settings import ROOT


def test_the_import_contracts_hold():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), is_debug_mode=False) == 0


def importers_of(name):
    return {
        str(path.relative_to(ROOT / "app"))
        for path in (ROOT / "app").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and name in {alias.name for alias in node.names}
    }


def test_only_one_module_knows_who_is_who():
    assert importers_of("PseudonymLink") == {"models/__init__.py", "seminars/pseudonyms.py"}
    assert importers_of("SeminarKey") == {"models/__init__.py", "seminars/pseudonyms.py"}


def modules_that_say(pattern):
    return {
        str(path.relative_to(ROOT / "app"))
        for path in (ROOT / "app").rglob("*.py")
        if re.search(pattern, path.read_text())
    }


def test_nobody_reads_the_environment_but_the_settings_library():
    assert not modules_that_say(r"\bos\.environ\b|\bgetenv\b")


def test_one_clock_for_all():
    assert modules_that_say(r"\bdatetime\.now\(|\butcnow\(|\.today\(") == {"clock.py"}


def test_no_service_commits():
    assert modules_that_say(r"\.commit\(\)") == {"db.py"}
