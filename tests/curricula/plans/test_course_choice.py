"""In a plan with more courses than a list should hold, forms take a course by its code."""

from __future__ import annotations

import re
from typing import Any

import pytest

from curricula import course_choice
from curricula.models import Action, AssignedCourse, Course, ElectiveGroup, Prerequisite
from tests.universe import Universe, add_courses

pytestmark = pytest.mark.django_db
PLAN = "/c/north/sales/2026/"


@pytest.fixture
def client(universe: Universe, as_user: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    add_courses(universe.curriculum, 5)
    monkeypatch.setattr(course_choice, "MOST_LISTED", 3)
    return as_user(universe.director)


def form_of(client: Any, address: str, **changes: Any) -> dict[str, Any]:
    """What a browser sends of the form and its rows as they stand, with these changes."""
    context = client.get(address).context
    bound = [*context["form"]]
    if rows := context.get("requisites"):
        bound += [field for row in rows for field in row] + list(rows.management_form)
    held = [field for field in bound if field.value() is not None and field.value() is not False]
    sent = {field.html_name: field.field.prepare_value(field.value()) for field in held}
    shown = [field for field in held if field.field.show_hidden_initial]
    return {field.html_initial_name: sent[field.html_name] for field in shown} | sent | changes


def course_form(universe: Universe) -> str:
    return f"{PLAN}courses/{universe.curriculum.courses.get(code='C1').pk}/edit/"


def test_a_prerequisite_is_chosen_by_its_code_and_shown_by_it(client: Any, universe: Universe) -> None:
    address = course_form(universe)
    page = client.get(address).content.decode()
    assert not re.search(r"<option[^>]*>C\d", page), "no course is listed"
    sent = form_of(client, address, **{"prerequisites-0-requires": "C3", "prerequisites-0-kind": "pre"})
    assert client.post(address, sent).status_code == 302
    assert Prerequisite.objects.get().requires.code == "C3"
    assert 'value="C3"' in client.get(address).content.decode()
    assert client.post(address, form_of(client, address, title_en="Other")).status_code == 302
    assert Prerequisite.objects.get().requires.code == "C3", "it stays as it was"
    assert Course.objects.get(code="C1").title_en == "Other"


def test_a_code_that_the_plan_does_not_have_is_refused_and_kept(client: Any, universe: Universe) -> None:
    address = course_form(universe)
    sent = form_of(client, address, **{"prerequisites-0-requires": "C99", "prerequisites-0-kind": "pre"})
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert "The plan has no such course." in answer.content.decode()
    assert 'value="C99"' in answer.content.decode()


def test_the_courses_of_a_group_are_named_one_a_line(client: Any, universe: Universe) -> None:
    address = f"{PLAN}courses/groups/new/"
    refused = client.post(address, {"title": "Choose one", "choose": 1, "courses": "C1\nC98"})
    assert refused.status_code == 422
    assert "no course “C98”" in refused.content.decode()
    assert "C1\nC98" in refused.content.decode()
    client.post(address, {"title": "Choose one", "choose": 1, "courses": "C1\r\n C2 \r\n\r\n"})
    group = ElectiveGroup.objects.get()
    assert [course.code for course in group.courses.order_by("code")] == ["C1", "C2"]
    edit = f"{PLAN}courses/groups/{group.pk}/"
    page = client.get(edit).content.decode()
    assert re.search(r"<textarea[^>]*>\s*C1\nC2</textarea>", page)
    before = {f"initial-{name}": value for name, value in (("title", "Choose one"), ("choose", "1"))}
    numbers = [course.code for course in group.courses.all()]
    sent = {"title": "Choose one", "choose": "1", "courses": "C2\nC4", "initial-courses": numbers} | before
    client.post(edit, sent)
    assert [course.code for course in group.courses.order_by("code")] == ["C2", "C4"]


def test_who_is_asked_for_chosen_courses_gets_those_whose_codes_were_typed(client: Any, universe: Universe) -> None:
    address = f"{PLAN}asked/new/"
    page = client.get(address).content.decode()
    assert "<textarea" in page
    assert not re.search(r"checkbox[^>]*value", page), "no course is ticked in a list"
    sent = {
        "which": "chosen",
        "courses": "C4\nC2",
        "whom": "member",
        "member": universe.faculty.pk,
        "due": "2030-01-01",
    }
    assert client.post(address, sent).status_code == 302
    asked = AssignedCourse.objects.order_by("course__code").values_list("course__code", flat=True)
    assert list(asked) == ["C2", "C4"]


def test_an_action_names_its_course_by_code(client: Any, universe: Universe) -> None:
    address = f"{PLAN}actions/new/"
    assert not re.search(r"<option[^>]*>C\d", client.get(address).content.decode())
    stated = {"state": "open", "actor": "enterprise", "origin": "recommendation"}
    client.post(address, stated | {"title": "More practice", "course": "C2"})
    refused = client.post(address, stated | {"title": "Nothing", "course": "C77"})
    assert refused.status_code == 422
    assert [(each.title, each.course) for each in Action.objects.all()] == [("More practice", "C2")]


def test_a_small_plan_lists_its_courses(universe: Universe, as_user: Any) -> None:
    add_courses(universe.curriculum, 3)
    page = as_user(universe.director).get(course_form(universe)).content.decode()
    assert re.search(r"<option[^>]*>C2 Course 2</option>", page)
