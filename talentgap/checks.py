"""What must be so before the program serves other machines; each finding names the setting that mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.core import checks
from django.utils.module_loading import import_string

from curricula.accounts.second_step import WHO
from curricula.throttle import limit_of

from .demo import ROLES


def is_public(bind: str) -> bool:
    """Whether an address to listen at can be reached from other machines; a socket file cannot.

    >>> [is_public(bind) for bind in ("127.0.0.1:8000", "unix:/run/t.sock", "0.0.0.0:8000", "plans.example:80")]
    [False, False, True, True]
    """
    host = bind.rpartition(":")[0].strip("[]")
    if bind.startswith("unix:") or host == "localhost":
        return False
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return True


@checks.register(deploy=True)
def serving_checks(**_options: Any) -> list[checks.CheckMessage]:
    """Read by `manage.py serve` and by `check --deploy`."""
    found: list[checks.CheckMessage] = []
    if settings.DEMO:
        found.append(_error("TALENTGAP_DEMO is on: its sign-in page names accounts.", "Leave it unset.", 1))
    if "*" in settings.ALLOWED_HOSTS:
        found.append(_error("ALLOWED_HOSTS allows every name.", "Name the addresses that people type.", 2))
    bare = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if "://" not in origin]
    if bare:
        found.append(_error(f"CSRF_TRUSTED_ORIGINS holds {bare[0]!r}.", "Begin each with https:// or http://.", 3))
    proxies = settings.TRUSTED_PROXIES
    found += _unreadable("TRUSTED_PROXIES", proxies, _is_proxy, "addresses or networks, as 10.0.0.0/8", 5)
    found += _unreadable("THROTTLES", settings.THROTTLES, _is_limit, "name=times/seconds, as upload=60/600", 6)
    if settings.SESSION_COOKIE_SECURE and not settings.TRUSTED_PROXIES:
        message = "HTTPS is on and TRUSTED_PROXIES names no proxy: all visitors count as one address."
        found.append(checks.Warning(message, hint="Name the proxy that ends TLS.", id="talentgap.W001"))
    found += _unencrypted(settings.DATABASES["default"])
    if settings.OIDC_ISSUER and not settings.SSO:
        message = "OIDC_ISSUER names a sign-in, and the extra sso is not installed."
        found.append(_error(message, "Install requirements-sso.txt, or leave OIDC_ISSUER unset.", 7))
    if settings.OIDC_ISSUER and not all(settings.OIDC_CLIENT.values()):
        found.append(_error("OIDC_CLIENT_ID or OIDC_CLIENT_SECRET is missing.", "Your provider gives both.", 8))
    if settings.SECOND_STEP_FOR not in ("", *WHO):
        message = f"SECOND_STEP_FOR holds {settings.SECOND_STEP_FOR!r}."
        found.append(_error(message, f"It takes one of {', '.join(WHO)}: of them and of all after.", 12))
    if settings.MAX_UPLOAD_BYTES < 1024:
        found.append(_error("MAX_UPLOAD_BYTES is below 1024.", "Say how many bytes a file may have.", 4))
    return found + list(_work_checks())


def _unencrypted(database: dict[str, Any]) -> list[checks.CheckMessage]:
    """A database on another machine that is asked without saying how its name is proven."""
    host, said = database.get("HOST", ""), database.get("OPTIONS", {}).get("sslmode", "")
    here = not host or host.startswith("/") or not is_public(f"{host}:0")
    if here or said in ("require", "verify-ca", "verify-full"):
        return []
    message = "DATABASE_URL names another machine and not sslmode: what is read and saved may travel in clear."
    return [checks.Warning(message, hint="Add ?sslmode=verify-full, or require.", id="talentgap.W002")]


def _work_checks() -> Iterator[checks.CheckMessage]:
    """Of what goes on behind pages."""
    least = {"WORK_SECONDS": (10, "seconds work may take"), "WORK_MEGABYTES": (256, "MB of memory it may need")}
    for name, (number, what) in least.items():
        if getattr(settings, name) < number:
            yield _error(f"{name} is below {number}.", f"Say how many {what}.", 9)
    if settings.STATEMENT_SECONDS < 0:
        yield _error("STATEMENT_SECONDS is below 0.", "Say how many seconds a statement may take; 0 is no limit.", 10)
    if not _is_readable(partial(import_string, settings.TASKS["default"]["BACKEND"])):
        message = f"TASKS_BACKEND names {settings.TASKS_BACKEND!r}, which is not there."
        yield _error(message, "It takes threads, database, or the path of a backend of django-tasks.", 11)


def _is_readable(read: Callable[[], object]) -> bool:
    try:
        return read() is not None
    except (ImportError, ValueError):
        return False


def _unreadable(name: str, stated: Any, reads: Any, wanted: str, number: int) -> list[checks.CheckMessage]:
    wrong = [each for each in stated if not reads(each)]
    return [_error(f"{name} holds {wrong[0]!r}.", f"It takes {wanted}.", number)] if wrong else []


def _is_proxy(stated: str) -> bool:
    return stated == "unix" or _is_readable(partial(ip_network, stated, strict=False))


def _is_limit(name: str) -> bool:
    return _is_readable(partial(limit_of, name))


def demo_accounts_left() -> list[str]:
    """Names of demo accounts in the database, whose passwords stand in a file."""
    from django.contrib.auth.models import User

    return sorted(User.objects.filter(username__in=ROLES, is_active=True).values_list("username", flat=True))


def _error(message: str, hint: str, number: int) -> checks.CheckMessage:
    return checks.Error(message, hint=hint, id=f"talentgap.E{number:03d}")
