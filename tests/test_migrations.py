"""What a migration makes of records that were stored before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.migration]


def at(name: str) -> Apps:
    """The database and the models as they were after a migration of competencies."""
    executor = MigrationExecutor(connection)
    executor.migrate([("competencies", name)])
    return executor.loader.project_state([("competencies", name)]).apps


@pytest.fixture
def newest_afterwards() -> Iterator[None]:
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def stored_answer(apps: Apps, respondent: str, **answer: Any) -> None:
    framework, _new = apps.get_model("competencies", "Framework").objects.get_or_create(slug="trade")
    ability, _new = apps.get_model("competencies", "Ability").objects.get_or_create(framework=framework, code="A")
    made = {"framework": framework, "kind": "survey", "collected": "2026-01-01"}
    source, _new = apps.get_model("competencies", "DemandSource").objects.get_or_create(slug="s", defaults=made)
    answers = apps.get_model("competencies", "SurveyAnswer").objects
    answers.create(source=source, ability=ability, respondent=respondent, **answer)


@pytest.mark.usefixtures("newest_afterwards")
def test_a_survey_on_a_scale_below_0_is_shifted_to_begin_at_0() -> None:
    before = at("0003_source_made_by")
    stored_answer(before, "E1", importance=2, competence=-2, scale_low=-2, scale_high=2)
    stored_answer(before, "E2", importance=-1, competence=None, scale_low=-2, scale_high=2)
    stored_answer(before, "E3", importance=5, competence=1, scale_low=1, scale_high=5)
    answers = at("0005_survey_scale_from_0").get_model("competencies", "SurveyAnswer").objects
    assert list(answers.order_by("respondent").values_list("importance", "competence", "scale_low", "scale_high")) == [
        (4, 0, 0, 4),
        (1, None, 0, 4),
        (5, 1, 1, 5),
    ]


def stored_sources(apps: Apps) -> None:
    """North's director made one that judges a plan of south; a command another; one who left the third."""
    models = {name: apps.get_model("curricula", name).objects for name in ("School", "Membership", "Program")}
    users, sources = apps.get_model("auth", "User").objects, apps.get_model("competencies", "DemandSource").objects
    framework = apps.get_model("competencies", "Framework").objects.create(slug="trade")
    north, south = (models["School"].create(slug=slug) for slug in ("north", "south"))
    director, gone = users.create(username="director"), users.create(username="gone")
    models["Membership"].create(user=director, school=north, role="director")
    plan = apps.get_model("curricula", "Curriculum").objects.create(
        program=models["Program"].create(school=south, slug="sales"), year=2026, framework=framework
    )
    for slug, maker in (("made", director), ("commanded", None), ("left", gone)):
        plan.demand_sources.add(sources.create(slug=slug, framework=framework, collected="2026-01-01", made_by=maker))


@pytest.mark.usefixtures("newest_afterwards")
def test_a_source_comes_to_belong_to_the_school_of_its_maker_and_what_a_command_made_to_the_site() -> None:
    executor = MigrationExecutor(connection)
    nodes = [("competencies", "0007_owners"), ("curricula", "0012_strength_of_support")]
    executor.migrate(nodes)
    stored_sources(executor.loader.project_state(nodes).apps)
    sources = at("0009_source_without_maker").get_model("competencies", "DemandSource").objects
    assert dict(sources.values_list("slug", "owner__slug")) == {"made": "north", "commanded": None, "left": "south"}
