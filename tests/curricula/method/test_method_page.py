"""The page of the method: every measure at its place, and the numbers of the simulation read from their file."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.utils import translation

from curricula.method import presenters
from curricula.wording.method import AMENDMENTS, CHECKS, DESIGNS, MEASURES, NEVER_CLAIMED
from tests.pages import text_of
from tests.universe import Universe


def found(hits: int, cases: int) -> dict[str, float]:
    return {"hits": hits, "cases": cases, "low": 0.01, "high": 0.09}


VALIDITY = {
    "programs": {"independent": 1200, "heavy": 34},
    "designs": {
        "independent": {
            "under:wrong_sign": found(3, 300),
            "untaught:false": found(1, 8),
            "untaught:missed": found(3, 10),
        },
        "heavy": {"under:wrong_sign": found(9, 300), "untaught:false": found(0, 0), "untaught:missed": found(0, 0)},
    },
    "bounds": [
        {"what": "under:wrong_sign", "design": "independent", "least": 0.0, "most": 0.02, "held": True},
        {"what": "under:wrong_sign", "design": "heavy", "least": 0.0, "most": 0.02, "held": False},
    ],
}


@pytest.fixture
def page(client: Client, universe: Universe, tmp_path, monkeypatch) -> str:
    path = tmp_path / "validity.json"
    path.write_text(json.dumps(VALIDITY), encoding="utf-8")
    monkeypatch.setattr(presenters, "VALIDITY", path)
    client.force_login(universe.viewer)
    return client.get("/method/").content.decode()


def test_every_measure_has_a_place_to_which_the_contents_lead(page):
    for key in MEASURES:
        assert page.count(f'id="{key}"') == 1
        assert f'href="#{key}"' in page


def test_amendments_and_what_is_never_claimed_stand_there_whole(page):
    words = text_of(page)
    for change in AMENDMENTS:
        assert str(change.was) in words
        assert str(change.now) in words
    assert all(str(claim) in words for claim in NEVER_CLAIMED)
    assert "Ratio by which shares must differ 2 pragmatic: half or double" in words


def test_the_table_is_read_from_the_file(page):
    words = text_of(page)
    assert "1,234 invented plans" in words
    assert "truly enough or more at most 2 % 1.0 % of 300 1.0 % to 9.0 % not held 3.0 % of 300" in words
    assert "Untaught wrong 12.5 % of 8 1.0 % to 9.0 % missed 30.0 % of 10 1.0 % to 9.0 % wrong – missed –" in words


def test_a_file_of_the_simulation_has_words_for_all_it_says():
    if not presenters.VALIDITY.exists():
        pytest.skip("make simulate has not been run")
    told = json.loads(presenters.VALIDITY.read_text(encoding="utf-8"))
    assert set(told["designs"]) == set(DESIGNS)
    assert {bound["what"] for bound in told["bounds"]} <= set(CHECKS)


def test_without_a_simulation_the_page_says_so(client, universe, tmp_path, monkeypatch):
    monkeypatch.setattr(presenters, "VALIDITY", tmp_path / "none.json")
    client.force_login(universe.viewer)
    with translation.override("en"):
        assert "It has not been run yet." in client.get("/method/").content.decode()


def test_the_page_is_for_those_signed_in_and_linked_from_every_foot(client, universe):
    assert client.get("/method/").status_code == 302
    client.force_login(universe.viewer)
    assert '<footer class="foot"><a href="/method/">' in client.get("/").content.decode()
