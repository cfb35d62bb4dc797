"""Whatever is sent, no page fails: what cannot be taken is answered with a page that says what was wrong."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.test_permissions import Pages
from tests.universe import add_courses, add_postings

pytestmark = pytest.mark.django_db

HOSTILE = {"beyond-the-database": str(2**70), "five-thousand-digits": "9" * 5_000, "half-a-pair": "\ud800"}
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
NAME = re.compile(r"<(?:input|select|textarea|button)\b[^>]*?\bname=\"([^\"]+)\"")
ACTION = re.compile(r"<form\b[^>]*?\baction=\"([^\"]*)\"")
OUTSIDE = ("/frameworks/trade/vocabulary/", "/demand/board/", "/import/", "/schools/", "/schools/north/", "/sign-in/")
INSIDE = ("course-new", "certificates", "matrix", "curriculum-settings", "scenarios", "optimise", "suggestions")
ASKED = ("page", "ability", "source", "version", "c", "s", "as", "course", "after", "language", "framework")


@pytest.fixture
def client(universe):
    add_courses(universe.curriculum, 2)
    add_postings(universe.curriculum, 2)
    client = Client(raise_request_exception=False)
    client.force_login(universe.director)
    return client


def addresses(universe) -> list[str]:
    pages = Pages(universe)
    return [*OUTSIDE, *(pages.address(name) for name in INSIDE)]


def forms_of(client, address) -> list[tuple[str, list[str]]]:
    page = client.get(address)
    found = FORM.findall(page.content.decode()) if "html" in page.get("Content-Type", "") else []
    return [
        (
            ((action := ACTION.match(form)) and action[1]) or address,
            sorted(set(NAME.findall(form)) - {"csrfmiddlewaretoken"}),
        )
        for form in found
    ]


@pytest.mark.parametrize("value", HOSTILE.values(), ids=list(HOSTILE))
def test_no_form_fails_on_any_value(value, client, universe):
    sent = 0
    tried = set()
    for address in addresses(universe):
        for action, names in forms_of(client, address):
            if names and (action, *names) not in tried and "sign-out" not in action:
                tried.add((action, *names))
                sent += 1
                text = value.encode("utf-8", "surrogatepass").decode("latin-1") if "\ud800" in value else value
                answer = client.post(action, dict.fromkeys(names, text))
                assert answer.status_code < 500, (action, names, answer.exc_info)
    assert sent > 10


@pytest.mark.parametrize("value", HOSTILE.values(), ids=list(HOSTILE))
def test_no_address_fails_on_any_question(value, client, universe):
    text = value.encode("utf-8", "surrogatepass").decode("latin-1")
    for address in addresses(universe):
        answer = client.get(address, dict.fromkeys(ASKED, text))
        assert answer.status_code < 500, (address, answer.exc_info)


def test_a_key_of_thousands_of_digits_is_answered_with_what_was_wrong(client, universe):
    names = ("course", "ability", "level", "opened", "provenance")
    answer = client.post(universe.curriculum.page("matrix-cell"), dict.fromkeys(names, "9" * 5_000))
    assert answer.status_code == 400
    assert "thousands of digits. Nothing was saved" in answer.text


def test_a_key_beyond_the_database_is_refused_by_the_page_or_by_its_form(client, universe):
    answer = client.post(universe.curriculum.page("curriculum-settings"), {"demand_sources": str(2**70)})
    assert answer.status_code in (400, 422)  # SQLite cannot be asked about it, PostgreSQL says that there is none


@pytest.mark.parametrize(
    "name", [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "messages"]
)
@pytest.mark.parametrize("value", ["\x00", "é" * 3_000, "[" * 3_000])
def test_no_broken_cookie_fails(name, value, client):
    client.cookies[name] = value
    assert client.get("/").status_code < 500
    assert client.post("/sign-in/", {"username": "a", "password": "b"}).status_code < 500
