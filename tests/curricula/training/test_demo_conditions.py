"""The demo's lights occur for the reasons that docs/demo.md tells, and every id of the papers has its screen there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from curricula.evaluation.reports import gathered
from curricula.evaluation.training.panels import BY_NAME, PANELS
from curricula.models import Curriculum, Membership, School
from curricula.queries import curriculum_by_key
from curricula.training.papers import DESCRIBED, address_of, panel_of
from tests.places import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo-records")]
ROW = re.compile(r"^\| (demo/\S+) \| (teachers|equipment|practice|currency) \| (ok|part|gap|na) \| (.+) \|$", re.M)
LIGHTS = ROW.findall((ROOT / "docs" / "demo.md").read_text(encoding="utf-8"))


@pytest.fixture
def recorded(demo_records: School) -> School:
    return demo_records


@pytest.fixture
def reader(recorded: School) -> Client:
    user = User.objects.create_user("reader")
    Membership.objects.create(user=user, school=recorded, role=Membership.Role.VIEWER)
    client = Client()
    client.force_login(user)
    return client


def test_every_colour_is_told_of():
    assert {colour for _plan, _part, colour, _why in LIGHTS} == {"ok", "part", "gap", "na"}


@pytest.mark.parametrize(("plan", "part", "colour", "why"), LIGHTS)
def test_each_light_is_as_the_page_of_the_demo_says(recorded: School, plan: str, part: str, colour: str, why: str):
    reading = BY_NAME["conditions"].read(gathered(curriculum_by_key(plan)))
    block = next(block for block in reading.blocks if block.name == part)
    assert block.tone == colour, why
    counted = {number for figure in block.figures for number in re.findall(r"\d+", f"{figure.text} {figure.note}")}
    assert colour in ("part", "na") or set(re.findall(r"\d{2,}", why)) & counted


@pytest.mark.parametrize("panel", [panel.name for panel in PANELS])
def test_no_panel_of_the_demo_is_without_records(recorded: School, panel: str):
    reading = BY_NAME[panel].read(gathered(curriculum_by_key("demo/e-commerce/2026")))
    assert not reading.empty
    assert reading.blocks


def plan_of_demo() -> Curriculum:
    return curriculum_by_key("demo/e-commerce/2026")


@pytest.mark.parametrize("thing", DESCRIBED, ids=lambda each: each.id)
def test_each_id_of_the_papers_opens_a_screen(reader: Client, thing: Any):
    address = address_of(thing, plan_of_demo())
    assert address, "no screen shows it"
    assert reader.get(address).status_code == 200
    listed = reader.get("/papers/").content.decode()
    assert f'href="{address}"'.replace("&", "&amp;") in listed
    assert panel_of(thing) or thing.page
