"""What a page can say of a file, a command takes by --columns and writes by --explain; unused columns are named."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from competencies.models import Posting
from curricula.models import Course
from tests.curricula.imports.test_columns import DOUBTFUL

pytestmark = pytest.mark.django_db
INTO = ("--to=north/sales/2026", "--framework=trade")
FROM = ("--source=mine", "--framework=trade", "--collected=2026-09-30")


@pytest.fixture
def plan(universe, tmp_path: Path) -> Path:
    path = tmp_path / "plan.csv"
    path.write_bytes(DOUBTFUL)
    return path


def run(command: str, *arguments: object) -> str:
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def explained(told: str) -> dict:
    return json.loads(told[told.index("{") : told.rindex("}") + 1])


def test_unused_columns_are_named(plan) -> None:
    assert "columns not used: Room\n" in run("import_curriculum", plan, *INTO)


def test_what_is_explained_is_taken_back(plan, tmp_path) -> None:
    said = explained(run("import_curriculum", plan, *INTO, "--explain", "--dry-run"))
    assert said["schema"] == "talentgap.columns/1"
    assert said["columns"] == {"Code": "code", "Title": "title", "Project": "operation", "Room": "-"}
    said["columns"] |= {"Project": "simulation", "Room": "note"}
    file = tmp_path / "columns.json"
    file.write_text(json.dumps(said))
    told = run("import_curriculum", plan, *INTO, f"--columns={file}")
    assert "columns not used" not in told
    assert list(Course.objects.values_list("code", "simulation", "note")) == [("A1", 32, "B12"), ("A2", 0, "B13")]


def test_postings_are_told_in_the_same_way(universe, tmp_path) -> None:
    path, file = tmp_path / "postings.csv", tmp_path / "columns.json"
    path.write_text("Title,Was zu tun ist,Farbe\nTrader,Export,blau\n")
    told = run("import_postings", path, *FROM, "--explain", "--dry-run")
    assert "columns not used: Was zu tun ist, Farbe\n" in told
    said = explained(told)
    said["columns"]["Was zu tun ist"] = "text"
    file.write_text(json.dumps(said))
    run("import_postings", path, *FROM, f"--columns={file}")
    assert Posting.objects.get().text == "Export"


def test_a_file_that_is_no_assignment_is_wrong_usage(plan, tmp_path) -> None:
    file = tmp_path / "columns.json"
    file.write_text('{"colums": {}}')
    with pytest.raises(CommandError, match="colums") as raised:
        run("import_curriculum", plan, *INTO, f"--columns={file}")
    assert raised.value.returncode == 2
