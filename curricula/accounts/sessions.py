"""Sessions in the database that know whose they are; each ends when it is idle, when it is old, or when told to."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from time import time
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from curricula.models import SignedIn
from curricula.throttle import client_address

NOTED_EVERY: Final = 300  # seconds; not at each request, because noting is writing
BROWSERS: Final = {
    **{"MicroMessenger": "WeChat", "Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "FxiOS": "Firefox"},
    **{"CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari"},
}
SYSTEMS: Final = {
    **{"Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Mac OS X": "macOS"},
    **{"HarmonyOS": "HarmonyOS", "Linux": "Linux"},
}


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> Any:
        return SignedIn

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.browser, row.network = data.get("browser", ""), data.get("network", "")
        row.seen = datetime.fromtimestamp(data["seen"], UTC) if "seen" in data else None
        return row


def begin(*, request: Any, **_signal: Any) -> None:
    """Note of a new session when it began and in which browser; what ended long ago goes on the way."""
    SignedIn.objects.filter(expire_date__lte=timezone.now()).delete()
    request.session["began"] = request.session["seen"] = int(time())
    request.session["browser"] = browser_name(request.META.get("HTTP_USER_AGENT", ""))
    request.session["network"] = network_of(client_address(request))


class SessionLimits:
    """Sign out who was away for too long, or has been signed in for too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            now, seen, began = time(), request.session.get("seen", 0), request.session.get("began", 0)
            if now - seen > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
                logout(request)
            elif now - seen > NOTED_EVERY:
                request.session["seen"] = int(now)
        return self.get_response(request)


def sessions_of(user: Any) -> QuerySet[SignedIn]:
    """Those that have not ended, the last used first."""
    since = timezone.now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    return SignedIn.objects.filter(user=user, expire_date__gt=timezone.now(), seen__gt=since).order_by("-seen")


def end_others(user: Any, *, kept: str | None) -> None:
    SignedIn.objects.filter(user=user).exclude(session_key=kept or "").delete()


def end(user: Any, handle: str) -> None:
    for session in SignedIn.objects.filter(user=user):
        if session.handle == handle:
            session.delete()


def browser_name(agent: str) -> str:
    """What a person calls the browser.

    >>> browser_name("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126")
    'Edge · Windows'
    >>> browser_name("curl/8.5"), browser_name("")
    ('curl', '')
    """
    browser = next((name for sign, name in BROWSERS.items() if f"{sign}/" in agent), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in agent), "")
    first = re.match(r"[\w-]{1,20}", agent)
    return " · ".join(part for part in (browser, system) if part) or (first[0] if first else "")


def network_of(address: str) -> str:
    """Enough to tell one's office from a stranger's place, and no more.

    >>> network_of("203.0.113.9"), network_of("2001:db8:1:2::5")
    ('203.0.113.0/24', '2001:db8:1::/48')
    """
    return str(ip_network(f"{address}/{48 if ':' in address else 24}", strict=False))
