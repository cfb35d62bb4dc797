"""A school gets all that it holds as a file, and goes for good; what is another's stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from competencies.models import DemandSource, Framework
from curricula.accounts.actions import invite
from curricula.models import Course, Mapping, Program, School
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(universe: Universe) -> Universe:
    add_courses(universe.curriculum, 2)
    source = add_postings(universe.curriculum, 2)
    DemandSource.objects.filter(pk=source.pk).update(owner=universe.school)
    south = School.objects.get(slug="south")
    Program.objects.create(school=south, slug="other", title_en="Of the south")
    invite(universe.school, role="viewer", email="", by=universe.administrator)
    return universe


def test_the_file_holds_records_and_history_of_this_school_alone(held, tmp_path: Path):
    call_command("export_school", "north", output=tmp_path / "north.json")
    found = json.loads((tmp_path / "north.json").read_text())
    counts: dict[str, int] = {}
    for row in found["records"]:
        counts[row["model"]] = counts.get(row["model"], 0) + 1
    assert [counts[f"curricula.{kind}"] for kind in ("school", "curriculum", "course", "mapping")] == [1, 1, 2, 2]
    assert counts["competencies.posting"] == 2
    assert {row["model"] for row in found["history"]} >= {"curricula.historicalcourse", "curricula.historicalmapping"}
    assert sorted(found["people"].values()) == ["administrator", "director", "faculty", "viewer"]
    assert "Of the south" not in json.dumps(found)
    assert "token_hash" not in json.dumps(found)


def test_a_school_that_is_deleted_leaves_no_row_and_takes_nothing_of_others(held):
    call_command("delete_school", "north", yes=True)
    assert [School.everything.get().slug, Program.everything.get().slug] == ["south", "other"]
    assert not DemandSource.everything.exists()
    for model in (Course, Mapping):
        assert not model.objects.exists()
        assert not model.history.exists()
    assert User.objects.filter(username="director").exists(), "its members keep their accounts"
    assert Framework.objects.filter(slug="trade").exists(), "and the site its framework"


def test_one_in_the_bin_goes_as_well(held):
    School.everything.filter(slug="north").update(removed_at="2026-11-01T00:00Z")
    call_command("delete_school", "north", yes=True)
    assert not School.everything.filter(slug="north").exists()
