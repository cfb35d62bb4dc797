from __future__ import annotations

import pytest

from curricula.models import (
    Course,
    CourseEquivalence,
    CourseTie,
    Curriculum,
    Mapping,
    Prerequisite,
    Program,
    Scenario,
    School,
)
from curricula.scenarios.elsewhere_queries import twins_of, who_else
from tests.queries import queries_of
from tests.universe import Universe, add_courses

pytestmark = pytest.mark.django_db


def plan_of(universe: Universe, slug: str, school: str = "north", *, year: int = 2026) -> Curriculum:
    program = Program.objects.create(school=School.objects.get(slug=school), slug=slug, title_en=slug.title())
    return Curriculum.objects.create(program=program, year=year, framework=universe.framework)


@pytest.fixture
def trade(universe: Universe) -> Curriculum:
    """Another plan of the north with C1 and C2 as the universe's has them, less practice and another term."""
    add_courses(universe.curriculum, 3)
    plan = plan_of(universe, "trade")
    add_courses(plan, 2, mapped=False)
    Course.objects.filter(curriculum=plan, code="C1").update(operation=8, term=4)
    return plan


def page(universe: Universe, code: str = "C1") -> str:
    return universe.curriculum.page("course-elsewhere", universe.course(code).pk)


def test_other_plans_of_the_school_with_the_course_are_found_and_none_of_another_school(universe, trade):
    south = plan_of(universe, "south-trade", "south")
    add_courses(south, 1)
    older = Curriculum.objects.create(program=trade.program, year=2025, framework=universe.framework)
    add_courses(older, 1)
    newer = Curriculum.objects.create(program=trade.program, year=2025, version=2, framework=universe.framework)
    add_courses(newer, 1)
    found = twins_of(universe.course("C1"))
    assert [(twin.plan, twin.course.code) for twin in found] == [(trade, "C1"), (newer, "C1")]


def test_what_hangs_on_the_course_alone_is_named(universe, trade):
    first, second = universe.course("C1"), universe.course("C2")
    Prerequisite.objects.create(course=second, requires=first)
    Mapping.objects.create(course=second, ability=universe.ability("DA.2"))
    Mapping.objects.create(course=first, ability=universe.ability("DA.2"))
    CourseEquivalence.objects.create(course=first, reference_course=universe.framework.reference_courses.get())
    universe.curriculum.certifications.set(universe.framework.certifications.all())
    found = who_else(first)
    assert [item.course for item in found.required_by] == [second]
    assert [ability.code for ability in found.abilities] == ["MK.1"]
    assert [certificate.code for certificate in found.certificates] == ["cert"]
    CourseEquivalence.objects.create(course=second, reference_course=universe.framework.reference_courses.get())
    assert not who_else(first).certificates


def test_the_same_change_becomes_a_proposal_in_the_other_plan_that_its_directors_see(universe, trade, as_user):
    client = as_user(universe.director)
    shown = client.get(page(universe)).content.decode()
    assert "Trade 2026" in shown
    twin = trade.courses.get(code="C1")
    client.post(page(universe), {"do": "offer", "course": twin.pk})
    made = Scenario.objects.get()
    assert (made.curriculum, made.state, made.created_by) == (trade, "proposed", universe.director)
    assert made.edits == [
        {"kind": "move_course", "course": "C1", "term": 1},
        {"kind": "set_hours", "course": "C1", "hours": {"operation": 16.0}},
        {"kind": "set_mapping", "course": "C1", "ability": "MK.1", "level": "D", "share": 1.0},
    ]
    assert trade.courses.get(code="C1").term == 4, "nothing is changed but by its directors"
    for user, sees in ((universe.administrator, True), (universe.faculty, False), (universe.outsider, False)):
        assert ("Proposed to you" in as_user(user).get("/").content.decode()) is sees


def test_what_is_the_same_cannot_be_offered_nor_what_is_of_another_school(universe, trade, as_user):
    client = as_user(universe.director)
    same = plan_of(universe, "same")
    add_courses(same, 1)
    south = plan_of(universe, "elsewhere", "south")
    [foreign] = add_courses(south, 1)
    for course in (same.courses.get(), foreign, universe.course("C1")):
        assert client.post(page(universe), {"do": "offer", "course": course.pk}).status_code == 404
    assert not Scenario.objects.exists()


def test_a_course_under_another_code_is_tied_and_found_from_both_sides(universe, trade, as_user):
    client = as_user(universe.director)
    Course.objects.filter(curriculum=trade, code="C2").update(code="T9")
    sent = {"do": "tie", "plan": trade.pk, "code": "T9"}
    client.post(page(universe, "C3"), sent)
    assert [twin.course.code for twin in twins_of(universe.course("C3"))] == ["T9"]
    assert [twin.course for twin in twins_of(trade.courses.get(code="T9"))] == [universe.course("C3")]
    assert "already" in client.post(page(universe, "C3"), sent).content.decode()
    assert (
        "No course of that plan has this code."
        in client.post(page(universe, "C3"), sent | {"code": "T8"}).content.decode()
    )
    client.post(page(universe, "C3"), {"do": "untie", "tie": CourseTie.objects.get().pk})
    assert not CourseTie.objects.exists()


def test_a_plan_of_another_school_is_tied_to_nothing(universe, trade, as_user):
    south = plan_of(universe, "elsewhere", "south")
    add_courses(south, 1)
    sent = {"do": "tie", "plan": south.pk, "code": "C1"}
    assert as_user(universe.director).post(page(universe, "C3"), sent).status_code == 422
    assert not CourseTie.objects.exists()


def test_one_other_plan_and_three_cost_the_same_queries(universe, trade, as_user):
    client = as_user(universe.director)

    def queries() -> int:
        return queries_of(client.get, page(universe))

    queries()
    one = queries()
    for slug in ("a", "b"):
        add_courses(plan_of(universe, slug), 3)
    assert queries() == one
