"""The address that programs read: the report of the download, under the same rights, and JSON in every answer."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from curricula.plans.views import api
from tests.universe import add_courses, add_postings

pytestmark = pytest.mark.django_db
ADDRESS = "/api/curricula/north/sales/2026/report"


@pytest.fixture
def filled(universe):
    add_courses(universe.curriculum, 4)
    add_postings(universe.curriculum, 3)
    return universe


def test_members_of_the_least_and_the_highest_role_read_what_the_download_holds(filled, as_user):
    for member in (filled.viewer, filled.administrator):
        client = as_user(member)
        answer = client.get(ADDRESS)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/json"), member
        downloaded = json.loads(client.get(filled.curriculum.page("report-download", "json")).content)
        assert json.loads(answer.content) | {"created": ""} == downloaded | {"created": ""}, member


def test_a_measure_without_a_value_is_null_and_its_reason_is_told(filled, as_user):
    filled.curriculum.demand_sources.clear()
    found = as_user(filled.viewer).get(ADDRESS).json()
    assert found["demand"] is None
    assert found["alignment"]["theory_demand"] is None
    reasons = {warning["code"]: warning["message"] for warning in found["warnings"]}
    assert "there are no postings" in reasons["undefined.theory_demand"]


def test_the_words_are_in_the_language_asked_for(filled, as_user):
    client = as_user(filled.viewer)
    titles = {
        language: client.get(f"{ADDRESS}?language={language}").json()["abilities"][0]["title"]
        for language in ("en", "zh-hans")
    }
    assert titles["en"].isascii()
    assert not titles["zh-hans"].isascii()


@pytest.mark.parametrize("year", ["abc", "20266", "9" * 5000])
def test_a_year_that_is_none_is_not_found_in_json(filled, as_user, year):
    address = f"/api/curricula/north/sales/{year}/report"
    assert answered(as_user(filled.viewer), address) == (404, "not_found")


def answered(client, address=ADDRESS, method="get"):
    answer = getattr(client, method)(address)
    assert answer["Content-Type"] == "application/json"
    assert set(answer.json()) == {"error", "message"}
    return answer.status_code, answer.json()["error"]


def test_who_is_not_signed_in_gets_no_redirect(filled, as_user):
    assert answered(as_user(None)) == (401, "not_signed_in")
    assert as_user(None).get(ADDRESS)["WWW-Authenticate"]


def test_a_member_of_another_school_learns_nothing(filled, as_user):
    missing = answered(as_user(filled.viewer), ADDRESS.replace("2026", "1999"))
    assert answered(as_user(filled.outsider)) == missing == (404, "not_found")


def test_a_role_that_does_not_reach_is_told_so(filled, as_user, monkeypatch):
    def refuse(*_args, **_named):
        raise PermissionDenied

    monkeypatch.setattr(api, "curriculum_for", refuse)
    assert answered(as_user(filled.viewer)) == (403, "forbidden")


def test_an_unknown_language_and_a_write_are_refused(filled, as_user):
    assert answered(as_user(filled.viewer), ADDRESS + "?language=xx") == (400, "unknown_language")
    strict = Client(enforce_csrf_checks=True)
    assert answered(strict, method="post") == (405, "method_not_allowed")
