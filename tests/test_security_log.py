"""Who is let in or refused stands in the log without a name, with the id that the page has."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from tests.universe import Universe

pytestmark = pytest.mark.django_db


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "talentgap.security"]


def test_signing_in_and_out_and_a_refusal_are_logged_without_names(universe: Universe, client: Client, caplog):
    caplog.set_level(logging.INFO, logger="talentgap.security")
    client.post("/sign-in/", {"username": "director", "password": "not mine"})
    client.post("/sign-in/", {"username": "director", "password": "director"})
    client.post("/sign-out/")
    number = universe.director.pk
    assert said(caplog) == ["sign-in refused", f"signed in: account {number}", f"signed out: account {number}"]
    assert all(hasattr(record, "request") for record in caplog.records if record.name == "talentgap.security")
    assert "director" not in caplog.text
    assert "not mine" not in caplog.text


def test_what_is_refused_for_want_of_a_right_is_logged_with_its_address(universe: Universe, as_user, caplog):
    caplog.set_level(logging.WARNING, logger="django.request")
    assert as_user(universe.viewer).get(universe.curriculum.page("curriculum-settings")).status_code == 403
    assert universe.curriculum.page("curriculum-settings") in caplog.text


def test_signing_out_clears_what_the_browser_kept(universe: Universe, as_user):
    answer = as_user(universe.director).post("/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
