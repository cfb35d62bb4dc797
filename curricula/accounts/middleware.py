from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from curricula.accounts import second_step
from curricula.models import Profile

OPEN_BEFORE_IT = frozenset({"second-step", "sign-out", "set_language", "healthz", "readyz"})


class SecondStepFirst:
    """Who owes the site a second step is led to set it up before anything else opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_arguments: Any) -> HttpResponse | None:
        opened = request.resolver_match and request.resolver_match.view_name in OPEN_BEFORE_IT
        if opened or not second_step.is_due(request.user):
            return None
        if getattr(view, "answers_every_method", False):  # in JSON
            message = _("Set up your second step first: sign in with a browser.")
            return JsonResponse({"error": "second_step_needed", "message": message}, status=403)
        return redirect("second-step")


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
