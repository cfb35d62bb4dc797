"""A rater is a code in what is stored and exported."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from competencies.models import Posting
from curricula.interchange.bundles import read_file
from curricula.models import Course, Mapping, School
from curricula.rater_codes import is_rater_code, rater_code
from curricula.records.saving import import_curriculum
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["R1", "rater-2", "T07", "A", "7", "Expert3", "专家2", "r-k2m4q7ab"])
def test_a_code_stays(code: str, universe: Universe) -> None:
    assert rater_code(universe.school, code) == code


@pytest.mark.parametrize(
    "name", ["王芳", "Zhang Wei", "zhang.wei", "Li", "a.li@uni.edu.cn", "13800138000", "20190123"]
)
def test_a_name_an_address_and_a_number_become_one_code_in_a_school_and_another_elsewhere(name: str, universe) -> None:
    code = rater_code(universe.school, name)
    assert is_rater_code(code)
    assert name.lower() not in code
    assert rater_code(universe.school, f" {name} ") == code
    assert rater_code(School.objects.get(slug="south"), name) != code


def test_a_file_that_names_a_rater_is_kept_with_a_code_and_says_so_once(universe: Universe) -> None:
    add_courses(universe.curriculum, 2)
    text = "course,ability,level,rater\nC1,MK.1,D,王芳\nC2,MK.2,A,王芳\nC1,MK.2,I,R1\n"
    parsed = read_file(text.encode(), name="mapping.csv")
    outcome = import_curriculum(parsed, key=universe.curriculum.key, framework=universe.framework)
    assert outcome.refusals == []
    code = rater_code(universe.school, "王芳")
    assert sorted(Mapping.objects.exclude(rater="").values_list("rater", flat=True)) == sorted([code, code, "R1"])
    assert [each.message for each in outcome.warnings if each.code == "rater_named"] == [
        f"A rater is a code, never a name: “王芳” is kept as {code}."
    ]


def test_what_is_typed_into_the_matrix_is_kept_as_a_code(universe: Universe, as_user) -> None:
    [course] = add_courses(universe.curriculum, 1)
    cell = {"course": course.pk, "ability": universe.ability("DA.1").pk, "level": "D", "rater": "Wang Fang"}
    page = as_user(universe.director).post(universe.curriculum.page("matrix-cell"), cell, follow=True)
    code = rater_code(universe.school, "Wang Fang")
    assert f"kept as {code}" in page.content.decode()
    assert Mapping.objects.get(ability__code="DA.1").rater == code


def test_what_was_stored_before_is_masked_with_its_history(universe: Universe) -> None:
    [course] = add_courses(universe.curriculum, 1)
    row = Mapping.objects.create(course=course, ability=universe.ability("DA.1"), rater="Wang Fang", level="D")
    with connection.cursor() as cursor:  # as before the field masked
        for model in (Course, Course.history.model):
            cursor.execute(f"UPDATE {model._meta.db_table} SET note = 'Call 13800138000'")
    add_postings(universe.curriculum, 1)
    Posting.objects.update(text="Call 13800138000")
    before = type(universe.curriculum).objects.get().changed
    out = StringIO()
    call_command("mask_personal_data", stdout=out)
    row.refresh_from_db()
    assert {row.rater, row.history.get().rater} == {rater_code(universe.school, "Wang Fang")}
    assert type(universe.curriculum).objects.get().changed > before
    course.refresh_from_db()
    assert {course.note, course.history.latest().note, Posting.objects.get().text} == {"Call [phone]"}
    assert out.getvalue() == "raters: 2\ntexts: 3\n"
    again = StringIO()
    call_command("mask_personal_data", stdout=again)
    assert again.getvalue() == "raters: 0\ntexts: 0\n"
