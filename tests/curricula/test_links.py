"""Every warning of a report leads to the page on which it is mended, for those who may mend it."""

from __future__ import annotations

import pytest

from curricula.analysis.codes import WARNINGS
from curricula.links import MENDED, mended_at
from tests.universe import Universe, add_courses, make_universe

NOWHERE = {"one_ability"}  # what is compared is so small; no page of the plan changes that


@pytest.fixture
def universe(db) -> Universe:
    return make_universe()


def test_no_warning_is_without_a_place():
    codes = {code for code in WARNINGS if not code.startswith("undefined.")}
    assert codes - set(MENDED) == NOWHERE


def test_every_place_is_a_page_that_opens(universe, client):
    client.force_login(universe.director)
    places = [mended_at(universe.curriculum, code, may_edit=True) for code in MENDED]
    assert {client.get(place.href).status_code for place in places} == {200}


def test_only_directors_are_led_to_what_only_they_may_open(universe):
    assert mended_at(universe.curriculum, "no_postings", may_edit=False) is None
    assert mended_at(universe.curriculum, "courses_unmapped", may_edit=False) is not None


def test_the_overview_links_its_warnings(universe, client):
    add_courses(universe.curriculum, 2)
    client.force_login(universe.director)
    page = client.get(universe.curriculum.page("overview")).content.decode()
    assert f'href="{universe.curriculum.page("curriculum-settings")}">Open the settings</a>' in page
