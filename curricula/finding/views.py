from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .presenters import found_for


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """What holds `?q=`: the first of each kind, or pages of the one that `?kind=` names."""
    asked = request.GET
    found = found_for(
        request.user, words=asked.get("q", ""), kind=asked.get("kind", ""), number=asked.get("page", "1")
    )
    return render(request, "curricula/finding/find.html", {"section": "find", "found": found})
