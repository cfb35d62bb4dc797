"""The registry of formats: which there are, which of them a file is in, and which are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from competencies.frameworks.formats import detected, formats
from competencies.frameworks.formats.talentgap import parsed_document
from tests.framework_files import a_document

WRITTEN = {"talentgap", "case", "csv", "xlsx"}


def test_the_formats_that_the_command_promises_are_here() -> None:
    assert set(formats()) == {"talentgap", "esco", "onet", "case", "osmt", "csv", "xlsx"}
    assert {name for name, one in formats().items() if one.writes} == WRITTEN


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_what_a_format_writes_is_known_as_its_own_and_says_the_same(name: str) -> None:
    rows = parsed_document(a_document())
    content = formats()[name].writes(rows)
    assert detected(content) == name


def test_a_file_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    assert detected(b"code,title_en\na,A\n") == "csv"
    assert detected(b"conceptType,conceptUri,preferredLabel\n") == "esco"
    assert detected(b'{"anything": "else"}') == ""
    assert detected(tmp_path / "absent.csv") == ""
    (tmp_path / "skills_en.csv").write_text("preferredLabel\n")
    assert detected(tmp_path) == "esco"
