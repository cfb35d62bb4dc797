"""What people without an account read: what a link opens, one snapshot or one report, and plans for students."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from curricula.models import SharedLink
from curricula.throttle import throttled

from .actions import record_opening
from .presenters import shared_page, shared_rendering
from .queries import opened_by, public_plan
from .student_page import student_page

PRIVATE: Final = {  # of the page and of its files: no engine lists it, and its address is told to nobody
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
FILES: Final = ("pdf", "html", "xlsx")

LinkView = Callable[[HttpRequest, SharedLink, str, str], HttpResponse]


def language_asked(request: HttpRequest) -> str:
    """`?language=`, else the reader's: a link on the page changes it, and nothing is stored."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language() or "en"


def by_link(view: LinkView) -> Callable[[HttpRequest], HttpResponse]:
    """Make a view that receives the link of `?token=` and a language; without one that opens, it says so."""

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        token = request.GET.get("token", "")
        language = language_asked(request)
        with override(language):
            link = opened_by(token)
            if link is None:
                answer = render(request, "curricula/sharing/closed.html", {"language": language}, status=410)
            else:
                answer = view(request, link, token, language)
        for name, said in PRIVATE.items():
            answer[name] = said
        return answer

    return opened


@never_cache
@login_not_required
@require_safe
@throttled("shared", method="GET")
@by_link
def shared(request: HttpRequest, link: SharedLink, token: str, language: str) -> HttpResponse:
    """What is shared, in words, with its files."""
    if request.method == "GET":
        record_opening(link, request)
    page = shared_page(link, language)
    context: dict[str, Any] = {"page": page, "link": link, "token": token, "language": language, "sample": page.sample}
    return render(request, "curricula/sharing/shared.html", context)


@never_cache
@login_not_required
@require_safe
@throttled("shared", method="GET")
@by_link
def shared_file(request: HttpRequest, link: SharedLink, _token: str, language: str) -> HttpResponse:
    """`?format=`: the report or the edition as a file. A snapshot is read on its page."""
    wanted = request.GET.get("format", "")
    if wanted not in FILES or link.what == SharedLink.What.SNAPSHOT:
        raise Http404
    rendered = shared_rendering(link, wanted, language)
    if request.method == "GET":
        record_opening(link, request, file=wanted)
    return rendered.download()


@login_not_required
@require_safe
@throttled("shared", method="GET")
def student_plan(request: HttpRequest, school: str, program: str, year: int) -> HttpResponse:
    """Public where the school wants it; else there is nothing here, whatever plan is asked for."""
    plan = public_plan(school=school, program=program, year=year)
    if plan is None:
        raise Http404
    language = language_asked(request)
    with override(language):
        page = student_page(plan)
        context = {"page": page, "language": language, "sample": page.sample}
        return render(request, "curricula/sharing/student.html", context)
