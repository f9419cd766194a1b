"""Where packages come from is the machine's own business: no file in the project names a registry."""

import json
import re
import subprocess

import pytest

from app.settings import ROOT

CONFIGS = [
    *("requirements.lock", "requirements-dev.lock", "package-lock.json", "package.json", ".npmrc"),
    *("pyproject.toml", "Makefile", ".ci/run", "benchmarks/requirements-bench.lock"),
]


@pytest.mark.parametrize("name", CONFIGS)
def test_no_file_names_a_registry(name):
    assert not re.search(r"https?://|index-url|registry=|find-links", (ROOT / name).read_text())


def test_every_python_package_is_pinned_with_its_hash():
    for name in ("requirements.lock", "requirements-dev.lock", "benchmarks/requirements-bench.lock"):
        entries = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / name).read_text().strip())
        assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_every_node_package_is_pinned_with_its_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert all("integrity" in package for path, package in packages.items() if path)


def test_there_is_one_kind_of_lock():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"uv.lock", "poetry.lock", "Pipfile.lock", "yarn.lock", "pnpm-lock.yaml"} & set(tracked)
