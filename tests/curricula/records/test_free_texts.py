"""What reaches a person stays in no free text, by whichever way it comes in, and a second time changes nothing."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from competencies.models import FreeText
from curricula.interchange.bundles import read_file
from curricula.models import Course, Mapping, Scenario
from curricula.records.saving import import_curriculum
from tests.universe import Universe

pytestmark = pytest.mark.django_db
TYPED = "联系人：张三，138\u200b0013\u200b8000，hr at company.com；64/48，GB/T 19001-2016"
KEPT = "联系人：[name]，[phone]，[e-mail]；64/48，GB/T 19001-2016"
# Rows of files that are masked when they are read, what scholars and employers publish, what the program itself says
# for a day, and what is nobody's words.
ELSEWHERE = {"posting.text", "ability", "requirement", "framework.source", "framework.note", "work.words", "signedin"}


def imported(universe: Universe):
    content = f"课程代码,课程名称,总学时,课程简介,备注\nA1,市场营销,64,{TYPED},{TYPED}".encode()
    parsed = read_file(content, name="plan.csv")
    return import_curriculum(parsed, key="north/sales/2026", framework=universe.framework)


def test_every_long_text_of_a_record_is_a_free_text_or_named_here():
    fields = (f for m in apps.get_models() if m.__module__.startswith(("competencies", "curricula")) for f in own(m))
    plain = {f"{field.model._meta.model_name}.{field.name}" for field in fields if not isinstance(field, FreeText)}
    assert {name for name in plain if not name.startswith(tuple(ELSEWHERE))} == set()


def own(model: type[models.Model]) -> list[models.TextField]:
    history = model._meta.model_name.startswith("historical")
    return [f for f in model._meta.get_fields() if isinstance(f, models.TextField) and not history]


def test_a_file_is_kept_without_the_person_and_changes_nothing_the_second_time(universe):
    assert imported(universe).courses.created == 1
    course = universe.course("A1")
    assert (course.description, course.note) == (KEPT, KEPT)
    assert set(course.history.values_list("description", "note")) == {(KEPT, KEPT)}
    again = imported(universe).courses
    assert (again.changed, again.unchanged) == (0, 1)


def test_the_evidence_of_a_cell_is_kept_without_the_person(universe, client: Client):
    imported(universe)
    client.force_login(universe.director)
    sent = {
        "course": universe.course("A1").pk,
        "ability": universe.ability("MK.1").pk,
        "level": "D",
        "evidence": TYPED,
    }
    assert client.post(universe.curriculum.page("matrix-cell"), sent).status_code < 400
    assert Mapping.objects.get(course__code="A1").evidence == KEPT
    assert set(Mapping.history.values_list("evidence", flat=True)) == {KEPT}


def test_nothing_goes_round_it(universe):
    imported(universe)
    Course.objects.update(note=TYPED)
    assert universe.course("A1").note == KEPT
    Course.objects.bulk_update([Course(pk=universe.course("A1").pk, description=TYPED)], ["description"])
    assert universe.course("A1").description == KEPT
    assert Scenario.objects.create(curriculum=universe.curriculum, title="A", note=TYPED).note == KEPT
