"""What an IT department meets: settings that are checked, pages for errors, and whether the program is well."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client

from talentgap import checks
from talentgap.demo import ROLES
from talentgap.errors import IncidentFilter

pytestmark = pytest.mark.django_db
INCIDENT = re.compile(r"\b[0-9a-f]{8}\b")


def quiet(client: Client) -> Client:
    """What a visitor would see, in place of the exception."""
    client.raise_request_exception = False
    return client


def fails_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_args: object, **_kept: object) -> None:
        raise error

    monkeypatch.setattr("curricula.home.views.home_page_for", fail)


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("server closed the connection"), 503, "cannot reach its database"),
        (OSError(28, "No space left on device"), 503, "cannot reach its database"),
        (ValueError("a fault of ours"), 500, "tell your administrator this number"),
    ],
)
def test_a_failure_says_what_is_safe_and_gives_the_id_that_the_log_has(
    error, status, words, universe, as_user, monkeypatch, caplog
):
    fails_with(monkeypatch, error)
    with caplog.at_level(logging.ERROR, logger="django.request"):
        answer = quiet(as_user(universe.director)).get("/")
    assert answer.status_code == status
    assert ("Retry-After" in answer) == (status == 503)
    assert words in answer.text
    line = caplog.records[-1]
    assert IncidentFilter().filter(line)
    assert line.incident in INCIDENT.findall(answer.text)  # type: ignore[attr-defined]


def test_a_page_that_is_not_there_and_one_of_another_school_give_an_id(universe, as_user):
    answer = as_user(universe.director).get("/no/such/page/")
    assert answer.status_code == 404
    assert INCIDENT.search(answer.text)


def test_too_many_fields_are_refused_as_too_large(universe, as_user, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    answer = as_user(universe.director).post("/import/", {f"f{n}": "1" for n in range(9)})
    assert answer.status_code == 413
    assert "Nothing was saved" in answer.text


def test_it_says_that_it_lives_and_that_it_is_ready_to_anybody(client: Client):
    assert client.get("/healthz").text == "alive\n"
    assert client.get("/readyz").text == "ready\n"


def test_a_probe_over_plain_http_is_answered_where_people_are_sent_to_https(client: Client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/sign-in/").status_code == 301
    assert client.get("/healthz").status_code == 200


def test_pages_of_a_signed_in_person_are_stored_nowhere(universe, as_user, client):
    assert as_user(universe.director).get("/")["Cache-Control"] == "no-store"
    assert "no-store" not in client.get("/healthz").get("Cache-Control", "")


@pytest.mark.parametrize("word", ["short-one", "password1234", "123456789012"])
def test_a_password_is_long_and_not_among_the_common_ones(word):
    with pytest.raises(ValidationError):
        validate_password(word)


@pytest.mark.parametrize("word", ["NorthUniversity1", "north-north-north", "TalentGap2026", "北方大学2026"])
def test_a_password_is_more_than_the_name_of_a_school(word, universe):
    with pytest.raises(ValidationError, match="name of a school"):
        validate_password(word)
    validate_password(f"{word} and a sentence of its own")


def test_every_answer_tells_the_browser_what_it_may_not(universe, as_user):
    headers = as_user(universe.viewer).get("/").headers
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == headers["Referrer-Policy"] == "same-origin"
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")


def test_with_https_cookies_are_for_this_host_alone(tmp_path: Path):
    asked = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.LANGUAGE_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH,"
        " s.SESSION_COOKIE_SAMESITE, s.SECURE_HSTS_SECONDS, s.LANGUAGE_COOKIE_NAME);"
        "from talentgap.messages import OfThisHost; print(OfThisHost.cookie_name)"
    )
    env = {"PATH": os.environ["PATH"], "TALENTGAP_STATE": str(tmp_path), "HTTPS": "1"}
    command = [sys.executable, "-c", asked]
    env["DJANGO_SETTINGS_MODULE"] = "talentgap.settings"
    found = subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=True)
    names, more = ("__Host-session", "__Host-csrf"), ("__Host-language", "__Host-messages")
    assert found.stdout.split() == [*names, *["True"] * 4, "None", "/", "Lax", "31536000", *more]


def test_another_password_ends_the_sessions_that_began_with_the_old_one(universe, client: Client):
    client.force_login(universe.director)
    universe.director.set_password("a long new sentence")
    universe.director.save()
    assert client.get("/")["Location"].startswith("/sign-in/")


def test_what_is_for_a_trial_is_not_served_to_other_machines(settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="TALENTGAP_DEMO is on"):
        call_command("serve", bind="0.0.0.0:8000", prepare=True)


def test_demo_accounts_are_not_served_to_other_machines(monkeypatch):
    monkeypatch.setattr("talentgap.management.commands.serve.call_command", lambda *_a, **_k: None)
    User.objects.create_user(next(iter(ROLES)))
    with pytest.raises(CommandError, match="demo accounts are in this database"):
        call_command("serve", bind="0.0.0.0:8000", prepare=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("DEMO", True), ("ALLOWED_HOSTS", ["*"]), ("CSRF_TRUSTED_ORIGINS", ["plans.example"])],
        *[("WORK_SECONDS", 5), ("WORK_MEGABYTES", 100), ("STATEMENT_SECONDS", -1)],
        *[("MAX_UPLOAD_BYTES", 3), ("TRUSTED_PROXIES", ["proxy"]), ("THROTTLES", {"upload": "often"})],
        ("SECOND_STEP_FOR", "directors"),
        ("DATABASES", {"default": {"HOST": "db.example", "OPTIONS": {}}}),
    ],
)
def test_a_wrong_setting_is_named(name, value, settings):
    setattr(settings, name, value)
    told = {"DATABASES": "DATABASE_URL"}.get(name, name)
    assert [told in finding.msg for finding in checks.serving_checks()] == [True]


def test_with_https_the_deployment_check_finds_nothing(tmp_path: Path):
    state = tmp_path / "state"
    state.mkdir(mode=0o755)
    (state / "db.sqlite3").touch(mode=0o644)  # as an earlier version left it
    named = {"TALENTGAP_STATE": str(state), "HTTPS": "1", "ALLOWED_HOSTS": "plans.example"}
    named["TRUSTED_PROXIES"] = "127.0.0.1"
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    env = {"PATH": os.environ["PATH"]} | named
    found = subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    files = [path for path in state.iterdir() if path.is_file()]
    assert {path.name for path in files} >= {"db.sqlite3", "secret_key"}
    assert [path for path in (state, *files) if path.stat().st_mode & 0o077] == []  # nobody else reads what is there


def test_every_setting_stands_in_the_table_of_the_documents():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (settings.BASE_DIR / "talentgap" / "settings.py").read_text()))
    told = (settings.BASE_DIR / "docs" / "deploy.md").read_text()
    assert read
    assert [name for name in sorted(read) if f"`{name}`" not in told] == []
