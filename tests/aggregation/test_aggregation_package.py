"""The package as a whole: its examples run, its names are there, scipy waits until it is needed."""

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest

import app.aggregation

MODULES = [module.name for module in pkgutil.iter_modules(app.aggregation.__path__, "app.aggregation.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("name", app.aggregation.__all__)
def test_every_public_name_is_documented_with_an_example_or_its_fields(name):
    public = getattr(app.aggregation, name)
    sections = ("Attributes\n",) if hasattr(public, "__slots__") and not hasattr(public, "judge") else ()
    for section in sections or ("Parameters\n", "Raises\n", "Notes\n", "References\n", "Examples\n"):
        assert section in public.__doc__, f"{name} lacks {section}"


def test_importing_the_package_does_not_import_scipy():
    check = "import sys, app.aggregation; sys.exit('scipy' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", check], check=False, cwd=app.__path__[0] + "/..").returncode
        == 0
    )
