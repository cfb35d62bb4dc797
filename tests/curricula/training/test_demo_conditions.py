"""The demo's lights occur for the reasons that docs/demo.md tells, and every id of the papers has its screen there."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from curricula.evaluation.reports import gathered
from curricula.evaluation.training.panels import BY_NAME, PANELS
from curricula.models import Membership, School
from curricula.queries import curriculum_by_key
from curricula.reports.panels import Reading
from curricula.training.papers import DESCRIBED, address_of, panel_of
from tests.places import ROOT
from tests.some import some

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]
PLAN = "demo/e-commerce/2026"
ROW = re.compile(r"^\| (demo/\S+) \| (teachers|equipment|practice|currency) \| (ok|part|gap|na) \| (.+) \|$", re.M)
LIGHTS = ROW.findall((ROOT / "docs" / "demo.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def read(demo_records: School) -> Callable[[str, str], Reading]:
    """A panel of a plan, by their names; what all panels of a plan rest on is gathered once."""
    gathered_of = cache(lambda key: gathered(curriculum_by_key(key)))
    return lambda plan, panel: BY_NAME[panel].read(gathered_of(plan))


@pytest.fixture
def reader(demo_records: School) -> Client:
    user = User.objects.create_user("reader")
    Membership.objects.create(user=user, school=demo_records, role=Membership.Role.VIEWER)
    client = Client()
    client.force_login(user)
    return client


def test_every_colour_is_told_of():
    assert {colour for _plan, _part, colour, _why in LIGHTS} == {"ok", "part", "gap", "na"}


@pytest.mark.parametrize(("plan", "part", "colour", "why"), LIGHTS)
def test_each_light_is_as_the_page_of_the_demo_says(read: Any, plan: str, part: str, colour: str, why: str):
    block = next(block for block in read(plan, "conditions").blocks if block.name == part)
    assert block.tone == colour, why
    counted = {number for figure in block.figures for number in re.findall(r"\d+", f"{figure.text} {figure.note}")}
    assert colour in ("part", "na") or set(re.findall(r"\d{2,}", why)) & counted


@pytest.mark.parametrize("panel", [panel.name for panel in PANELS])
def test_no_panel_of_the_demo_is_without_records(read: Any, panel: str):
    reading = read(PLAN, panel)
    assert not reading.empty
    assert reading.blocks


def test_each_id_of_the_papers_opens_a_screen(reader: Client):
    listed = unescape(reader.get("/papers/").content.decode())
    addresses = {thing.id: address_of(thing, curriculum_by_key(PLAN)) for thing in some(DESCRIBED)}
    assert [name for name, address in addresses.items() if not address] == [], "no screen shows them"
    assert [address for address in addresses.values() if f'href="{address}"' not in listed] == []
    pages = sorted({address.partition("#")[0] for address in addresses.values()})
    assert dict.fromkeys(pages, 200) == {page: reader.get(page).status_code for page in pages}
    assert [thing.id for thing in DESCRIBED if not (panel_of(thing) or thing.page)] == []
