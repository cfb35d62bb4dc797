"""Sessions end when they are idle, when they are old, when their owner ends them, and with another password."""

from __future__ import annotations

import re
from time import time

import pytest
from django.conf import settings as project
from django.test import Client

from curricula.accounts import sessions
from curricula.models import SignedIn
from tests.universe import Universe

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Mobile MicroMessenger/8.0"
LATER, LATEST = project.SESSION_IDLE_SECONDS, project.SESSION_COOKIE_AGE


def signed_in(name: str = "director", agent: str = FIREFOX) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/sign-in/", {"username": name, "password": name}, REMOTE_ADDR="203.0.113.9")
    return client


def is_in(client: Client) -> bool:
    return client.get("/profile/").status_code == 200


def hours_go_by(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    now = time()
    monkeypatch.setattr(sessions, "time", lambda: now + seconds)


def test_who_is_away_for_too_long_signs_in_again(universe, monkeypatch):
    client = signed_in()
    hours_go_by(monkeypatch, LATER - 5)
    assert is_in(client)
    hours_go_by(monkeypatch, 2 * LATER - 10)
    assert is_in(client), "it counts from the last request"
    hours_go_by(monkeypatch, 3 * LATER)
    assert client.get("/profile/")["Location"] == "/sign-in/?next=/profile/"


def test_a_session_ends_however_busy_it_is(universe, monkeypatch):
    client = signed_in()
    for seconds in range(0, LATEST, LATER - 60):
        hours_go_by(monkeypatch, seconds)
        assert is_in(client)
    hours_go_by(monkeypatch, LATEST + 60)
    assert not is_in(client)


def test_what_is_idle_is_noted_once_in_five_minutes(universe, monkeypatch, django_assert_num_queries):
    client = signed_in()
    client.get("/profile/password/")
    row = SignedIn.objects.get()
    client.get("/profile/password/")
    assert SignedIn.objects.get().session_data == row.session_data
    hours_go_by(monkeypatch, 301)
    client.get("/profile/password/")
    assert SignedIn.objects.get().seen > row.seen


def test_a_person_sees_the_own_sessions_only_with_browser_and_network(universe):
    here, _there, _other = signed_in(), signed_in(agent=WECHAT), signed_in("viewer")
    page = here.get("/profile/").content.decode()
    assert "Firefox · Linux" in page
    assert "WeChat · iPhone" in page
    assert page.count("203.0.113.0/24") == 2
    assert "203.0.113.9" not in page
    for row in SignedIn.objects.all():
        assert row.session_key not in page


def test_a_session_is_ended_from_another(universe):
    here, there = signed_in(), signed_in(agent=WECHAT)
    handle = re.search(r'name="session" value="(\w+)"', here.get("/profile/").content.decode())[1]
    assert here.post("/profile/sessions/", {"session": handle}).status_code == 302
    assert not is_in(there)
    assert is_in(here)


def test_nobody_ends_the_session_of_another(universe):
    other = signed_in("viewer")
    handle = SignedIn.objects.get().handle
    here = signed_in()
    here.post("/profile/sessions/", {"session": handle})
    here.post("/profile/sessions/")
    assert is_in(other)


def test_all_others_are_ended_at_once_and_by_another_password(universe):
    here, there = signed_in(), signed_in()
    here.post("/profile/sessions/")
    assert (is_in(here), is_in(there)) == (True, False)
    signed_in()
    new = "quite another sentence"
    here.post("/profile/password/", {"old_password": "director", "new_password1": new, "new_password2": new})
    assert is_in(here)
    assert SignedIn.objects.filter(user=universe.director).count() == 1


def test_signing_in_gives_another_key_and_clears_what_ended(universe: Universe):
    client = Client()
    client.get("/sign-in/")
    signed_in()
    SignedIn.objects.update(expire_date="2020-01-01T00:00Z")
    signed_in()
    assert SignedIn.objects.count() == 1
