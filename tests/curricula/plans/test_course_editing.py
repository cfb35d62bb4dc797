"""Courses are entered, corrected, removed and brought back on the page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from curricula.interchange.export import as_tables
from curricula.models import Course, Curriculum, Mapping, Prerequisite, RemovedCourse, SuggestionDecision
from curricula.records.exported_rows import rows_of
from tests.universe import add_courses

pytestmark = pytest.mark.django_db


def typed(*rows: dict[str, Any], held: int = 0, **facts: Any) -> dict[str, Any]:
    """What the form sends: the facts of a course and its prerequisites, of which so many are stored."""
    sent = {"required": "unknown", "prerequisites-TOTAL_FORMS": len(rows), "prerequisites-INITIAL_FORMS": held}
    named = {f"prerequisites-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return sent | named | facts


def required_by(course: Course) -> list[tuple[str, str]]:
    return [
        (str(each.requires.code if each.requires else each.external), each.kind) for each in course.prerequisites.all()
    ]


def test_a_course_is_entered_with_its_hours_and_prerequisites(universe, as_user):
    first = add_courses(universe.curriculum, 1)[0]
    client, address = as_user(universe.director), universe.curriculum.page("course-new")
    assert client.get(address).status_code == 200
    rows = [{"requires": first.pk, "kind": "pre"}, {"external": "School mathematics", "kind": "co"}, {"kind": "pre"}]
    answer = client.post(address, typed(*rows, code="N1", title_zh="新课", theory="24", total_hours="24"))
    made = universe.course("N1")
    assert answer["Location"] == made.get_absolute_url()
    assert required_by(made) == [("C1", "pre"), ("School mathematics", "co")]
    assert (made.theory, made.total_hours, made.order) == (24, 24, 1)


def test_the_same_form_sent_twice_makes_one_course(universe, as_user):
    client, address = as_user(universe.director), universe.curriculum.page("course-new")
    codes = [client.post(address, typed(code="N1", title_zh="新课")).status_code for _time in range(2)]
    assert codes == [302, 422]
    assert universe.curriculum.courses.count() == 1


def test_hours_that_a_person_entered_are_assumed_no_longer(universe, as_user):
    course = add_courses(universe.curriculum, 1)[0]
    Course.objects.update(hours_assumed=True)
    client, address = as_user(universe.director), universe.curriculum.page("course-edit", course.pk)
    facts = {"code": "C1", "credits": "3", "term": "1", "operation": "16"}
    client.post(address, typed(title_en="Renamed", theory="32", **facts))
    assert universe.course("C1").hours_assumed
    client.post(address, typed(title_en="Renamed", theory="30", **facts))
    assert not universe.course("C1").hours_assumed


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"requires": "C2", "external": "Also", "kind": "pre"}], "one of the two"),
        ([{"requires": "C2", "kind": "pre"}, {"requires": "C2", "kind": "co"}], "listed twice"),
        ([{"external": "X", "kind": "pre"}, {"external": "X", "kind": "co"}], "listed twice"),
        ([{"requires": "C3", "kind": "pre"}], "wait for one another"),
        ([{"requires": "other", "kind": "pre"}], "The plan has no such course"),
    ],
)
def test_prerequisites_that_cannot_be_are_refused_and_nothing_is_saved(universe, as_user, rows, told):
    first, second, third = add_courses(universe.curriculum, 3)
    other = Curriculum.objects.create(program=universe.curriculum.program, year=2030, framework=universe.framework)
    keys = {"C2": second.pk, "C3": third.pk, "other": add_courses(other, 1)[0].pk}
    Prerequisite.objects.create(course=third, requires=first)
    sent = [{name: keys.get(value, value) for name, value in row.items()} for row in rows]
    answer = as_user(universe.director).post(
        universe.curriculum.page("course-edit", first.pk), typed(*sent, code="C1", title_en="Changed")
    )
    assert answer.status_code == 422
    assert told in answer.content.decode()
    first.refresh_from_db()
    assert (first.title_en, required_by(first)) == ("Course 1", [])


def test_a_prerequisite_is_changed_and_removed(universe, as_user):
    first, second = add_courses(universe.curriculum, 2)
    held = Prerequisite.objects.create(course=second, requires=first)
    client, address = as_user(universe.director), universe.curriculum.page("course-edit", second.pk)
    row = {"id": held.pk, "requires": first.pk, "kind": "co"}
    client.post(address, typed(row, held=1, code="C2", title_en="Course 2"))
    assert required_by(second) == [("C1", "co")]
    client.post(address, typed(row | {"DELETE": "on"}, held=1, code="C2", title_en="Course 2"))
    assert required_by(second) == []


def test_alternatives_are_entered_by_the_same_number(universe, as_user):
    first, second, third = add_courses(universe.curriculum, 3)
    client, address = as_user(universe.director), universe.curriculum.page("course-edit", third.pk)
    rows = [{"requires": each.pk, "kind": "pre", "alternative": "1"} for each in (first, second)]
    assert client.post(address, typed(*rows, code="C3", title_en="Course 3")).status_code == 302
    held = third.prerequisites.values_list("requires__code", "alternative")
    assert list(held) == [("C1", 1), ("C2", 1)]


def everything(curriculum: Curriculum) -> bytes:
    return as_tables(rows_of(curriculum))


def test_a_removed_course_comes_back_exactly_as_it_was(universe, as_user):
    first, second, third = add_courses(universe.curriculum, 3)
    Prerequisite.objects.create(course=second, requires=first)
    Prerequisite.objects.create(course=third, requires=second, kind="co")
    SuggestionDecision.objects.create(
        course=second, ability=universe.ability("MK.1"), score=0.5, decision="rejected", who="somebody"
    )
    decided = SuggestionDecision.objects.values().get()
    before, client = everything(universe.curriculum), as_user(universe.director)
    page = universe.curriculum.page("course-remove", second.pk)
    asked = client.get(page).content.decode()
    assert "<dt>Prerequisites</dt><dd>2</dd>" in asked
    assert "<dt>Mappings</dt><dd>1</dd>" in asked
    client.post(page)
    assert not universe.curriculum.courses.filter(code="C2").exists()
    assert everything(universe.curriculum) != before
    removed = RemovedCourse.objects.get()
    assert removed.removed_by == universe.director
    listed = client.get(universe.curriculum.page("courses-removed")).content.decode()
    assert '<th scope="row">C2 Course 2</th>' in listed
    assert "1 removed course" in client.get(universe.curriculum.page("courses")).content.decode()
    answer = client.post(universe.curriculum.page("course-restore", removed.pk))
    assert answer["Location"] == universe.curriculum.page("course", second.pk)
    assert everything(universe.curriculum) == before
    assert SuggestionDecision.objects.values().get() == decided
    assert [row.history_type for row in Course.history.filter(id=second.pk)] == ["+", "-", "+"]
    assert client.post(universe.curriculum.page("course-restore", removed.pk)).status_code == 404


def test_two_removed_courses_come_back_in_any_order_with_what_links_them(universe, as_user):
    first, second = add_courses(universe.curriculum, 2)
    Prerequisite.objects.create(course=second, requires=first)
    before, client = everything(universe.curriculum), as_user(universe.director)
    for course in (first, second):
        client.post(universe.curriculum.page("course-remove", course.pk))
    for course in (first, second):
        client.post(universe.curriculum.page("course-restore", RemovedCourse.objects.get(course=course.pk).pk))
    assert everything(universe.curriculum) == before


def test_what_lost_its_ability_is_told_and_the_rest_comes_back(universe, as_user):
    course = add_courses(universe.curriculum, 1)[0]
    ability = Mapping.objects.get().ability
    client = as_user(universe.director)
    client.post(universe.curriculum.page("course-remove", course.pk))
    ability.requirements.all().delete()
    ability.delete()
    answer = client.post(universe.curriculum.page("course-restore", RemovedCourse.objects.get().pk), follow=True)
    assert "1 entry is not back" in answer.content.decode()
    assert universe.course("C1").mappings.count() == 0


def test_a_code_that_was_taken_meanwhile_is_named(universe, as_user):
    course = add_courses(universe.curriculum, 1)[0]
    client = as_user(universe.director)
    client.post(universe.curriculum.page("course-remove", course.pk))
    Course.objects.create(curriculum=universe.curriculum, code="C1", title_en="Newer")
    answer = client.post(universe.curriculum.page("course-restore", RemovedCourse.objects.get().pk), follow=True)
    assert "has another course “C1” by now" in answer.content.decode()
    assert RemovedCourse.objects.count() == 1


def test_an_approved_plan_keeps_its_courses(universe, as_user):
    course = add_courses(universe.curriculum, 1)[0]
    Curriculum.objects.update(state="approved")
    client = as_user(universe.director)
    client.post(universe.curriculum.page("course-remove", course.pk))
    client.post(universe.curriculum.page("course-new"), typed(code="N1", title_en="New"))
    assert [each.code for each in universe.curriculum.courses.all()] == ["C1"]
    assert not RemovedCourse.objects.exists()


def test_another_plans_course_cannot_be_removed_or_brought_back_here(universe, as_user):
    other = Curriculum.objects.create(program=universe.curriculum.program, year=2030, framework=universe.framework)
    course = add_courses(other, 1)[0]
    client = as_user(universe.director)
    assert client.post(universe.curriculum.page("course-remove", course.pk)).status_code == 404
    client.post(other.page("course-remove", course.pk))
    removed = RemovedCourse.objects.get()
    assert client.post(universe.curriculum.page("course-restore", removed.pk)).status_code == 404
    assert RemovedCourse.objects.exists()


def test_removed_courses_are_kept_for_thirty_days(universe, as_user):
    for course in add_courses(universe.curriculum, 2):
        as_user(universe.director).post(universe.curriculum.page("course-remove", course.pk))
    RemovedCourse.objects.filter(code="C1").update(removed_at=timezone.now() - timedelta(days=30, minutes=1))
    assert [each.code for each in RemovedCourse.objects.expired()] == ["C1"]


@pytest.mark.parametrize("name", ["course-edit", "courses-removed", "course-remove"])
def test_no_page_asks_more_for_more_courses(name, universe, as_user, django_assert_max_num_queries):
    courses = add_courses(universe.curriculum, 2)
    client = as_user(universe.director)

    def queries() -> int:
        arguments = () if name == "courses-removed" else (courses[0].pk,)
        with django_assert_max_num_queries(60) as asked:
            client.get(universe.curriculum.page(name, *arguments))
        return len(asked)

    queries()
    few = queries()
    for course in add_courses(universe.curriculum, 6)[:4]:
        Prerequisite.objects.create(course=courses[0], requires=course)
    for course in universe.curriculum.courses.order_by("-order")[:2]:
        client.post(universe.curriculum.page("course-remove", course.pk))
    assert queries() <= few + (0 if name != "course-edit" else 4)
