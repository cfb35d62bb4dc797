from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from curricula.throttle import TooMany

from .errors import bad_request, too_many

# What no page here asks a browser for, and nothing that came into one shall get.
NO_PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()"
BEYOND = ("too large to convert to SQLite INTEGER", "for integer string conversion")  # as SQLite and Python say it

KNOWN_METHODS = ("GET", "HEAD", "POST")


class Middleware:
    """Hands every request on; what it refuses it refuses in a hook of Django's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class NoZeroBytes(Middleware):
    """Refuse an address with a zero byte, which no text here holds and PostgreSQL fails on."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return self.get_response(request)


class KnownMethods(Middleware):
    """Refuse a method that no page here has, before a view takes it for another."""

    def process_view(self, request: HttpRequest, view: Any, *arguments: Any) -> HttpResponse | None:
        if request.method in KNOWN_METHODS or getattr(view, "answers_every_method", False):
            return None
        return HttpResponseNotAllowed(KNOWN_METHODS)


class Unshared(Middleware):
    """Pages of a signed-in person stay out of every store between server and browser, and reach for no device."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        response.setdefault("Permissions-Policy", NO_PERMISSIONS)
        return response


class NoZeroBytesInForms(Middleware):
    """Refuse a form with a zero byte in a field.

    It stands behind the check of the form's token, which has read the form within Django's limits anyway, and behind
    that of the session: nothing is read here that would not be read without it. Files are left to their readers.
    """

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        if any("\x00" in value for _name, values in request.POST.lists() for value in values):
            raise BadRequest


class NumbersBeyondTheDatabase(Middleware):
    """Answer 400 to a number that the database, or Python's own reading of digits, does not take.

    Forms bound what they expect; this holds where a key is posted, which Django looks up as it came. What a page
    would have done is undone by its own transaction.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        beyond = isinstance(exception, DataError) or any(words in str(exception) for words in BEYOND)
        return bad_request(request, exception) if beyond else None


class TooManyRequests(Middleware):
    """Answer 429 where a limit is reached."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return too_many(request, exception.seconds) if isinstance(exception, TooMany) else None
