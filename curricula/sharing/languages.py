"""The language of a page that people without an account read: a link on it changes it, and nothing is stored."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def language_asked(request: HttpRequest) -> str:
    """`?language=`, else the reader's."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language() or "en"
