"""Guessing is stopped by name and address; who knows the password is not kept out by somebody else's guesses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings as project
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.universe import Universe

pytestmark = pytest.mark.django_db
HERE, THERE = "203.0.113.9", "198.51.100.7"
LIMIT = project.AXES_FAILURE_LIMIT


@pytest.fixture(autouse=True)
def locks(settings, universe: Universe) -> Universe:
    settings.AXES_ENABLED = True
    User.objects.filter(username="director").update(email="director@north.example")
    return universe


def attempt(password: str, *, at: str = HERE, name: str = "director", client: Client | None = None) -> int:
    sent = {"username": name, "password": password}
    return (client or Client()).post("/sign-in/", sent, REMOTE_ADDR=at).status_code


def guess(times: int = LIMIT, **where: str) -> int:
    return [attempt("wrong", **where) for _time in range(times)][-1]


def known_to(name: str) -> Client:
    """A browser in which somebody signed in and out."""
    client = Client()
    assert attempt(name, name=name, client=client) == 302
    client.post("/sign-out/")
    return client


def test_guesses_lock_the_name_at_their_address_and_nowhere_else():
    assert guess(LIMIT - 1) == 200
    assert guess(1) == 429
    assert attempt("director") == 429, "the right password does not open a lock"
    assert attempt("director", at=THERE) == 302
    assert attempt("viewer", name="viewer") == 302


def test_name_and_mail_of_an_account_are_counted_together():
    guess(LIMIT // 2)
    assert guess(LIMIT - LIMIT // 2, name="Director@north.example") == 429


def test_attempts_during_a_lock_do_not_make_it_longer():
    guess()
    began = AccessAttempt.objects.get().attempt_time
    guess(3)
    assert AccessAttempt.objects.get().attempt_time == began
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert attempt("director") == 302


def test_a_browser_in_which_the_owner_signed_in_before_is_not_locked_by_others_at_the_same_address():
    own = known_to("director")
    assert guess() == 429
    assert attempt("director", client=own) == 302


def test_a_browser_that_one_account_knows_does_not_help_to_guess_at_another():
    own = known_to("viewer")
    guess()
    assert attempt("director", client=own) == 429


def test_a_browser_that_is_known_is_locked_by_its_own_guesses():
    own = known_to("director")
    assert [attempt("wrong", client=own) for _time in range(LIMIT)][-1] == 429
    assert attempt("director") == 302, "and only that browser"


@pytest.mark.parametrize(("language", "words"), [("en", "Set a new password"), ("zh-hans", "重设密码")])
def test_the_locked_page_says_what_to_do(language, words):
    guess()
    sent = {"username": "director", "password": "wrong"}
    page = Client(headers={"accept-language": language}).post("/sign-in/", sent, REMOTE_ADDR=HERE)
    assert page["Retry-After"] == "900"
    assert words in page.content.decode()
    assert "15" in page.content.decode()


def test_a_new_password_by_mail_lifts_the_lock():
    guess()
    client = Client()
    client.post("/password/", {"email": "director@north.example"})
    link = next(word for word in mail.outbox[0].body.split() if "/password/" in word)
    address = client.get(link.removeprefix("http://testserver"))["Location"]
    client.post(address, {"new_password1": "quite another sentence", "new_password2": "quite another sentence"})
    assert attempt("quite another sentence") == 302


def test_trying_many_names_from_one_address_is_slowed_but_not_for_browsers_that_are_known(settings):
    settings.THROTTLES = {"sign-in": "10/900"}
    own = known_to("director")
    answers = [attempt("summer2026!!", name=f"person{n}") for n in range(11)]
    assert answers == [200] * 10 + [429]
    assert attempt("viewer", name="viewer") == 429
    assert attempt("viewer", name="viewer", at=THERE) == 302
    assert attempt("director", client=own) == 302


def test_a_forwarded_address_is_believed_from_named_proxies_only(settings):
    def through(proxy: str, forwarded: str) -> int:
        sent = {"username": "director", "password": "wrong"}
        return Client().post("/sign-in/", sent, REMOTE_ADDR=proxy, HTTP_X_FORWARDED_FOR=forwarded).status_code

    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    assert [through("10.0.0.1", f"6.6.6.{n}, {HERE}") for n in range(LIMIT)][-1] == 429, "what one says of oneself"
    assert through("10.0.0.1", THERE) == 200
    assert [through("203.0.113.77", f"6.6.6.{n}") for n in range(LIMIT)][-1] == 429
