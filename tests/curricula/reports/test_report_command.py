"""gap_report writes a report whole or not at all, and says what is wrong in words and in its exit code."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from curricula.management.commands import gap_report as command
from curricula.reports.render import FORMATS
from tests.report_universe import report, subject
from tests.universe import Universe

KEY = "north/sales/2026"
STARTS = {"pdf": b"%PDF", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "json": b"{", "html": b"<!doctype"}


def run(key: str, output: Path, name: str = "json", **options: str) -> None:
    chosen = [f"--{option}={value}" for option, value in options.items()]
    call_command("gap_report", key, f"--format={name}", f"--output={output}", *chosen)


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_written(universe: Universe, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]):
    output = tmp_path / f"report.{name}"
    run(KEY, output, name)
    assert output.read_bytes().startswith(STARTS[name])
    assert capsys.readouterr().out == f"wrote {output}\n"


def test_the_report_is_of_the_curriculum_named(universe: Universe, tmp_path: Path):
    run(KEY, tmp_path / "report.json")
    data = json.loads((tmp_path / "report.json").read_bytes())
    assert (data["school"], data["program"], data["year"], data["framework"]) == ("north", "sales", 2026, "trade")
    assert [line["code"] for line in data["courses"]] == [course.code for course in universe.curriculum.courses.all()]


def test_the_report_speaks_the_language_asked_for(universe: Universe, tmp_path: Path):
    run(KEY, tmp_path / "report.json", language="zh-hans")
    titles = [line["title"] for line in json.loads((tmp_path / "report.json").read_bytes())["abilities"]]
    assert "搜索广告" in titles


@pytest.mark.parametrize("key", ["north", "north/sales", "north/sales/2026/1", "north//2026", ""])
def test_a_key_of_another_shape_is_wrong_usage(universe: Universe, tmp_path: Path, key: str):
    with pytest.raises(CommandError, match="school/program/year") as error:
        run(key, tmp_path / "report.json")
    assert error.value.returncode == 2


@pytest.mark.parametrize("key", ["south/sales/2026", "north/sales/2031", "north/sales/next"])
def test_an_unknown_curriculum_is_named(universe: Universe, tmp_path: Path, key: str):
    with pytest.raises(CommandError, match=f"there is no curriculum “{key}”") as error:
        run(key, tmp_path / "report.json")
    assert error.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_wrong_usage(universe: Universe, tmp_path: Path):
    with pytest.raises(CommandError, match="is not a file in an existing folder") as error:
        run(KEY, tmp_path / "nowhere" / "report.json")
    assert error.value.returncode == 2


def test_a_folder_is_not_taken_for_a_file(universe: Universe, tmp_path: Path):
    with pytest.raises(CommandError, match="is not a file in an existing folder"):
        run(KEY, tmp_path)


@pytest.mark.parametrize("option", [{"name": "docx"}, {"language": "fr"}])
def test_a_format_or_language_that_does_not_exist_is_refused(
    universe: Universe, tmp_path: Path, option: dict[str, str]
):
    with pytest.raises(CommandError, match="invalid choice"):
        run(KEY, tmp_path / "report", **option)


def test_a_failed_write_leaves_the_old_report_and_nothing_else(
    universe: Universe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    output = tmp_path / "report.json"
    output.write_text("the old one")

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(CommandError, match="cannot be written: No space left on device") as error:
        run(KEY, output)
    assert error.value.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    assert output.read_text() == "the old one"


def test_a_report_that_cannot_be_made_writes_nothing(
    universe: Universe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(command, "full_report_for", lambda *_a, **_k: report(subject=subject(key="broken")))
    with pytest.raises(ValueError, match="unpack"):
        run(KEY, tmp_path / "report.json")
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_as_readable_as_any_other_new_file(universe: Universe, tmp_path: Path):
    run(KEY, tmp_path / "report.json")
    (tmp_path / "other").touch()
    assert (tmp_path / "report.json").stat().st_mode == (tmp_path / "other").stat().st_mode
