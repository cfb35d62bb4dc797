"""Elective groups on the page: listed, made, changed and removed; and the switch that counts all of their courses."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from curricula.models import Curriculum
from tests.queries import queries_of
from tests.universe import Universe, add_courses, make_universe

pytestmark = pytest.mark.django_db


@pytest.fixture
def universe() -> Universe:
    made = make_universe()
    add_courses(made.curriculum, 3)
    return made


@pytest.fixture
def client(universe, as_user):
    return as_user(universe.director)


def typed(universe: Universe, *codes: str, **fields: object) -> dict[str, object]:
    return {"title": "Choice", "choose": 1, "courses": [universe.course(code).pk for code in codes]} | fields


def add(client, universe: Universe, *codes: str, **fields: object):
    return client.post(universe.curriculum.page("elective-group-new"), typed(universe, *codes, **fields))


def test_a_group_is_made_and_listed_with_its_rule(universe, client):
    assert add(client, universe, "C1", "C2").status_code == 302
    page = client.get(universe.curriculum.page("courses")).content.decode()
    assert "Choice" in page
    assert "1 of 2 courses" in page
    assert universe.course("C1").elective_group.title == "Choice"


def test_a_group_changes_its_courses_and_its_rule(universe, client):
    add(client, universe, "C1", "C2")
    group = universe.curriculum.elective_groups.get()
    client.post(
        universe.curriculum.page("elective-group", group.pk), typed(universe, "C2", "C3", choose="", credits=3)
    )
    group.refresh_from_db()
    assert (group.choose, group.credits) == (None, 3)
    assert list(group.courses.values_list("code", flat=True)) == ["C2", "C3"]
    assert "Elective group" in client.get(universe.curriculum.page("history")).content.decode()


def test_a_course_leaves_the_group_that_it_was_in(universe, client):
    add(client, universe, "C1", "C2")
    add(client, universe, "C2", "C3", title="Other")
    first, other = universe.curriculum.elective_groups.all()
    assert [list(each.courses.values_list("code", flat=True)) for each in (first, other)] == [["C1"], ["C2", "C3"]]


def test_a_group_is_removed_and_its_courses_stay(universe, client):
    add(client, universe, "C1", "C2")
    group = universe.curriculum.elective_groups.get()
    client.post(universe.curriculum.page("elective-group", group.pk), {"remove": "1"})
    assert not universe.curriculum.elective_groups.exists()
    assert universe.curriculum.courses.count() == 3


@pytest.mark.parametrize("wrong", [{"title": ""}, {"choose": 0}, {"credits": -1}, {"courses": ["999999"]}])
def test_what_is_typed_wrong_stays_and_nothing_is_saved(universe, client, wrong):
    answer = add(client, universe, "C1", "C2", **wrong)
    assert answer.status_code == 422
    assert not universe.curriculum.elective_groups.exists()


def test_two_groups_of_one_title_are_refused(universe, client):
    add(client, universe, "C1", "C2")
    answer = add(client, universe, "C3")
    assert answer.status_code == 422
    assert "already" in answer.content.decode()


def test_an_approved_plan_keeps_its_groups(universe, client):
    add(client, universe, "C1", "C2")
    universe.curriculum.state = Curriculum.State.APPROVED
    universe.curriculum.save()
    group = universe.curriculum.elective_groups.get()
    client.post(universe.curriculum.page("elective-group", group.pk), {"remove": "1"})
    assert add(client, universe, "C3", title="Other").status_code == 422
    assert [each.title for each in universe.curriculum.elective_groups.all()] == ["Choice"]
    assert "Add a group" not in client.get(universe.curriculum.page("courses")).content.decode()


def taught(content: bytes) -> float:
    return sum(line["taught_hours"] for line in json.loads(content)["abilities"])


def test_the_switch_counts_all_on_the_page_and_in_every_file(universe, client):
    """Three courses of 32 hours of theory, two of them to choose one from: 64 of 96."""
    add(client, universe, "C1", "C2")
    plan = universe.curriculum
    page = client.get(plan.page("overview")).content.decode()
    assert "the part that is chosen is counted: 48 of 96 hours" in page
    assert "Count all courses" in page
    assert "are counted whole" in client.get(plan.page("overview"), {"electives": "all"}).content.decode()
    assert taught(client.get(plan.page("report-download", "json")).content) == 64
    whole = client.get(plan.page("report-download", "json"), {"electives": "all"}).content
    assert taught(whole) == 96
    assert json.loads(whole)["parameters"]["all_electives"] is True
    assert 'name="electives" value="all"' in client.get(plan.page("reports"), {"electives": "all"}).content.decode()


def test_the_workbook_of_the_report_lists_the_groups(universe, client):
    add(client, universe, "C1", "C2")
    content = client.get(universe.curriculum.page("report-download", "xlsx"), {"language": "en"}).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [str(cell.value) for row in book["Elective groups"].iter_rows() for cell in row]
    assert {"Choice", "1 of 2 courses", "C1; C2"} <= set(cells)


def test_the_list_asks_as_many_questions_for_two_groups_as_for_one(universe, client):
    add(client, universe, "C1")
    counted = []
    for title in ("Second", "Third"):
        counted.append(queries_of(client.get, universe.curriculum.page("courses")))
        add(client, universe, "C2", title=title)
    assert len(set(counted)) == 1


def test_a_course_comes_back_from_the_bin_though_its_group_is_gone(universe, client):
    add(client, universe, "C1", "C2")
    plan = universe.curriculum
    client.post(plan.page("course-remove", universe.course("C1").pk))
    client.post(plan.page("elective-group", plan.elective_groups.get().pk), {"remove": "1"})
    client.post(plan.page("course-restore", plan.removed_courses.get().pk))
    assert universe.course("C1").elective_group is None
