"""Guessing passwords is stopped, and nobody is kept out by it who knows the password.

An account is locked for one address at a time. A browser in which its owner signed in before is counted for itself, so
that whoever guesses at the next desk, behind the same address, locks out only strangers.
"""

from __future__ import annotations

import hashlib
import secrets
from ipaddress import IPv6Address
from typing import Any, Final

from axes.utils import reset
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from curricula.accounts.backends import account_name
from curricula.throttle import client_address

SALT: Final = "curricula.accounts.known_browser"
KEPT: Final = 365 * 24 * 3600
WAIT: Final = int(settings.AXES_COOLOFF_TIME * 3600)


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Mail and name of one account count together. Called by axes."""
    typed = (credentials or {}).get("username") or request.POST.get("username", "")
    return account_name(str(typed))


def counted_address(request: HttpRequest) -> str:
    """Where an attempt comes from; of a browser that the account knows an address of its own. Called by axes."""
    known = known_browser(request)
    if not known:
        return client_address(request)
    return str(IPv6Address(b"\xfd" + hashlib.sha256(known.encode()).digest()[:15]))


def known_browser(request: HttpRequest) -> str:
    """What the browser keeps of the account that is being signed in to; "" for another account's."""
    kept = request.get_signed_cookie(_cookie(), "", salt=SALT, max_age=KEPT) or ""
    user = User.objects.filter(username=counted_name(request, None)).first() if kept else None
    return kept if user and kept.startswith(f"{user.pk}:") else ""


def know_browser(request: HttpRequest, response: HttpResponse) -> None:
    """After signing in."""
    kept = known_browser(request) or f"{request.user.pk}:{secrets.token_hex(8)}"
    response.set_signed_cookie(
        _cookie(), kept, salt=SALT, max_age=KEPT, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def _cookie() -> str:
    return "__Host-known" if settings.SESSION_COOKIE_SECURE else "known"


def lift(user: User) -> None:
    """Who set a new password by mail is let in at once."""
    reset(username=user.get_username())


def locked_page(request: HttpRequest, *_credentials: Any) -> HttpResponse:
    context = {"minutes": WAIT // 60}
    page = render(request, "talentgap/locked_out.html", context, status=429)
    page["Retry-After"] = str(WAIT)
    return page
