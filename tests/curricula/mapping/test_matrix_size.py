"""What opening a large matrix transfers."""

from __future__ import annotations

import gzip

import pytest

from competencies.models import Ability
from curricula.models import Course, Mapping

pytestmark = pytest.mark.django_db
MOST_BYTES = 300_000


def test_80_courses_by_60_abilities_all_mapped_transfer_less_than_300_kb(universe, as_user):
    plan = universe.curriculum
    area = Ability.objects.get(code="MK")
    abilities = Ability.objects.bulk_create(
        Ability(
            framework=universe.framework,
            parent=area,
            code=f"X.{n}",
            title_en=f"Ability number {n}",
            statement_en=f"Can do what number {n} asks for, alone and in a team.",
            order=50 + n,
        )
        for n in range(60)
    )
    courses = Course.objects.bulk_create(
        Course(curriculum=plan, code=f"K{n}", title_en=f"A course with a longer title {n}", theory=32, order=n)
        for n in range(80)
    )
    Mapping.objects.bulk_create(
        Mapping(course=course, ability=ability, level="IDA"[(course.pk + ability.pk) % 3], share=1 / 60)
        for course in courses
        for ability in abilities
    )
    answer = as_user(universe.director).get(plan.page("matrix"), headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert b"K79" in gzip.decompress(answer.content)
    assert len(answer.content) < MOST_BYTES
    assert len(gzip.decompress(answer.content)) < 10 * MOST_BYTES, "a phone keeps it all"
