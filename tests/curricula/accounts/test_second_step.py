"""The second step: nobody is in before the code is right, each code works once, and a lost phone is no end."""

from __future__ import annotations

import re
from time import time

import pyotp
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from curricula.accounts import second_step
from curricula.models import SecondStep
from curricula.models.token_link import hashed
from tests.universe import Universe

pytestmark = pytest.mark.django_db
ON, OFF, CODE = "/profile/second-step/", "/profile/second-step/off/", "/sign-in/code/"


def code(step: SecondStep, *, later: int = 0) -> str:
    return pyotp.TOTP(second_step.secret_of(step)).at(int(time()) + later)


@pytest.fixture
def spare(universe: Universe) -> list[str]:
    """The director's spare codes; the phone's code of the step before this one is used up."""
    step = second_step.begin(universe.director)
    return second_step.confirm(step, code(step, later=-30))


def password_given() -> Client:
    client = Client()
    answer = client.post("/sign-in/?next=/frameworks/", {"username": "director", "password": "director"})
    assert answer["Location"] == CODE
    return client


def is_in(client: Client) -> bool:
    return client.get("/profile/").status_code == 200


def test_the_password_alone_lets_nobody_in_and_the_code_leads_where_one_wanted_to_go(universe, spare):
    client = password_given()
    assert not is_in(client)
    answer = client.post(CODE, {"code": code(universe.director.second_step)})
    assert answer["Location"] == "/frameworks/"
    assert is_in(client)


def test_it_is_turned_on_with_a_code_of_the_phone_and_shows_spare_codes_once(universe, as_user):
    client = as_user(universe.director)
    page = client.get(ON).content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    assert "<svg" in page
    assert "autofocus" not in page, "what is read first would be scrolled out of sight"
    assert client.post(ON, {"code": "000000"}).status_code == 422
    assert not second_step.is_on(universe.director)
    shown = client.post(ON, {"code": pyotp.TOTP(secret).now()}).content.decode()
    codes = re.findall(r"<code>([0-9a-f]{6}-[0-9a-f]{6})</code>", shown)
    assert len(set(codes)) == 8
    assert second_step.is_on(universe.director)
    stored = str(SecondStep.objects.values().get())
    assert not [word for word in (secret, *codes) if word in stored], "the database alone makes no code"
    assert client.get(ON)["Location"] == "/profile/", "the secret is not shown again"


def test_a_code_is_taken_once_and_so_is_a_spare_one(universe, spare):
    now = code(universe.director.second_step)
    assert second_step.is_right(universe.director, f" {now[:3]} {now[3:]} ")
    assert not second_step.is_right(universe.director, now)
    assert second_step.is_right(universe.director, spare[0].upper())
    assert not second_step.is_right(universe.director, spare[0])
    assert second_step.is_right(universe.director, spare[1])
    kept = universe.director.second_step.spare_hashes
    assert not {hashed(each) for each in spare}.intersection(kept), "the database alone is no place to try them"
    SecondStep.objects.update(spare_hashes=[hashed("an-earlier-one")])
    assert second_step.is_right(universe.director, "an-earlier-one"), "of a version that kept them so"
    assert not second_step.is_right(universe.director, "an-earlier-one")


@pytest.mark.parametrize(("later", "right"), [(-90, False), (0, True), (30, True), (90, False)])
def test_a_clock_may_be_half_a_minute_off(later, right, universe, spare):
    assert second_step.is_right(universe.director, code(universe.director.second_step, later=later)) == right


def test_a_code_of_somebody_else_or_none_at_all_is_wrong(universe, spare):
    second_step.confirm(second_step.begin(universe.viewer), code(second_step.begin(universe.viewer)))
    client = password_given()
    for given in (code(universe.viewer.second_step, later=30), "", "000000"):
        assert client.post(CODE, {"code": given}).status_code == 422
    assert not is_in(client)


def test_codes_are_not_tried_without_end(universe, spare, settings):
    settings.THROTTLES = {"code": "5/900"}
    tried = [password_given().post(CODE, {"code": f"{n:06}"}).status_code for n in range(6)]
    assert tried == [422] * 5 + [429]


def test_who_gave_no_password_is_not_asked_for_a_code(universe, spare, monkeypatch):
    assert Client().get(CODE)["Location"] == "/sign-in/"
    client, now = password_given(), time()
    monkeypatch.setattr("curricula.accounts.second_step_views.time", lambda: now + 601)
    assert client.post(CODE, {"code": spare[0]})["Location"] == "/sign-in/", "the password is too long ago"


def test_it_is_turned_off_with_the_password_only(universe, spare, as_user):
    client = as_user(universe.director)
    client.post(OFF, {"password": "wrong"})
    assert second_step.is_on(universe.director)
    client.post(OFF, {"password": "director"})
    assert not second_step.is_on(universe.director)


def test_whoever_runs_the_server_helps_who_lost_everything(universe, spare):
    call_command("second_step_off", "director")
    assert not second_step.is_on(universe.director)
    with pytest.raises(CommandError, match="no second step"):
        call_command("second_step_off", "director")


def test_of_whom_the_site_demands_it_is_led_there_and_where_it_is_on_everything_opens(universe, as_user, settings):
    settings.SECOND_STEP_FOR = "director"
    client = as_user(universe.director)
    assert client.get("/")["Location"] == ON
    assert "nothing else opens for you" in client.get(ON).text
    assert client.get("/api/curricula/north/ec/2026/report").json()["error"] == "second_step_needed"
    step = second_step.begin(universe.director)
    client.post(ON, {"code": code(step)})
    assert client.get("/").status_code == 200
    assert "you are led to set it up anew" in client.get("/profile/").text
    client.post(OFF, {"password": "director"})
    assert client.get("/profile/")["Location"] == ON


@pytest.mark.parametrize(("wanted", "due"), [("", False), ("faculty", True), ("director", True), ("staff", False)])
def test_it_is_demanded_of_a_role_and_of_all_above_it(wanted, due, universe, settings):
    settings.SECOND_STEP_FOR = wanted
    assert second_step.is_due(universe.director) == due
    universe.director.is_staff = True
    assert second_step.is_due(universe.director) == bool(wanted)
    assert not second_step.is_due(universe.viewer)
