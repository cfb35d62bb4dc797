from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from curricula.models import Profile


class Personal:
    """A signed-in person reads in the language and time zone of the profile, whatever the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        profile = profile_of(request.user)
        if profile and profile.language:
            translation.activate(profile.language)
            request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(profile.time_zone if profile and profile.time_zone else None):
            return self.get_response(request)


def profile_of(user: Any) -> Profile | None:
    """None for a stranger, and for an account that never said how it reads."""
    return getattr(user, "profile", None)
