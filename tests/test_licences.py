"""Every package that the program installs may be used and passed on by a university; a new kind of licence is seen."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest

from tests.places import ROOT

FREE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software|MPL|Mozilla|LGPL|Lesser General|Unlicense|Zlib|0BSD|Public Domain", re.I
)
# Tests compare with these; the program neither imports them nor needs them, and is not passed on with them.
OF_TESTS_ONLY = {"curricularanalytics": "AGPL-3.0", "krippendorff": "GPL-3.0", "text-unidecode": "Artistic or GPL"}


def names(lock: str) -> list[str]:
    return re.findall(r"^([a-z0-9][a-z0-9._-]*)==", (ROOT / lock).read_text(), re.M)


def licence_of(package: Distribution) -> str:
    said = package.metadata
    listed = [each.rpartition("::")[2].strip() for each in said.get_all("Classifier", ()) if "License ::" in each]
    # Some put the whole text of their licence into the field; its head tells.
    stated = said["License-Expression"] or " / ".join(listed) or (said["License"] or "").strip()
    return (stated or _text(package)).strip().partition("\n")[0][:100]


def _text(package: Distribution) -> str:
    """The licence itself, where a package says nothing of it."""
    found = [file for file in package.files or () if re.search(r"(LICEN[CS]E|COPYING)[^/]*$", str(file))]
    return found[0].read_text() if found else ""


@pytest.mark.parametrize("name", names("requirements.txt"))
def test_a_package_is_under_a_licence_that_lets_it_be_passed_on(name):
    try:
        licence = licence_of(distribution(name))
    except PackageNotFoundError:
        pytest.skip("not for this Python or this system")
    assert name in OF_TESTS_ONLY or FREE.search(licence), licence


@pytest.mark.parametrize("name", OF_TESTS_ONLY)
def test_what_only_tests_may_use_is_no_part_of_the_program(name):
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert name not in {re.split(r"[<>=]", each)[0] for each in needed}
    imports = re.compile(rf"^\s*(import|from) {name.replace('-', '_')}\b", re.M)
    rooms = [path for room in ("competencies", "curricula", "talentgap") for path in (ROOT / room).rglob("*.py")]
    assert [path for path in rooms if imports.search(path.read_text())] == []
