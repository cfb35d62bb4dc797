"""What a page says when it cannot answer: what was wrong, what is safe, what to do, and an id that the log has too."""

from __future__ import annotations

import errno
import logging
import secrets
import sys
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override

TOO_LARGE: Final = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
TRY_AGAIN_AFTER: Final = 30  # seconds


def incident(request: Any) -> str:
    """The id of this request, the same on its error page and on its lines in the log."""
    if not hasattr(request, "incident"):
        request.incident = secrets.token_hex(4)
    return str(request.incident)


class IncidentFilter(logging.Filter):
    """Gives each line of the log the id of its request; lines without a request have none."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        record.incident = incident(request) if isinstance(request, HttpRequest) else "-"
        return True


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Also before the language of the request was chosen, as where its address is refused."""
    status = 413 if isinstance(exception, TOO_LARGE) else 400
    with override(_language_of(request)):
        return render(request, f"{status}.html", {"incident": incident(request)}, status=status)


def _language_of(request: HttpRequest) -> str:
    return getattr(request, "LANGUAGE_CODE", "") or get_language_from_request(request)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django gives it
    """A form whose token is not, or no longer, valid."""
    return render(request, "403_csrf.html", {"incident": incident(request)}, status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django gives it
    return render(request, "403.html", {"incident": incident(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django gives it
    return render(request, "404.html", {"incident": incident(request)}, status=404)


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    context = {"incident": incident(request), "minutes": -(-seconds // 60)}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database or the disk refuses; it asks neither database nor disk, which may fail again."""
    unavailable = _is_unavailable(sys.exc_info()[1])
    status = 503 if unavailable else 500
    with override(_language_of(request)):
        page = render_to_string("failed.html", {"incident": incident(request), "unavailable": unavailable})
    return HttpResponse(page, status=status, headers={"Retry-After": str(TRY_AGAIN_AFTER)} if unavailable else {})


def _is_unavailable(exception: BaseException | None) -> bool:
    if isinstance(exception, OSError):
        return exception.errno == errno.ENOSPC
    return isinstance(exception, OperationalError | InterfaceError)
