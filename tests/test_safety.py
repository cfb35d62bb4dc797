"""No page asks anything of another host, and no chart offers to send anything anywhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from tests.universe import add_courses, add_postings
from tests.uploads import upload

pytestmark = pytest.mark.django_db
ANOTHER_HOST = re.compile(r"""(?:src|href|action|data)\s*=\s*["'](?:https?:)?//""")


def test_pages_name_no_other_host(universe, as_user):
    add_courses(universe.curriculum, 3)
    add_postings(universe.curriculum, 3)
    client = as_user(universe.director)
    for name in ("overview", "abilities", "courses", "matrix", "positions", "certificates", "reports", "history"):
        page = client.get(universe.curriculum.page(name)).content.decode()
        assert not ANOTHER_HOST.search(page), name


def test_the_content_policy_allows_scripts_of_this_host_only(universe, as_user):
    policy = as_user(universe.director).get("/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy


def test_charts_never_offer_an_upload():
    script = Path(finders.find("charts.js")).read_text()
    assert 'plotlyServerURL: ""' in script
    assert '"sendChartToCloud"' in script
    # One place configures Plotly, so that no chart can be drawn without it.
    scripts = [path.read_text() for path in Path(settings.BASE_DIR, "static").rglob("*.js")]
    assert sum(text.count("Plotly.react(") + text.count("Plotly.newPlot(") for text in scripts) == 1


def test_plotly_comes_from_the_installed_wheel():
    assert Path(finders.find("plotly/plotly.min.js")).stat().st_size > 1_000_000


def test_demo_accounts_are_named_in_demo_mode_on_this_machine_only(client, settings, tmp_path):
    settings.STATE_DIR, settings.DEMO = tmp_path, False
    (tmp_path / "demo_accounts.json").write_text(
        '[{"username": "demo-director", "role": "director", "password": "secret-word"}]'
    )
    assert "demo-director" not in client.get("/sign-in/").content.decode()
    settings.DEMO = True
    shown = client.get("/sign-in/").content.decode()
    assert "demo-director" in shown
    assert "secret-word" not in shown
    assert "demo-director" not in client.get("/sign-in/", REMOTE_ADDR="10.0.0.7").content.decode()
    behind_proxy = client.get("/sign-in/", HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert "demo-director" not in behind_proxy.content.decode()


@pytest.mark.parametrize(
    "address", ["/import/?to=%00/a/1", "/frameworks/trade/abilities/%00/", "/frameworks/trade/?q=%00"]
)
def test_an_address_with_a_zero_byte_is_refused_before_it_reaches_the_database(universe, as_user, address):
    assert as_user(universe.director).get(address).status_code == 400


@pytest.mark.parametrize("encoded", [True, False], ids=["multipart", "urlencoded"])
@pytest.mark.parametrize("field", ["ability", "text"])
def test_a_form_with_a_zero_byte_is_refused_before_it_reaches_the_database(encoded, field, universe, as_user):
    stated = {"ability": "MK.1", "text": "word"} | {field: "a\x00b"}
    kind = {} if encoded else {"content_type": "application/x-www-form-urlencoded"}
    sent = stated if encoded else urlencode(stated)
    answer = as_user(universe.director).post("/frameworks/trade/vocabulary/terms/", sent, **kind)
    assert answer.status_code == 400


def test_the_bytes_of_an_uploaded_file_are_left_to_its_reader(universe, as_user):
    sent = {"target": "north/sales/2026", "file": upload(b"Course Code,Course Title,Credits\nA,\x00,3\n")}
    assert as_user(universe.director).post("/import/", sent).status_code in (302, 422)


def test_a_form_of_a_stranger_is_not_even_read(universe, as_user):
    sent = {"text": "a\x00b"}
    assert as_user(None).post("/frameworks/trade/vocabulary/terms/", sent)["Location"].startswith("/sign-in/")


def test_a_form_from_a_stale_page_says_what_is_safe_and_what_to_do(universe):
    client = Client(enforce_csrf_checks=True)
    client.force_login(universe.director)
    answer = client.post("/import/")
    assert answer.status_code == 403
    assert "Nothing was saved. Go back" in answer.content.decode()
    assert answer.context["incident"] in answer.content.decode()


def test_an_address_that_is_refused_before_its_language_is_known_is_answered_in_the_readers(client):
    answer = client.get("/?q=%00", headers={"accept-language": "zh-hans"})
    assert answer.status_code == 400
    assert "未保存任何内容" in answer.text


def test_a_failed_sign_in_keeps_nothing_of_the_form(client, settings):
    settings.AXES_ENABLED = True
    for _try in range(2):
        sent = {"username": "somebody", "password": "a secret", "mobile": "13800138000"}
        client.post("/sign-in/?next=/13800138000/", sent)
    attempt = AccessAttempt.objects.get()
    assert (attempt.failures_since_start, attempt.get_data, attempt.post_data) == (2, "", "")
