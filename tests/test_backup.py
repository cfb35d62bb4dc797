"""A backup holds everything, and what is restored is what there was."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command

from curricula.models import Course, Curriculum, PendingImport, School
from talentgap.archive import MANIFEST, kept_models
from tests.universe import Universe, add_courses, add_postings

# A backup names the migrations behind it.
pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.migration]


def everything() -> dict[str, list[tuple[Any, ...]]]:
    return {
        model._meta.label: [
            tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
            for row in model._base_manager.order_by("pk").values_list()
        ]
        for model in kept_models()
    }


@pytest.fixture
def saved(universe: Universe, tmp_path: Path) -> Path:
    for course in add_courses(universe.curriculum, 3):
        course.credits = 7
        course.save()  # leaves a history
    add_postings(universe.curriculum, 5)
    universe.curriculum.prepares_for.set(universe.framework.positions.all())
    path = tmp_path / "backup.zip"
    call_command("backup", str(path))
    return path


def changed(path: Path, entry: str, content: bytes) -> Path:
    """A copy with another content of one entry."""
    other = path.with_name(f"{len(list(path.parent.iterdir()))}.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == entry else old.read(name))
    return other


def manifest(path: Path) -> dict[str, Any]:
    return json.loads(zipfile.ZipFile(path).read(MANIFEST))


def test_what_was_destroyed_comes_back_row_by_row_with_its_history(saved: Path):
    before = everything()
    assert sum(map(len, before.values())) > 80
    assert before["curricula.HistoricalCourse"]
    Course.objects.all().delete()
    School._base_manager.update(title_en="Somebody else")
    call_command("restore", str(saved), replace=True)
    assert everything() == before


def test_nothing_of_people_who_came_later_is_left_to_those_who_get_their_number(saved: Path, universe: Universe):
    late = User.objects.create_user("late")
    late.user_permissions.add(Permission.objects.all()[0])
    PendingImport.objects.create(user=late, kind="postings", name="own.csv", content=b"x", target="own")
    PendingImport.objects.create(user=universe.viewer, kind="postings", name="own.csv", content=b"x", target="own")
    call_command("restore", str(saved), replace=True)
    assert not User.objects.filter(username="late").exists()
    assert not PendingImport.objects.exists()
    assert not User.user_permissions.through.objects.exists()


def test_new_records_go_on_counting_after_a_restore(saved: Path, universe: Universe):
    call_command("restore", str(saved), replace=True)
    newest = max(Curriculum._base_manager.values_list("pk", flat=True))
    made = Curriculum.objects.create(program=universe.curriculum.program, year=2040, framework=universe.framework)
    assert made.pk > newest


def test_the_file_is_its_owners_alone_and_no_half_of_one_is_left(saved: Path):
    assert saved.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in saved.parent.iterdir()] == ["backup.zip"]


def test_a_database_with_schools_is_not_replaced_by_the_way(saved: Path):
    before = everything()
    with pytest.raises(CommandError, match="say --replace"):
        call_command("restore", str(saved))
    assert everything() == before


def test_a_newer_an_older_a_damaged_and_a_foreign_file_change_nothing(saved: Path, tmp_path: Path):
    told, before = manifest(saved), everything()
    newer = told | {"migrations": [*told["migrations"], "curricula.9999_of_next_year"]}
    older = told | {"migrations": told["migrations"][:-1]}
    foreign = tmp_path / "photo.zip"
    foreign.write_bytes(b"no archive")
    for path, words in (
        (changed(saved, MANIFEST, json.dumps(newer).encode()), "made by a newer version"),
        (changed(saved, MANIFEST, json.dumps(older).encode()), "made by an older version"),
        (changed(saved, "curricula.course.jsonl", b"{}\n"), "damaged"),
        (foreign, "no backup of TalentGap"),
        (changed(saved, MANIFEST, b"{"), "no backup of TalentGap"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("restore", str(path), replace=True)
    assert everything() == before
