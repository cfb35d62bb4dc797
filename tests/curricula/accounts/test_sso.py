"""OpenID Connect, a whole round: our server, a provider of this test, and a browser between them.

The settings are read when a server starts, so that ours is another process.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.conf import settings

pytestmark = pytest.mark.xdist_group("sso")
pytest.importorskip("allauth", reason="the extra sso is not installed (requirements-sso.txt)")
import jwt  # noqa: E402
import requests  # noqa: E402

ISSUED_TO, SECRET = "talentgap", "a secret of the two that is long enough to sign with"
PREPARE = """
from django.contrib.auth.models import User
from curricula.models import School
from curricula.accounts.actions import invite
User.objects.create_user("li", "li@north.example", "what somebody else typed")
school = School.objects.create(slug="north", title_en="North")
print("TOKEN", invite(school, role="faculty", email="", by=None)[1])
"""


@dataclass
class Provider:
    """What a university's provider does of OpenID Connect for one person who has signed in there."""

    claims: dict[str, Any] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    url: str = ""
    broken: bool = False

    def configuration(self) -> dict[str, Any]:
        ends = {f"{name}_endpoint": f"{self.url}/{name}" for name in ("authorization", "token", "userinfo")}
        return ends | {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}

    def authorize(self, query: dict[str, str]) -> str:
        """Back to us with a code that is good once."""
        self.asked.append(query)
        code = f"code{len(self.codes)}"
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        asked = self.codes.pop(form["code"])
        assert (form["client_id"], form["client_secret"]) == (ISSUED_TO, SECRET)
        assert form["redirect_uri"] == asked["redirect_uri"]
        assert form["code_verifier"], "PKCE"
        told = self.claims | {"iss": self.url, "aud": ISSUED_TO, "iat": time.time(), "exp": time.time() + 60}
        return {"access_token": "access", "token_type": "Bearer", "id_token": jwt.encode(told, SECRET, "HS256")}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    known = Provider()

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, urlsplit(self.path).query
            if known.broken:
                self.send_error(500)
            elif path == "/authorization":
                self.send_response(302)
                self.send_header("Location", known.authorize({k: v[0] for k, v in parse_qs(query).items()}))
                self.end_headers()
            else:
                self.told(known.claims if path == "/userinfo" else known.configuration())

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.told(known.token({k: v[0] for k, v in parse_qs(sent).items()}))

        def told(self, what: dict[str, Any]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(what).encode())

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    known.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield known
    server.shutdown()


@dataclass
class Site:
    url: str
    token: str
    log: Path

    def sign_in(self, then: str = "/profile/") -> requests.Response:
        """As a browser: from our page to the provider and back, cookies kept."""
        with requests.Session() as browser:
            page = browser.get(f"{self.url}/sign-in/?{urlencode({'next': then})}")
            assert "North SSO" in page.text
            return browser.get(f"{self.url}/sso/university/login/?{urlencode({'next': then})}")


@pytest.fixture(scope="module")
def site(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    named = {"OIDC_ISSUER": provider.url, "OIDC_CLIENT_ID": ISSUED_TO, "OIDC_CLIENT_SECRET": SECRET}
    env = (
        os.environ
        | named
        | {"OIDC_NAME": "North SSO", "TALENTGAP_STATE": str(tmp_path_factory.mktemp("state")), "NO_PROXY": "127.0.0.1"}
    )
    env.pop("DATABASE_URL", None)

    def manage(*words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=True)
        return done.stdout

    manage("migrate", "--verbosity", "0")
    token = manage("shell", "--verbosity", "0", "--command", PREPARE).split("TOKEN ")[1].strip()
    serve = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"]
    log = tmp_path_factory.mktemp("log") / "log"
    with (
        log.open("w") as file,
        subprocess.Popen(serve, cwd=settings.BASE_DIR, env=env, stderr=file) as server,
    ):
        url = f"http://127.0.0.1:{port}"
        for _try in range(200):
            try:
                requests.get(f"{url}/healthz", timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.2)
        yield Site(url, token, log)
        server.terminate()


def test_people_come_in_by_their_university_if_they_have_an_account_or_an_invitation(site: Site, provider: Provider):
    provider.claims = {"sub": "1", "email": "Li@north.example", "email_verified": True, "name": "Li Na"}
    page = site.sign_in()
    assert page.url == f"{site.url}/profile/", "the account with this verified address"
    assert "You can also sign in as li." in page.text
    assert provider.asked[0]["code_challenge_method"] == "S256"
    with requests.Session() as browser:
        form = browser.get(f"{site.url}/sign-in/")
        csrf = form.text.split('csrfmiddlewaretoken" value="')[1].split('"')[0]
        sent = {"username": "li", "password": "what somebody else typed", "csrfmiddlewaretoken": csrf}
        assert browser.post(f"{site.url}/sign-in/", sent).url == f"{site.url}/sign-in/", "the old password is gone"

    provider.claims = {"sub": "1", "email": "new-address@north.example", "email_verified": True}
    assert "You can also sign in as li." in site.sign_in().text, "known by the provider's number from now on"

    provider.claims = {"sub": "2", "email": "stranger@north.example", "email_verified": True, "name": "Wu"}
    assert "You have no account here yet" in site.sign_in().text
    page = site.sign_in(f"/invitation/?token={site.token}")
    assert "Accept as Wu" in page.text, "on the way to an invitation the account is made"

    provider.claims = {"sub": "3", "email": "li@north.example", "email_verified": False}
    told = site.sign_in().text
    assert "told us no address" in told, "an address that nobody verified opens nothing"
    [number] = re.findall(r"name ([0-9a-f]{8})", told)
    assert f"[{number}] sign-in by the university refused: no_address" in site.log.read_text()


def test_a_link_changes_nothing_of_what_the_provider_is_asked(site: Site):
    asked = {"auth_params": "redirect_uri=https://elsewhere.example", "scope": "everything", "process": "connect"}
    login = f"{site.url}/sso/university/login/?{urlencode(asked | {'next': 'https://elsewhere.example/'})}"
    with requests.Session() as browser:
        leads_to = browser.get(login, allow_redirects=False).headers["Location"]
        query = parse_qs(urlsplit(leads_to).query)
        assert query["redirect_uri"] == [f"{site.url}/sso/university/login/callback/"]
        assert "everything" not in query["scope"][0]
        assert "elsewhere" not in browser.get(login).url, "a link does not lead away afterwards either"


def test_a_provider_that_does_not_answer_is_told_of(site: Site, provider: Provider):
    provider.broken = True
    answer = requests.get(f"{site.url}/sso/university/login/")
    provider.broken = False
    assert (answer.status_code, "does not answer" in answer.text) == (403, True)


def test_a_state_that_is_not_ours_lets_nobody_in(site: Site, provider: Provider):
    provider.claims = {"sub": "1", "email": "li@north.example", "email_verified": True}
    provider.codes["stolen"] = {"redirect_uri": f"{site.url}/sso/university/login/callback/"}
    answer = requests.get(f"{site.url}/sso/university/login/callback/?code=stolen&state=other")
    assert answer.status_code == 403
    assert "Signing in did not succeed" in answer.text
    assert "stolen" in provider.codes, "its code was not even asked about"
