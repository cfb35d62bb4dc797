"""The one-way flow of the house, read from the imports."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = Path(settings.BASE_DIR)


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def breaking(folder: str, forbidden: tuple[str, ...]) -> list[str]:
    paths = sorted((ROOT / folder).rglob("*.py"))
    assert paths, folder
    return [
        f"{path.relative_to(ROOT)}: {name}"
        for path in paths
        for name in imported(path)
        if name.split(".")[0] in forbidden or name in forbidden
    ]


def test_competencies_never_imports_curricula():
    assert breaking("competencies", ("curricula", "talentgap")) == []


@pytest.mark.parametrize("folder", ["competencies/analysis", "curricula/analysis"])
def test_analysis_knows_no_django(folder):
    models = ("competencies.models", "curricula.models", "competencies.queries", "curricula.queries")
    assert breaking(folder, ("django", "plotly", *models)) == []


@pytest.mark.parametrize("folder", ["competencies/models", "curricula/models"])
def test_models_know_neither_charts_nor_reports_nor_pages(folder):
    assert breaking(folder, ("plotly", "pandas", "curricula.reports", "curricula.charts", "curricula.views")) == []


@pytest.mark.parametrize("folder", ["competencies/interchange", "curricula/interchange"])
def test_readers_of_files_know_no_database(folder):
    # Column lengths and choices are read from the models; nothing is written, and no page is known.
    assert breaking(folder, ("competencies.actions", "curricula.actions", "curricula.queries")) == []


def test_the_room_of_files_knows_no_kind_of_file():
    paths = sorted((ROOT / "competencies/interchange/files").glob("*.py"))
    own = {name for path in paths for name in imported(path) if name.split(".")[0] == "competencies"}
    assert own == {"competencies.interchange.notices"}


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
