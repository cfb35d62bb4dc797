"""Blocking, delay, centrality and complexity of every public plan, beside the package that published them.

The reference is `curricularanalytics` 0.2.0. It reads 70 of the 125 files, we read the 101 that hold a curriculum or a
degree plan and refuse the 24 blank templates. A quarter counts there as two thirds of a semester, in the complexity
only; ours is the published sum of blocking and delay, whatever the calendar.
"""

from __future__ import annotations

import contextlib
import csv
import io
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from curricularanalytics import Curriculum, DegreePlan, quarter, read_csv

from curricula.analysis.prerequisites import complexity
from curricula.interchange import ParsedCurriculum, UnreadableFile, read_curriculum
from tests.places import SHARED
from tests.some import some

FOLDER = SHARED / "data" / "curricula" / "curricular_analytics"
PATHS = sorted(FOLDER.glob("*.csv")) if FOLDER.exists() else []
MEASURES = ["blocking", "delay", "centrality"]
pytestmark = [
    pytest.mark.skipif(not PATHS, reason="the public plans are not beside the project"),
    pytest.mark.xdist_group("curricular_analytics"),  # one worker reads each file once
]


@cache
def ours(path: Path) -> ParsedCurriculum | None:
    try:
        return read_curriculum(path, name=path.name)
    except UnreadableFile:
        return None


def theirs(path: Path, folder: Path) -> Curriculum | None:
    """None where the package cannot read the file. It writes beside its input, so it gets a copy."""
    copy = folder / "plan.csv"
    shutil.copyfile(path, copy)
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            found = read_csv(str(copy))
        except (ValueError, KeyError):
            return None
    return found.curriculum if isinstance(found, DegreePlan) else found  # type: ignore[return-value]


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Curriculum]:
    folder = tmp_path_factory.mktemp("curricular_analytics")
    read = {path: theirs(path, folder) for path in PATHS}
    return {path: curriculum for path, curriculum in read.items() if curriculum is not None}


def our_measures(path: Path) -> pd.DataFrame:
    """By the Course ID of the file, which is how the package tells courses apart."""
    parsed = ours(path)
    assert parsed is not None
    pairs = [(row.requires, row.course) for row in parsed.prerequisites if not row.external]
    found = complexity([course.code for course in parsed.courses], pairs)
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    return found.set_axis([int(lines[course.row - 1][0]) for course in parsed.courses]).sort_index()


def reference_measures(curriculum: Curriculum) -> pd.DataFrame:
    rows: dict[int, dict[str, Any]] = {
        course.id: {
            "blocking": curriculum.blocking_factor(course),
            "delay": curriculum.delay_factor(course),
            "centrality": curriculum.centrality(course),
            "complexity": curriculum.complexity(course),
        }
        for course in curriculum.courses
    }
    return pd.DataFrame.from_dict(rows, orient="index").sort_index()


def in_terms_of(table: pd.DataFrame, curriculum: Curriculum) -> pd.Series:
    """Our complexity in the package's unit, which is smaller for quarters."""
    found = table["complexity"].astype(float)
    return (found * 2 / 3).round(1) if curriculum.system_type == quarter else found


def test_every_course_of_every_file_that_both_read_has_the_same_measures(references):
    different = {}
    for path, curriculum in some(references.items()):
        mine, reference = our_measures(path), reference_measures(curriculum)
        expected = in_terms_of(mine, curriculum)
        same = mine.index.equals(reference.index) and (mine[MEASURES] == reference[MEASURES]).all(axis=None)
        if not (same and expected.tolist() == pytest.approx(reference["complexity"].tolist())):
            different[path.name] = (mine, reference)
    assert different == {}


def test_totals_are_the_same_as_those_that_the_package_adds_up(references):
    for path, curriculum in some(references.items()):
        mine = our_measures(path)
        totals = [getattr(curriculum, f"total_{name}") for name in ("blocking_factor", "delay_factor", "centrality")]
        assert mine[MEASURES].sum().tolist() == totals, path.name
        assert in_terms_of(mine, curriculum).sum() == pytest.approx(curriculum.total_complexity), path.name


def test_the_files_that_each_can_read_are_counted(references):
    read = [path for path in PATHS if ours(path) is not None]
    assert (len(PATHS), len(references), len(read)) == (125, 70, 101)
    assert set(references) <= set(read)
    assert sum(curriculum.system_type == quarter for curriculum in references.values()) == 5


def test_what_is_read_holds_courses_and_what_is_not_is_a_blank_template():
    for path in PATHS:
        parsed = ours(path)
        if parsed is None:
            with pytest.raises(UnreadableFile, match="blank template"):
                read_curriculum(path, name=path.name)
        else:
            assert parsed.courses, path.name
            assert parsed.refusals == (), path.name
