"""A snapshot after parameters, framework or program really became others: it is shown as it was, and verified."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from competencies.frameworks.actions import save_framework
from competencies.frameworks.formats.talentgap import document_of, parsed_document
from competencies.frameworks.stored import stored_framework
from curricula.evaluation import reports, snapshots
from curricula.evaluation.snapshots import frozen, kept_report, verification_of
from curricula.models import Curriculum, Snapshot
from tests.places import ROOT
from tests.universe import Universe, add_courses, add_postings, make_universe

PROGRAM = ("competencies", "curricula", "talentgap")
RULE = '"share": stated.where(~assumed, portion)'  # of what a course gives, in curricula/analysis/exposure.py


def plan_of(universe: Universe) -> Curriculum:
    add_courses(universe.curriculum, 4)
    add_postings(universe.curriculum, 120)
    return Curriculum.objects.select_related("program__school", "framework").get()


def taken(plan: Curriculum) -> Snapshot:
    snapshot = frozen(Curriculum.objects.select_related("program__school", "framework").get(pk=plan.pk))
    snapshot.save()
    return Snapshot.objects.get(pk=snapshot.pk)


def expect_shown(client: Any, plan: Curriculum, snapshot: Snapshot, sentence: str, *made_with: str) -> None:
    page = client.get(plan.page("snapshot", snapshot.pk)).content.decode()
    for words in (sentence, *made_with):
        assert words in page, words


@pytest.mark.django_db
def test_after_a_change_of_parameters_it_is_repeated_with_its_own(universe, as_user, monkeypatch):
    plan = plan_of(universe)
    before = taken(plan)
    told = kept_report(before, "en")
    other = replace(reports.POLICY, ratio=1.1, min_postings=500)
    for module in (reports, snapshots):
        monkeypatch.setattr(module, "POLICY", other)
    after = taken(plan)
    assert (before.parameters["ratio"], after.parameters["ratio"]) == (2.0, 1.1)
    assert kept_report(after, "en").tables != told.tables, "the change matters"
    for snapshot in (before, after):
        assert verification_of(snapshot).same
    assert kept_report(before, "en") == told
    expect_shown(as_user(universe.viewer), plan, before, told.sentence)


@pytest.mark.django_db
def test_after_a_new_version_of_the_framework_it_is_repeated_with_the_old_one(universe, as_user):
    """The new version names an ability otherwise and asks for more; a program that reads it says both versions."""
    plan = plan_of(universe)
    document = document_of(stored_framework(plan.framework))
    document["framework"]["version"] = "1"
    assert not save_framework(parsed_document(deepcopy(document))).refusals
    before = taken(plan)
    told = kept_report(before, "en")
    document["framework"]["version"] = "2"
    for ability in document["abilities"]:
        if ability["code"] == "MK.1":
            ability["title"] = {"en": "Paid search", "zh": "付费搜索"}
            ability["terms"].append({"text": "keyword bidding", "language": "en"})
    assert not save_framework(parsed_document(deepcopy(document))).refusals
    after = taken(plan)
    assert (before.framework_version, after.framework_version) == ("1", "2")
    assert before.vocabulary_version != after.vocabulary_version
    assert "Paid search" in str(kept_report(after, "en").report["abilities"])
    assert verification_of(before).same
    assert kept_report(before, "en") == told
    assert "Paid search" not in str(told.report["abilities"])
    expect_shown(as_user(universe.viewer), plan, before, told.sentence, "trade 1")


@pytest.mark.django_db(transaction=True)
def test_another_version_of_the_program_says_what_it_was_made_with_and_which_figures_differ(tmp_path, as_user):
    """The program is copied, gets another version and another rule, and verifies what this one made."""
    universe = make_universe()
    plan = plan_of(universe)
    before = taken(plan)
    told = kept_report(before, "en")
    same = verified_by(other_program(tmp_path / "same"), plan, tmp_path)
    assert same.returncode == 0, same.stderr
    assert f"made with program {before.made_with['program']}; here it is 99.0" in same.stdout
    assert "the same, bit for bit" in same.stdout
    other = verified_by(other_program(tmp_path / "other", rule=f"{RULE} * 0.5"), plan, tmp_path)
    assert other.returncode != 0
    assert f"made with method {before.made_with['method']}; here it is" in other.stdout
    assert "figures or findings differ" in other.stdout
    assert "differs: en.report.abilities.0.taught_hours" in other.stdout
    assert kept_report(Snapshot.objects.get(pk=before.pk), "en") == told
    expect_shown(as_user(universe.viewer), plan, before, told.sentence, before.made_with["program"])


def other_program(folder: Path, *, rule: str = RULE) -> Path:
    """Of version 99.0; what is no code is the same."""
    folder.mkdir()
    for name in PROGRAM:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("fixtures", "templates", "static", "manage.py"):
        (folder / name).symlink_to(ROOT / name)
    stated = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("version = ", 1)
    (folder / "pyproject.toml").write_text(f'{stated[0]}version = "99.0"\n{stated[1].split(chr(10), 1)[1]}', "utf-8")
    file = folder / "curricula" / "analysis" / "exposure.py"
    before = file.read_text(encoding="utf-8")
    assert RULE in before
    file.write_text(before.replace(RULE, rule), encoding="utf-8")
    return folder


def verified_by(program: Path, plan: Curriculum, state: Path) -> subprocess.CompletedProcess[str]:
    database, place = connection.settings_dict, f"sqlite:///{connection.settings_dict['NAME']}"
    if connection.vendor == "postgresql":
        at = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT'] or 5432}"
        place = f"postgres://{at}/{database['NAME']}"
    env = os.environ | {"DATABASE_URL": place, "TALENTGAP_STATE": str(state / "state"), "PYTHONPATH": str(program)}
    command = [sys.executable, "-c", RUN, "verify_snapshot", plan.key]
    return subprocess.run(command, cwd=program, env=env, capture_output=True, text=True, check=False)


# manage.py is a link, whose own folder would come first.
RUN = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "talentgap.settings"
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[1:]])
"""
