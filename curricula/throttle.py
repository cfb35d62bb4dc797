"""Who may do how much in which time: a small counter in the cache, shared by all processes of a server.

django-ratelimit was looked at: it refuses caches that cannot count atomically, which the database's cannot. Here a
count that two processes lose to each other lets one more request through, which a limit of this kind can bear.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse


class TooMany(Exception):
    """What was asked for too often; it can be asked for again after so many seconds."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"again in {seconds} s")


def limit_of(what: str) -> tuple[int, int] | None:
    """How often in how many seconds, from "30/900"; None where there is no limit. Raises ValueError.

    >>> from django.test import override_settings
    >>> with override_settings(THROTTLES={"upload": "30/900"}): limit_of("upload"), limit_of("rest")
    ((30, 900), None)
    """
    stated = settings.THROTTLES.get(what)
    if stated is None:
        return None
    times, seconds = (int(part) for part in stated.split("/"))
    if times < 1 or seconds < 1:
        raise ValueError(stated)
    return times, seconds


def spend(request: HttpRequest, what: str, *, who: str = "") -> None:
    """Count one. Raises TooMany where the limit was reached before."""
    expect_left(request, what, who=who)
    if (limit := limit_of(what)) is not None:
        key = _key(request, what, who, limit[1])
        if not caches["counters"].add(key, 1, limit[1]):
            _one_more(key, limit[1])


def expect_left(request: HttpRequest, what: str, *, who: str = "") -> None:
    """Count nothing. Raises TooMany where the limit is reached."""
    if (limit := limit_of(what)) is not None:
        times, seconds = limit
        if caches["counters"].get(_key(request, what, who, seconds), 0) >= times:
            raise TooMany(seconds - int(time.time()) % seconds)


def throttled(what: str, *, method: str = "POST") -> Callable[[Any], Any]:
    """Make a view that answers only so many requests of a kind; those of another method are not counted."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if method == ("GET" if request.method == "HEAD" else request.method):  # HEAD costs as much
                spend(request, what)
            return view(request, *args, **named)

        return counted

    return decorate


def _one_more(key: str, seconds: int) -> None:
    try:
        caches["counters"].incr(key)
    except ValueError:  # it ended in between
        caches["counters"].set(key, 1, seconds)


def _key(request: HttpRequest, what: str, who: str, seconds: int) -> str:
    """A person counts for oneself, a stranger with the others of that address; it begins anew with each window."""
    user: Any = getattr(request, "user", None)
    counted = who or (f"user {user.pk}" if user is not None and user.is_authenticated else client_address(request))
    named = hashlib.sha256(f"{what} {counted} {int(time.time()) // seconds}".encode()).hexdigest()[:32]
    return f"throttle-{named}"


def client_address(request: HttpRequest) -> str:
    """Where a request comes from: what named proxies hand on is believed, from the nearest to the first stranger.

    >>> from django.test import RequestFactory, override_settings
    >>> asked = RequestFactory().get("/", headers={"x-forwarded-for": "6.6.6.6, 203.0.113.9"})
    >>> with override_settings(TRUSTED_PROXIES=["127.0.0.0/8"]): client_address(asked)
    '203.0.113.9'
    >>> with override_settings(TRUSTED_PROXIES=[]): client_address(asked)
    '127.0.0.1'
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    while forwarded and _is_trusted(address):
        if not _is_address(forwarded[-1]):
            break
        address = forwarded.pop()
    return address or "0.0.0.0"  # noqa: S104 - of a socket file


def _is_trusted(address: str) -> bool:
    """A proxy that comes by a socket file has no address and is named "unix"."""
    if not address:
        return "unix" in settings.TRUSTED_PROXIES
    named = (ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES if proxy != "unix")
    return _is_address(address) and any(ip_address(address) in network for network in named)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
