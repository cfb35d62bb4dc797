from __future__ import annotations

import pytest
from django.urls import reverse

from competencies.models import DemandSource, Framework, Posting
from curricula.finding.queries import KINDS
from curricula.models import AssignedCourse, Assignment, Course, Curriculum, Program, School
from tests.queries import queries_of
from tests.universe import Universe, add_courses, add_postings, make_framework

pytestmark = pytest.mark.django_db
MARK = "Zanzibar"


def find(client, words: str, **asked: str) -> str:
    response = client.get(reverse("find"), {"q": words, **asked})
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def filled(universe: Universe) -> Universe:
    add_courses(universe.curriculum, 3)
    add_postings(universe.curriculum, 2)
    return universe


def give_the_south_all_kinds(universe: Universe) -> None:
    """Everything there bears the mark, and nothing of it is published."""
    south = School.objects.get(slug="south")
    own = make_framework("south-own")
    Framework.objects.filter(pk=own.pk).update(owner=south, status="draft", title_en=f"{MARK} framework")
    own.abilities.update(title_en=f"{MARK} ability")
    own.positions.update(title_en=f"{MARK} position")
    program = Program.objects.create(school=south, slug="z", title_en=f"{MARK} program")
    plan = Curriculum.objects.create(program=program, year=2026, framework=own)
    add_courses(plan, 2)
    Course.objects.filter(curriculum=plan).update(title_en=f"{MARK} course")
    source = add_postings(plan, 2, slug="z-board")
    DemandSource.objects.filter(pk=source.pk).update(owner=south)
    Posting.objects.filter(source=source).update(title=f"{MARK} seller")


def test_every_kind_is_found_by_its_own_school_and_nothing_of_it_by_another(filled, as_user):
    give_the_south_all_kinds(filled)
    shown = find(as_user(filled.outsider), MARK)
    for kind in KINDS:
        assert f"<h2>{kind.title}</h2>" in shown, kind.code
    for user in (filled.viewer, filled.director, filled.administrator):
        assert "Nothing holds these words" in find(as_user(user), MARK)
        for kind in KINDS:
            assert "<li>" not in find(as_user(user), MARK, kind=kind.code)


def test_words_are_found_in_both_languages_and_each_of_them_must_be(filled, as_user):
    client = as_user(filled.viewer)
    for words in ("search ADVERTISING", "搜索广告", "广告 搜索"):
        assert "MK.1 Search advertising" in find(client, words)
    assert "MK.1 Search advertising" not in find(client, "search selling")
    assert "C2 Course 2" in find(client, "课程2")
    assert filled.curriculum.name in find(client, "sales 2026")


def test_a_second_rater_does_not_find_the_courses_of_the_plan(filled, as_user):
    asked = Assignment.objects.create(
        curriculum=filled.curriculum, person=filled.faculty, second=True, due="2027-01-01"
    )
    AssignedCourse.objects.create(assignment=asked, course=filled.course("C1"))
    assert "C2 Course 2" not in find(as_user(filled.faculty), "course 2")


def test_many_are_shown_in_pages_and_cost_the_same_queries(filled, as_user):
    client = as_user(filled.viewer)

    def queries(**asked: str) -> int:
        return queries_of(find, client, "course", **asked)

    find(client, "course")
    few, few_paged = queries(), queries(kind="courses")
    add_courses(filled.curriculum, 60)
    assert (queries(), queries(kind="courses")) == (few, few_paged)
    assert "All that was found" in find(client, "course")
    assert "Page 1 of 3" in find(client, "course", kind="courses")
    assert "Page 3 of 3" in find(client, "course", kind="courses", page="99")


@pytest.mark.parametrize("words", ["", "   ", "%", "_", "'; --", "\\", "x" * 5000, "a " * 500, "…"])
def test_any_text_may_be_searched_for(filled, as_user, words):
    find(as_user(filled.viewer), words)
    find(as_user(filled.viewer), words, kind="no such kind", page="-1")
