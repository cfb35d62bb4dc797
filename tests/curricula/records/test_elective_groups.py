"""Elective groups come out of files, go back into them, and stay with a plan from version to version."""

from __future__ import annotations

import pytest

from curricula.evaluation.reports import gap_report_for
from curricula.interchange.bundles import read_file
from curricula.interchange.export import as_tables, as_workbook
from curricula.models import Course, Curriculum
from curricula.records.exported_rows import rows_of
from curricula.records.saving import import_curriculum
from curricula.records.versions import next_version
from curricula.reports.json_report import report_data
from tests.universe import Universe, add_courses, make_universe

pytestmark = pytest.mark.django_db

KEY = "north/sales/2026"
RULE = "专业选修（至少选修4学分）"
PLAN = f"""课程类别,课程编码,课程名称,学分,总学时,理论,学期
专业必修,A1,管理学,3,48,48,1
{RULE},X1,跨境直播,2,32,32,6
,X2,独立站,2,32,32,6
,X3,短视频,2,32,32,6
"""
LIST = """Elective Group,Courses to Choose,Credits to Choose,Hours to Choose,Courses
{group}
"""


@pytest.fixture
def universe() -> Universe:
    return make_universe()


def load(universe: Universe, text: str, *, key: str = KEY):
    return import_curriculum(
        read_file(text.encode(), name="plan.csv"), key=key, framework=universe.framework, create=True
    )


def groups(curriculum: Curriculum) -> list[tuple]:
    return [
        (group.title, group.choose, group.credits, group.hours, list(group.courses.values_list("code", flat=True)))
        for group in curriculum.elective_groups.all()
    ]


def test_a_plan_brings_its_groups_and_brings_nothing_new_the_second_time(universe):
    first = load(universe, PLAN)
    assert (first.groups.created, first.refusals) == (1, [])
    assert groups(universe.curriculum) == [(RULE, None, 4, None, ["X1", "X2", "X3"])]
    again = load(universe, PLAN)
    assert (again.total.created, again.total.changed, again.groups.unchanged) == (0, 0, 1)


def test_a_course_that_leaves_the_group_in_the_file_leaves_it_in_the_plan(universe):
    load(universe, PLAN)
    rows = PLAN.replace("\n,X2,", "\n专业必修,X2,").replace("\n,X3,", f"\n{RULE},X3,")
    outcome = load(universe, rows.replace(f"{RULE},X3", f"{RULE},X4").replace("短视频,2", "选品,3"))
    assert (outcome.groups.changed, outcome.refusals) == (1, [])
    assert groups(universe.curriculum)[0][-1] == ["X1", "X3", "X4"]  # the file says nothing of X3
    assert universe.course("X2").elective_group is None


def test_a_list_of_groups_alone_sets_them_for_the_plan(universe):
    add_courses(universe.curriculum, 3)
    outcome = load(universe, LIST.format(group="Choice,2,,,C1; Course 2; C3"))
    assert (outcome.groups.created, outcome.refusals) == (1, [])
    assert groups(universe.curriculum) == [("Choice", 2, None, None, ["C1", "C2", "C3"])]


def test_a_list_that_names_no_courses_of_a_group_leaves_them_in_it(universe):
    load(universe, PLAN)
    outcome = load(universe, f"Elective Group,Courses to Choose\n{RULE},2\n")
    assert (outcome.groups.changed, outcome.refusals) == (1, [])
    assert groups(universe.curriculum) == [(RULE, 2, None, None, ["X1", "X2", "X3"])]


@pytest.mark.parametrize(
    ("group", "code"),
    [
        ("Choice,2,,,C9", "unknown_course"),
        ("Choice,x,,,C1", "unreadable_number"),
        (",2,,,C1", "missing_group_title"),
        ("Choice,2,,,C1\nChoice,1,,,C2", "duplicate_group"),
        ("Choice,0,,,C1", "unreadable_number"),
        ("C" * 201 + ",1,,,C1", "text_too_long"),
    ],
)
def test_what_a_list_of_groups_gets_wrong_is_refused_and_nothing_is_saved(universe, group, code):
    add_courses(universe.curriculum, 3)
    outcome = load(universe, LIST.format(group=group))
    assert [problem.code for problem in outcome.refusals] == [code]
    assert groups(universe.curriculum) == []


@pytest.mark.parametrize("write", [as_workbook, as_tables])
def test_groups_come_back_from_our_own_files(universe, write):
    load(universe, PLAN)
    made = universe.curriculum.elective_groups.create(title="Arts", hours=32, order=1)
    back = read_file(write(rows_of(universe.curriculum)), name="export")
    outcome = import_curriculum(back, key="north/sales/2031", framework=universe.framework, create=True)
    assert outcome.refusals == []
    assert groups(outcome.curriculum) == groups(universe.curriculum)
    assert groups(outcome.curriculum)[-1] == (made.title, None, None, 32, [])


@pytest.mark.parametrize("write", [as_workbook, as_tables])
def test_a_group_that_was_removed_does_not_come_back_with_our_own_file(universe, write):
    load(universe, PLAN)
    universe.curriculum.elective_groups.all().delete()
    assert read_file(write(rows_of(universe.curriculum)), name="export").groups == ()


def test_the_next_version_holds_the_groups_and_the_version_before_keeps_its_own(universe):
    load(universe, PLAN)
    copy = next_version(universe.curriculum)
    assert groups(copy) == groups(universe.curriculum)
    copy.elective_groups.all().delete()
    assert Course.objects.filter(curriculum=copy, elective_group__isnull=False).count() == 0
    assert len(groups(universe.curriculum)[0][-1]) == 3


def test_the_report_counts_the_part_and_says_so(universe):
    """Four of six credits: 64 of 96 hours, all of one ability."""
    load(universe, PLAN)
    ability = universe.ability("MK.1")
    for course in universe.curriculum.courses.filter(code__startswith="X"):
        course.mappings.create(ability=ability)
    data = report_data(gap_report_for(universe.curriculum, language="en"))
    (line,) = (each for each in data["abilities"] if each["code"] == "MK.1")
    assert line["taught_hours"] == pytest.approx(64)
    assert data["parameters"]["all_electives"] is False
    (group,) = data["elective_groups"]
    assert group == {
        "title": RULE,
        "choose": None,
        "credits": 4,
        "hours": None,
        "part": pytest.approx(2 / 3),
        "courses": ["X1", "X2", "X3"],
    }
    assert "electives_by_part" in [warning["code"] for warning in data["warnings"]]
