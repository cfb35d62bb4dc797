"""The share that a mapping gives is one number, on the report, on the ability's page and in the matrix."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from competencies.models import Ability
from curricula.evaluation.reports import gap_report_for
from curricula.models import Mapping
from curricula.plans.presenters.abilities import ability_page
from tests.universe import Universe, add_courses

pytestmark = pytest.mark.django_db


def shares(client: Client, universe: Universe, code: str) -> dict[str, Any]:
    """What each place says that C1 gives to the ability: hours on the report and the page, percent in the matrix."""
    report = gap_report_for(universe.curriculum)
    line = next((line for line in report.abilities if line.code == code), None)
    page = ability_page(universe.curriculum, report, code)
    assert page is not None
    shown = client.get(universe.curriculum.page("matrix")).content.decode()
    payload = json.loads(re.search(r'id="matrix-data" type="application/json">(.*?)</script>', shown, re.S)[1])  # type: ignore[index]
    ability = universe.ability(code).pk
    given = [cell["given"] for cell in payload["cells"] if cell["ability"] == ability]
    return {
        "report": line.exposure_hours if line else None,
        "page": page.totals["theory"] + page.totals["operation"],
        "matrix": given[0] if given else None,
    }


@pytest.fixture
def shared(universe: Universe) -> Universe:
    """C1 of 48 hours serves MK.1 and MK.2, and says of neither how much."""
    (course,) = add_courses(universe.curriculum, 1, mapped=False)
    for code in ("MK.1", "MK.2"):
        Mapping.objects.create(course=course, ability=universe.ability(code), level="D")
    return universe


def test_two_abilities_without_a_share_take_half_each_everywhere(shared, as_user):
    assert shares(as_user(shared.faculty), shared, "MK.1") == {"report": 24.0, "page": 24.0, "matrix": 50}


def test_an_ability_that_got_parts_of_its_own_takes_nothing_anywhere(shared, as_user):
    parent = shared.ability("MK.2")
    Ability.objects.create(framework=shared.framework, parent=parent, code="MK.2.1", title_en="Scripts", order=40)
    client = as_user(shared.faculty)
    assert shares(client, shared, "MK.1") == {"report": 48.0, "page": 48.0, "matrix": 100}
    assert shares(client, shared, "MK.2") == {"report": None, "page": 0, "matrix": None}


def test_what_is_only_proposed_takes_nothing_anywhere(shared, as_user):
    Mapping.objects.filter(ability__code="MK.2").update(state=Mapping.State.PROPOSED)
    client = as_user(shared.faculty)
    assert shares(client, shared, "MK.1") == {"report": 48.0, "page": 48.0, "matrix": 100}
    assert shares(client, shared, "MK.2")["matrix"] is None


def test_the_raters_own_rows_take_nothing_from_the_plan(shared, as_user):
    Mapping.objects.create(course=shared.course("C1"), ability=shared.ability("DA.1"), level="D", rater="R1")
    assert shares(as_user(shared.faculty), shared, "MK.1") == {"report": 24.0, "page": 24.0, "matrix": 50}


def test_after_each_save_the_matrix_hears_what_the_course_gives(shared, as_user):
    stated = {"course": shared.course("C1").pk, "ability": shared.ability("MK.1").pk, "level": "D", "share": "80"}
    answer = as_user(shared.faculty).post(
        shared.curriculum.page("matrix-cell"), stated, headers={"accept": "application/json"}
    )
    given = {shared.ability("MK.1").pk: 80, shared.ability("MK.2").pk: 20}
    assert answer.json()["given"] == {str(ability): percent for ability, percent in given.items()}
