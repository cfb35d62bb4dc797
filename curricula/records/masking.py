"""What was stored before masking existed, with its history.

A command and no migration: it reads every text of a database, which takes minutes where there are many, and is run
again when more is recognised.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.db import models, transaction

from competencies.models import FreeText, Posting
from competencies.personal_data import mask_personal_data
from curricula.models import Course, Curriculum, Mapping, School
from curricula.rater_codes import rater_code
from curricula.records.versions import touch

AT_ONCE: Final = 500
POSTING_TEXTS: Final = ("title", "text", "employer", "region")


@transaction.atomic
def mask_raters() -> int:
    """How many rows, of mappings and of their history, named a rater; every name of a school becomes the same code."""
    schools, plans = _school_of_courses(), set()
    now = list(_named(Mapping.objects.select_related("course__curriculum"), schools))
    for row in now:
        _rename(row, schools[row.course_id])
        plans.add(row.course.curriculum)
    former = list(_named(Mapping.history.all(), schools))
    for row in former:
        code = rater_code(schools[row.course_id], row.rater)
        Mapping.history.filter(history_id=row.history_id).update(rater=code)
    for plan in plans:
        touch(plan)
    return len(now) + len(former)


def _school_of_courses() -> dict[int, School]:
    """Of courses that are gone too, by their history."""
    plans = {plan.pk: plan.program.school for plan in Curriculum.everything.select_related("program__school")}
    courses = {*Course.history.values_list("id", "curriculum_id"), *Course.objects.values_list("pk", "curriculum_id")}
    return {course: plans[plan] for course, plan in courses if plan in plans}


def _named(rows: models.QuerySet[Any], schools: dict[int, School]) -> Iterator[Any]:
    for row in rows.exclude(rater=""):
        school = schools.get(row.course_id)
        if school and rater_code(school, row.rater) != row.rater:
            yield row


def _rename(row: Mapping, school: School) -> None:
    """Two spellings of one name stay two raters where both rated the same cell."""
    code = rater_code(school, row.rater)
    cell = Mapping.objects.filter(course=row.course_id, ability=row.ability_id)
    if cell.filter(rater=code).exists():
        code = rater_code(school, f"{row.rater} #{row.pk}")
    cell.filter(pk=row.pk).update(rater=code)


def mask_texts() -> int:
    """How many rows held a way to reach a person in a text."""
    return sum(_mask(model, names) for model, names in _texts())


def _texts() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every model with free texts, those of histories too, and the postings, whose reader masks them."""
    yield Posting, list(POSTING_TEXTS)
    for model in apps.get_models():
        if names := [field.name for field in model._meta.concrete_fields if isinstance(field, FreeText)]:
            yield model, names


def _mask(model: type[models.Model], names: list[str]) -> int:
    """Written without a save: the moment of change is not today, and a masked text is no edit."""
    changed = 0
    for row in model._base_manager.values("pk", *names).iterator(AT_ONCE):
        masked = {name: mask_personal_data(row[name]) for name in names if row[name]}
        if differing := {name: text for name, text in masked.items() if text != row[name]}:
            changed += model._base_manager.filter(pk=row["pk"]).update(**differing)
    return changed
