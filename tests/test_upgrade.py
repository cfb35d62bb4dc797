"""The demo's data through an upgrade: from the schema of each earlier version to the newest, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from curricula.evaluation.reports import gap_report_for
from curricula.models import Course, Curriculum, Mapping
from curricula.reports.json_report import report_data
from talentgap.demo_data import Listener, load_demo

pytestmark = [pytest.mark.simulation, pytest.mark.migration, pytest.mark.django_db(transaction=True)]
# What stood on `main` at the end of a stage of work; the first is the oldest that ever held a school's records.
VERSIONS = {
    "first": ("0001_initial", "0001_initial"),
    "evidence": ("0003_source_made_by", "0006_kinds_of_imports"),
    "method": ("0006_outside", "0012_strength_of_support"),
    "owners": ("0009_source_without_maker", "0014_bin"),
    "undo": ("0011_own_terms", "0017_imports_saved"),
    "accounts": ("0012_bin_of_sources", "0025_second_step"),
}


def migrate(competencies: str, curricula: str) -> None:
    MigrationExecutor(connection).migrate([("competencies", competencies), ("curricula", curricula)])


def newest() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.fixture
def loaded() -> Iterator[None]:
    load_demo(Listener(done=lambda done: None, progress=lambda what: lambda done, total: None))
    yield
    newest()


def what_a_plan_says() -> dict[str, Any]:
    """Of each plan its courses, its mappings and its hours by ability, which no column that came later changes."""
    cache.clear()
    told: dict[str, Any] = {}
    for plan in Curriculum.objects.order_by("pk"):
        report = report_data(gap_report_for(plan))
        told[plan.key] = [[each["code"], each["hours"]] for each in report["abilities"]]
        told[plan.key] += sorted(Course.objects.filter(curriculum=plan).values_list("code", "credits", "term"))
        told[plan.key] += [Mapping.objects.filter(course__curriculum=plan).count()]
    return told


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("version", VERSIONS)
def test_the_demo_says_the_same_after_an_upgrade_from(version):
    before = what_a_plan_says()
    assert len(before) >= 3
    migrate(*VERSIONS[version])
    with connection.cursor() as cursor:
        columns = {each.name for each in connection.introspection.get_table_description(cursor, "curricula_course")}
    assert ("lecturers" in columns) == (VERSIONS[version][1] >= "0008"), "the schema went back"
    newest()
    assert what_a_plan_says() == before
