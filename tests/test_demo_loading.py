"""Loading the demo: again it leaves all records as they were, a refused file leaves nothing, its loop is repeated."""

from __future__ import annotations

import re
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from curricula.evaluation.snapshots import verification_of
from curricula.loop.presenters import loop_page
from curricula.models import Course, CourseEquivalence, Curriculum, Mapping, School, Snapshot
from curricula.queries import curriculum_by_key
from talentgap import demo_data
from talentgap.demo_data import DemoRefused, Done, Listener, load_demo
from talentgap.demo_loop import load_loop
from tests.some import some
from tests.test_demo import KEYS

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


def load(*, restore: bool = False) -> list[Done]:
    heard: list[Done] = []
    load_demo(Listener(done=heard.append, progress=lambda what: lambda done, total: None), restore=restore)
    return heard


def records() -> dict[str, list[Any]]:
    """Every row of every table of the two apps, histories and links included."""
    models = [
        model
        for app in ("competencies", "curricula")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


# Loading again


def test_loading_twice_changes_no_record(demo: School) -> None:
    before = records()
    assert all(done.kept or not (done.created or done.changed) for done in some(load()))
    assert records() == before


def test_reading_every_file_again_changes_no_record(demo: School) -> None:
    before = records()
    heard = load(restore=True)
    assert not any(done.kept or done.created or done.changed for done in heard)
    assert sum(done.unchanged for done in heard) > 3500
    assert records() == before


def test_what_users_did_to_a_plan_stays_until_they_ask_for_the_files(demo: School) -> None:
    Course.objects.filter(title_en="Consumer Behaviour").update(credits=5)
    CourseEquivalence.objects.filter(reference_course__code="RC25").delete()
    load()
    assert Course.objects.filter(title_en="Consumer Behaviour", credits=5).count() == 2
    load(restore=True)
    assert not Course.objects.filter(title_en="Consumer Behaviour", credits=5).exists()
    assert CourseEquivalence.objects.filter(reference_course__code="RC25").count() == 2


def test_an_approved_plan_gets_no_new_version(demo: School) -> None:
    Curriculum.objects.filter(pk=curriculum_by_key(KEYS[0]).pk).update(state=Curriculum.State.APPROVED)
    heard = {done.part: done for done in load(restore=True)}
    assert heard[f"curriculum {KEYS[0]}"].kept
    assert Curriculum.objects.count() == 4


def test_a_plan_that_was_deleted_is_loaded_again(demo: School) -> None:
    curriculum_by_key(KEYS[3]).delete()
    load()
    assert curriculum_by_key(KEYS[3]).courses.count() == 60
    assert Mapping.objects.filter(course__curriculum=curriculum_by_key(KEYS[3])).count() == 79


def test_a_real_school_of_that_name_is_left_alone(demo: School) -> None:
    School.objects.update(sample=False)
    with pytest.raises(DemoRefused, match="not sample data"):
        load()


@pytest.fixture
def broken_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = Path(shutil.copytree(demo_data.FOLDER, tmp_path / "demo"))
    mapping = folder / "e-commerce-2025-mapping.csv"
    mapping.write_text(mapping.read_text(encoding="utf-8-sig") + "GE101,XX.1,I,0.1,\n", encoding="utf-8")
    monkeypatch.setattr(demo_data, "FOLDER", folder)
    return folder


def test_a_refused_file_leaves_nothing_of_the_demo(demo: School, broken_folder: Path) -> None:
    curriculum_by_key(KEYS[0]).delete()
    with pytest.raises(DemoRefused, match=r"e-commerce-2025-mapping\.csv was refused:\nrow 90.*XX\.1"):
        load()
    assert not Curriculum.objects.filter(program__slug="e-commerce", year=2025).exists()


# The command


@pytest.fixture
def command(demo: School, tmp_path: Path, settings: Any) -> Any:
    settings.STATE_DIR = tmp_path

    def run(**options: Any) -> str:
        out = StringIO()
        call_command("load_demo", stdout=out, stderr=StringIO(), **options)
        return out.getvalue()

    return run


def test_the_command_tells_what_it_did_and_names_the_accounts_it_made(command: Any) -> None:
    Curriculum.objects.filter(year=2026, program__slug="e-commerce").delete()
    told = command()
    assert "framework cross-border-e-commerce: no change\n" in told
    for source in ("postings demo-postings-2026", "survey demo-employers-2026", "figures demo-figures"):
        assert f"{source}: no change, there already\n" in told
    assert re.search(r"^curriculum demo/e-commerce/2026, courses: created \d+, changed 0, unchanged 0$", told, re.M)
    assert "invented sample data" in told
    for name, password in re.findall(r"^  (demo-\w+)  (\S+)  ", told, re.M):
        assert User.objects.get(username=name).check_password(password)
    assert len(re.findall(r"^  demo-", told, re.M)) == 4


def test_passwords_are_told_again_in_demo_mode_only(command: Any, settings: Any) -> None:
    first = command()
    settings.DEMO = False
    assert "accounts:" not in command()
    settings.DEMO = True
    assert command().partition("accounts:")[2] == first.partition("accounts:")[2] != ""


def test_the_command_fails_with_1_when_refused(command: Any) -> None:
    School.objects.update(sample=False)
    with pytest.raises(CommandError, match="not sample data") as refused:
        command()
    assert refused.value.returncode == 1
    assert not User.objects.exists()


def test_the_loop_of_the_demo_has_a_gap_that_closed_and_one_that_came_back_and_all_of_it_is_repeated(demo):
    heard: list[Done] = []
    for name in ("demo-director", "demo-administrator"):
        User.objects.create_user(name)
    load_loop(demo, Listener(done=heard.append, progress=lambda what: lambda done, total: None))
    page = loop_page(curriculum_by_key("demo/e-commerce/2026"))
    closed = {row.code: [cell.actions[0].ability for cell in row.cells if cell.actions] for row in page.rows}
    assert closed["MO.12"] == ["MO.12"]
    assert [row.code for row in page.rows if row.reopened] == ["MK.3"]
    assert all(verification_of(snapshot).same for snapshot in Snapshot.objects.all())
    approved = curriculum_by_key("demo/international-trade/2025")
    assert approved.state == "approved"
    assert approved.approved_as is not None
    assert Snapshot.objects.count() == 4
    assert [str(done) for done in heard] == ["loop: created 15, changed 0, unchanged 0"]
