"""The matrix of a plan of more courses, or more cells, than a page can draw: a part of it, by search or by link."""

from __future__ import annotations

import pytest

from tests.universe import Universe, add_courses

from .test_matrix_page import matrix, payload

pytestmark = pytest.mark.django_db


@pytest.fixture
def large(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> Universe:
    """C1 to C12, of which one page draws four courses."""
    monkeypatch.setattr("curricula.mapping.queries.MOST_DRAWN", 4)
    add_courses(universe.curriculum, 12)
    return universe


def test_too_many_courses_are_not_drawn_but_those_that_are_searched_for(large, as_user):
    client, address = as_user(large.faculty), large.curriculum.page("matrix")
    page = client.get(address).content.decode()
    assert "These are 12 courses with 12 cells that hold something; one page draws 4 courses" in page
    assert "matrix-data" not in page
    assert "Course 7" not in page
    page = client.get(address + "?q=course+1").content.decode()  # C1, C10, C11, C12
    assert [course["code"] for course in payload(page)["courses"]] == ["C1", "C10", "C11", "C12"]
    assert "Course 7" not in page
    assert "4 courses of the plan are drawn." in page


def test_too_many_cells_are_not_drawn_either(universe, as_user, monkeypatch):
    add_courses(universe.curriculum, 2)
    monkeypatch.setattr("curricula.mapping.queries.MOST_CELLS_DRAWN", 1)
    page = as_user(universe.faculty).get(universe.curriculum.page("matrix")).content.decode()
    assert "Too many courses to draw" in page
    assert "matrix-data" not in page


def test_a_search_that_finds_nothing_says_so_and_does_not_ask_for_a_plan(large, as_user):
    page = as_user(large.director).get(large.curriculum.page("matrix") + "?q=zzz").content.decode()
    assert "No course fits the search." in page
    assert "Import a teaching plan" not in page


def test_a_link_to_a_cell_draws_its_course_and_a_refusal_keeps_it(large, as_user):
    client, course = as_user(large.faculty), large.course("C7")
    shown = matrix(client, large.curriculum, f"?course={course.pk}&ability={large.ability('MK.1').pk}")
    assert [each["code"] for each in shown["courses"]] == ["C7"]
    sent = {"course": course.pk, "ability": large.ability("MK.2").pk, "level": "D", "share": "101"}
    answer = client.post(large.curriculum.page("matrix-cell"), sent)
    assert answer.status_code == 422
    assert [each["code"] for each in payload(answer.content.decode())["courses"]] == ["C7"]
