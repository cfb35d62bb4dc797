"""Limits: so many in a window, each person alone, strangers by address; the page says when to come back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from curricula import throttle
from curricula.throttle import TooMany, client_address, spend
from tests.universe import add_courses
from tests.uploads import upload

pytestmark = pytest.mark.django_db


def asked(*, user: Any = None, **meta: str):
    request = RequestFactory().get("/", **meta)
    request.user = user or AnonymousUser()
    return request


def test_each_window_and_each_address_begins_anew(settings, monkeypatch):
    settings.THROTTLES = {"thing": "2/60"}
    now = 6000.0  # a window begins at a multiple of its length
    monkeypatch.setattr(throttle.time, "time", lambda: now + 10)
    for _time in range(2):
        spend(asked(), "thing")
    with pytest.raises(TooMany) as refused:
        spend(asked(), "thing")
    assert refused.value.seconds == 50
    spend(asked(REMOTE_ADDR="203.0.113.9"), "thing")
    monkeypatch.setattr(throttle.time, "time", lambda: now + 60)
    spend(asked(), "thing")


def test_two_people_at_one_address_are_counted_apart(settings, universe):
    settings.THROTTLES = {"thing": "1/60"}
    spend(asked(user=universe.viewer), "thing")
    spend(asked(user=universe.director), "thing")
    with pytest.raises(TooMany):
        spend(asked(user=universe.viewer), "thing")


def test_what_has_no_limit_is_not_counted():
    for _time in range(100):
        spend(asked(), "thing")


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.9", "6.6.6.6", "203.0.113.9"),  # nobody asked it
        ("10.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),  # the proxy's own word is the last
        ("10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),  # through two of ours
        ("10.0.0.1", "rubbish", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::1", "2001:db8::5", "2001:db8::5"),
        ("", "203.0.113.9", "203.0.113.9"),  # by a socket file
    ],
)
def test_the_address_is_the_nearest_one_that_is_no_proxy_of_ours(peer, forwarded, found, settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8", "::1", "unix"]
    assert client_address(asked(REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)) == found


@pytest.mark.parametrize(
    ("what", "method", "path"),
    [
        ("upload", "post", "/import/"),
        ("report", "get", "/c/north/sales/2026/reports/json/"),
        ("invitation", "post", "/schools/north/members/"),
    ],
)
@pytest.mark.parametrize(("language", "words"), [("en", "Asked for too often"), ("zh-hans", "请求过于频繁")])
def test_a_page_above_its_limit_says_when_to_come_back(what, method, path, language, words, universe, settings):
    settings.THROTTLES = {what: "1/600"}
    client = Client(headers={"accept-language": language})
    client.force_login(universe.administrator)
    add_courses(universe.curriculum, 1)
    answers = []
    for _time in range(2):
        sent = {"role": "viewer", "file": upload(b"x")} if method == "post" else {}
        answers.append(getattr(client, method)(path, sent))
    assert answers[0].status_code != 429
    assert answers[1].status_code == 429
    assert 0 < int(answers[1]["Retry-After"]) <= 600
    assert words in answers[1].content.decode()


def test_asking_for_the_head_alone_is_counted_too(universe, as_user, settings):
    settings.THROTTLES = {"report": "1/600"}
    add_courses(universe.curriculum, 1)
    director = as_user(universe.director)
    assert [director.head("/c/north/sales/2026/reports/json/").status_code for _time in range(2)] == [200, 429]


def test_tokens_of_invitations_are_not_tried_without_end(settings):
    settings.THROTTLES = {"invitation": "3/600"}
    tried = [Client().post("/invitation/", {"token": f"t{n}"}).status_code for n in range(4)]
    assert tried == [410, 410, 410, 429]


def test_nobody_fills_the_mail_of_another(settings, mailoutbox, universe):
    settings.THROTTLES = {"password-mail": "2/600"}
    universe.viewer.email = "viewer@north.example"
    universe.viewer.save()
    sent = {"email": "Viewer@north.example"}
    tried = [Client().post("/password/", sent, REMOTE_ADDR=f"10.0.0.{n}").status_code for n in range(1, 4)]
    assert tried == [302, 302, 429]
    assert len(mailoutbox) == 2


def test_the_api_says_it_in_json(universe, as_user, settings):
    settings.THROTTLES = {"api": "1/600"}
    client, path = as_user(universe.viewer), "/api/curricula/north/sales/2026/report"
    client.get(path)
    answer = client.get(path)
    assert answer.status_code == 429
    assert answer.json()["error"] == "too_many_requests"
    assert int(answer["Retry-After"]) <= 600
