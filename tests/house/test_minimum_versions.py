"""No package with a published fault is installed, pinned or allowed to come back."""

import re
import tomllib
from importlib.metadata import version

import pytest
from packaging.version import Version

from app.settings import ROOT

MINIMUM = tomllib.loads((ROOT / "docs/minimum-versions.toml").read_text())
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.mark.parametrize("package", MINIMUM)
def test_what_is_installed_is_new_enough(package):
    assert Version(version(package)) >= Version(MINIMUM[package]["minimum"]), MINIMUM[package]["because"]


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("package", MINIMUM)
def test_what_is_pinned_is_new_enough(package, lock):
    pinned = re.search(rf"^{re.escape(package)}==([^ ;\\]+)", (ROOT / lock).read_text(), re.MULTILINE)
    assert pinned, f"{package} is not in {lock}"
    assert Version(pinned.group(1)) >= Version(MINIMUM[package]["minimum"])
