"""A plan holds so much and no more: said alike of files, on the page and on the command line, with nothing saved."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command

from competencies.tabular.problems import UnreadableFile
from curricula.fields.plan import too_many
from curricula.interchange import matrix
from curricula.interchange.bundles import read_file
from curricula.limits import MOST_IN_PLAN
from curricula.mapping.actions import Cell, set_cell
from curricula.models import Course, Curriculum, Mapping, Prerequisite
from curricula.records.room import PlanFull
from curricula.records.saving import import_curriculum
from tests.curricula.interchange.builders import PUBLIC
from tests.universe import Universe, add_courses
from tests.uploads import MAPPED, PLAN, upload, zipped

KEY = "north/sales/2026"
WHOLE = zipped(courses=PLAN, mappings=MAPPED)
RATED = "course,ability,level,rater\nS101,MK.1,D,R1\nS102,MK.2,A,R1\n"


@pytest.fixture
def most(monkeypatch: pytest.MonkeyPatch) -> Any:
    def lower(**counts: int) -> None:
        for kind, count in counts.items():
            monkeypatch.setitem(MOST_IN_PLAN, kind, count)

    return lower


def refused(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as refusal:
        read_file(content, name="plan.zip")
    assert refusal.value.code == "too_many"
    return str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("courses", PLAN, "2 courses; a plan may hold 1."),
        ("cells", MAPPED, "2 cells of courses and abilities; a plan may hold 1."),
        ("ratings", RATED, "2 rows of raters; a plan may hold 1."),
        ("prerequisites", PLAN + "S103,More selling,2,2,8,24,S101\n", "2 prerequisites; a plan may hold 1."),
    ],
)
def test_a_file_with_too_much_is_refused_with_both_figures(most, kind, content, words):
    most(**{kind: 2})
    assert read_file(content.encode(), name="plan.csv").refusals == ()
    most(**{kind: 1})
    assert words in refused(content.encode())


def test_the_largest_catalogue_that_is_known_goes_in():
    parsed = read_file((PUBLIC / "uiuc_2019_fall.csv").read_bytes(), name="uiuc_2019_fall.csv")
    assert (len(parsed.courses), parsed.refusals) == (8589, ())


def test_a_matrix_of_too_many_courses_is_refused_before_a_cell_is_read(most, monkeypatch):
    most(courses=2)
    row_cells = Mock(return_value=[])
    monkeypatch.setattr(matrix, "_row_cells", row_cells)
    table = "课程名称,毕业要求1,毕业要求2\n甲,H,M\n乙,M,L\n丙,L,H\n"
    assert "3 courses" in refused(table.encode())
    most(courses=3, cells=5)
    assert "6 cells" in refused(table.encode())
    row_cells.assert_not_called()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["courses", "cells", "prerequisites"])
def test_what_the_plan_holds_already_counts_and_nothing_is_saved(universe: Universe, most, kind):
    first, second = add_courses(universe.curriculum, 2)
    Prerequisite.objects.create(course=second, requires=first)
    held = {"courses": 4, "cells": 4, "prerequisites": 2}
    parsed = read_file(WHOLE, name="plan.zip")
    most(**{kind: held[kind] - 1})
    outcome = import_curriculum(parsed, key=KEY, framework=universe.framework)
    assert [problem.code for problem in outcome.refusals] == ["too_many"]
    assert (Course.objects.count(), Mapping.objects.count(), Prerequisite.objects.count()) == (2, 2, 1)
    most(**{kind: held[kind]})
    assert import_curriculum(parsed, key=KEY, framework=universe.framework).refusals == []
    assert Course.objects.count() == 4


@pytest.mark.django_db
def test_the_page_and_the_command_say_the_same_and_keep_nothing(universe: Universe, as_user, most, tmp_path: Path):
    most(courses=1)
    sent = {"target": KEY, "file": upload(PLAN)}
    page = as_user(universe.director).post("/import/", sent, follow=True).content.decode()
    path = tmp_path / "plan.csv"
    path.write_text(PLAN)
    said = io.StringIO()
    with pytest.raises(CommandError):
        call_command(
            "import_curriculum", str(path), f"--to={KEY}", "--framework=trade", "--create", stdout=said, stderr=said
        )
    assert too_many(courses=2) in page
    assert too_many(courses=2) in said.getvalue()
    assert Course.objects.count() == 0


@pytest.mark.django_db
def test_a_full_plan_takes_no_further_course_and_its_courses_can_still_be_changed(universe: Universe, as_user, most):
    course = add_courses(universe.curriculum, 1)[0]
    most(courses=1)
    client, forms = as_user(universe.director), {f"prerequisites-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    answer = client.post(universe.curriculum.page("course-new"), forms | {"code": "N1", "title_en": "My new course"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 courses; a plan may hold 1." in page
    assert "My new course" in page
    assert Course.objects.count() == 1
    most(courses=0)
    client.post(universe.curriculum.page("course-edit", course.pk), forms | {"code": "C1", "title_en": "Renamed"})
    course.refresh_from_db()
    assert course.title_en == "Renamed"


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "rater"), [("cells", ""), ("ratings", "R1")])
def test_a_full_matrix_takes_no_further_cell_and_those_there_are_can_be_changed(universe: Universe, most, kind, rater):
    plan: Curriculum = universe.curriculum
    course = add_courses(plan, 1, mapped=False)[0]
    here, there = universe.ability("MK.1"), universe.ability("MK.2")
    set_cell(plan, course=course, ability=here, cell=Cell("D"), rater=rater)
    most(**{kind: 1})
    with pytest.raises(PlanFull, match="a plan may hold 1"):
        set_cell(plan, course=course, ability=there, cell=Cell("D"), rater=rater)
    set_cell(plan, course=course, ability=here, cell=Cell("A"), rater=rater)
    assert list(Mapping.objects.values_list("level", flat=True)) == ["A"]
