"""A plan out to Excel and back: the demo's and real ones come back without a change, one edited cell as one change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import reverse

from competencies.models import Framework
from curricula.interchange.bundles import read_file
from curricula.models import Curriculum, Membership
from curricula.records.outcome import ImportOutcome
from curricula.records.saving import import_curriculum
from tests.curricula.interchange.test_round_trip import changed_in_excel
from tests.universe import Universe, add_courses
from tests.uploads import upload

DEMO = [f"demo/{program}/{year}" for program in ("e-commerce", "international-trade") for year in (2025, 2026)]
IMPORTED = {  # real plans, and the framework that they are mapped on
    "data/curricula/zh_training_plan.csv": "trade",
    "data/curricula/curricular_analytics/examples__UH_EE_plan.csv": "trade",
    "cases/zh_22_matrix_HML_12_requirements.xlsx": "kj-gr",
}


def plan_of(key: str) -> Curriculum:
    school, program, year = key.split("/")
    found = Curriculum.objects.newest_version(school=school, program=program, year=int(year))
    assert found is not None
    return found


def exported(plan: Curriculum, as_user: Any, *, language: str) -> bytes:
    user = User.objects.filter(memberships__school=plan.school).first()
    answer = as_user(user).get(plan.page("courses-export"), headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content


def brought_back(plan: Curriculum, content: bytes) -> ImportOutcome:
    outcome = import_curriculum(read_file(content, name="plan.xlsx"), key=plan.key, framework=plan.framework)
    assert not outcome.refusals, outcome.refusals
    return outcome


def expect_round_trip(plan: Curriculum, as_user: Any) -> None:
    for language in ("en", "zh-hans"):
        same = brought_back(plan, exported(plan, as_user, language=language))
        assert (same.total.created, same.total.changed) == (0, 0), language
        assert same.courses.unchanged == plan.courses.count()
        assert not same.new_version
    content = exported(plan, as_user, language="en")
    edited = brought_back(plan, changed_in_excel(content, sheet=0, row=3, column="Note", value="Seen in Excel."))
    assert (edited.total.created, edited.total.changed, edited.courses.changed) == (0, 1, 1)


@pytest.fixture
def member(demo: Any) -> None:
    user = User.objects.create_user("exporting")
    Membership.objects.create(user=user, school=demo, role=Membership.Role.DIRECTOR)


@pytest.mark.django_db
@pytest.mark.xdist_group("demo")
@pytest.mark.parametrize("key", DEMO)
def test_each_plan_of_the_demo_comes_back_and_one_edited_level_is_one_change(
    demo: Any, member: None, as_user: Any, key: str
) -> None:
    plan = plan_of(key)
    expect_round_trip(plan, as_user)
    plan = plan_of(key)
    content = exported(plan, as_user, language="en")
    first = plan.courses.first().mappings.filter(rater="", state="accepted").first()
    level = "A" if first is None or first.level != "A" else "I"
    edited = brought_back(plan, changed_in_excel(content, sheet=1, row=2, column="level", value=level))
    assert (edited.total.created, edited.total.changed, edited.mappings.changed) == (0, 1, 1)


@pytest.mark.parametrize("path", IMPORTED)
def test_an_imported_plan_comes_back_and_one_edited_cell_is_one_change(
    universe: Universe, shared: Path, as_user: Any, path: str
) -> None:
    frame = shared / "cases" / "zh_frame_kj_gr.csv"
    call_command("import_framework", str(frame), "--format", "csv", "--slug", "kj-gr", verbosity=0)
    framework = Framework.objects.get(slug=IMPORTED[path])
    file = shared / path
    key = "north/imported/2026"
    outcome = import_curriculum(read_file(file, name=file.name), key=key, framework=framework, create=True)
    assert outcome.courses.created > 20
    expect_round_trip(plan_of(key), as_user)


def test_an_approved_plan_gets_no_next_version_from_its_own_file(universe: Universe, as_user: Any) -> None:
    """And the preview says that nothing changes; the same file with an edited cell goes into the next version."""
    plan, client = universe.curriculum, as_user(universe.director)
    add_courses(plan, 3)
    Curriculum.objects.update(state=Curriculum.State.APPROVED)
    content = exported(plan, as_user, language="en")
    sent = client.post("/import/", {"target": plan.key, "file": upload(content, "plan.xlsx")})
    shown = client.get(sent["Location"]).content.decode()
    assert "goes into its next version" not in shown
    client.post(sent["Location"], {"do": "save"})
    assert not Curriculum.objects.filter(version=2).exists()
    assert reverse("import") in sent["Location"]
    edited = brought_back(plan, changed_in_excel(content, sheet=0, row=2, column="Credits", value=7))
    assert (edited.new_version, edited.total.changed) == (True, 1)
    assert Curriculum.objects.get(version=2).courses.filter(credits=7).count() == 1
    assert not plan.courses.filter(credits=7).exists()
