"""Who may change what every reader of a framework sees: asked here, granted by those who know schools."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

CURATE: Final = "competencies.curate"  # terms, positions of postings, searching again
View = Callable[..., HttpResponse]


def may_curate(user: Any) -> bool:
    return user.has_perm(CURATE)


def curators_only(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_curate(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked
