"""Copy as the next year: what comes along, what stays, and what it costs."""

from __future__ import annotations

import pytest

from curricula.loop.actions import take_snapshot
from curricula.models import (
    AssignedCourse,
    Assignment,
    Course,
    CourseEquivalence,
    Curriculum,
    Mapping,
    Prerequisite,
    Scenario,
    SuggestionDecision,
)
from curricula.plans.settings_actions import WrongStep, copy_as_next_year
from tests.queries import queries_of
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(universe: Universe) -> Universe:
    """A signed-off plan with one of everything."""
    plan = universe.curriculum
    first, second, third = add_courses(plan, 3)
    Course.objects.filter(pk=first.pk).update(lecturers=["Li Wei"], locked=True, note="Lab")
    group = plan.elective_groups.create(title="Choice", choose=1)
    Course.objects.filter(pk=third.pk).update(elective_group=group)
    Prerequisite.objects.create(course=second, requires=first)
    Prerequisite.objects.create(course=third, external="Calculus")
    Mapping.objects.create(course=first, ability=universe.ability("DA.1"), rater="R1", level="I")
    Mapping.objects.create(course=first, ability=universe.ability("DA.2"), strength="H", state="disputed")
    certificate = universe.framework.certifications.get()
    CourseEquivalence.objects.create(course=first, reference_course=universe.framework.reference_courses.get())
    rejected = {"score": 0.5, "decision": "rejected", "who": "faculty"}
    SuggestionDecision.objects.create(course=first, ability=universe.ability("MK.2"), **rejected)
    plan.prepares_for.set(universe.framework.positions.all())
    plan.certifications.set([certificate])
    add_postings(plan, 2)
    plan.signed_off, plan.signed_off_because = True, "All were asked."
    plan.save()
    Scenario.objects.create(curriculum=plan, title="Less theory")
    take_snapshot(plan, by=universe.director)
    asked = Assignment.objects.create(curriculum=plan, person=universe.faculty, due="2027-01-01")
    AssignedCourse.objects.create(assignment=asked, course=first)
    return universe


COURSE = ("code", "title_zh", "theory", "lecturers", "locked", "note", "elective_group__title")
CELL = ("course__code", "ability__code", "rater", "level", "share", "strength", "state")
BEFORE = ("course__code", "requires__code", "external", "kind")
DECIDED = ("course__code", "ability__code", "decision")


def contents(plan: Curriculum) -> dict[str, list[tuple]]:
    of = {"course__curriculum": plan}
    return {
        "courses": list(plan.courses.order_by("order").values_list(*COURSE)),
        "mappings": list(Mapping.objects.filter(**of).order_by(*CELL[:3]).values_list(*CELL)),
        "prerequisites": list(Prerequisite.objects.filter(**of).order_by("pk").values_list(*BEFORE)),
        "links": list(CourseEquivalence.objects.filter(**of).values_list("course__code", "reference_course__code")),
        "rejected": list(SuggestionDecision.objects.filter(**of).values_list(*DECIDED)),
        "groups": list(plan.elective_groups.values_list("title", "choose")),
        "positions": list(plan.prepares_for.values_list("code")),
        "certificates": list(plan.certifications.values_list("code")),
        "sources": list(plan.demand_sources.values_list("slug")),
    }  # fmt: skip


def test_everything_that_describes_the_plan_comes_along_and_the_sign_off_does_not(full):
    plan = full.curriculum
    made = copy_as_next_year(plan)
    assert all(contents(plan).values()), "one of everything"
    assert contents(made.plan) == contents(plan)
    assert (made.plan.year, made.plan.version, made.plan.state) == (2027, 1, "draft")
    assert (made.plan.signed_off, made.plan.signed_off_because) == (False, "")
    assert made.plan.revises == plan
    assert made.taken == {
        "courses": 3,
        "mappings": 5,
        "prerequisites": 2,
        "course equivalences": 1,
        "elective groups": 1,
        "positions": 2,
        "certifications": 1,
        "demand sources": 1,
    }
    assert made.left == {"scenarios": 1, "snapshots": 1, "assignments": 1}
    assert AssignedCourse.objects.get().course.curriculum == plan, "what is asked is asked of this year"
    assert not made.plan.scenarios.exists()


def test_a_change_of_the_copy_leaves_the_year_before_as_it_is(full):
    plan = full.curriculum
    before = contents(plan)
    made = copy_as_next_year(plan).plan
    made.courses.all().delete()
    made.demand_sources.clear()
    assert contents(plan) == before


def test_a_year_that_is_there_is_refused_and_the_page_says_what_was_done(full, as_user):
    plan, client = full.curriculum, as_user(full.director)
    page = client.post(plan.page("curriculum-next-year"), follow=True).content.decode()
    assert "Copied as entry 2027" in page
    assert "courses: 3" in page
    assert "Left with the year before: scenarios: 1; snapshots: 1; assignments: 1." in page
    assert "of entry 2027 already" in client.post(plan.page("curriculum-next-year"), follow=True).content.decode()
    assert Curriculum.objects.count() == 2
    with pytest.raises(WrongStep):
        copy_as_next_year(plan)


def test_many_mappings_are_copied_in_few_queries(full):
    few = queries_of(copy_as_next_year, full.curriculum)
    second = Curriculum.objects.get(year=2027)
    add_courses(second, 40)
    assert queries_of(copy_as_next_year, second) <= few + 4
