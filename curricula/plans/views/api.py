"""What programs read: the same numbers and the same rights as the pages, and JSON in every answer, errors too."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from curricula.analysis.frames import EVIDENCE
from curricula.evaluation.reports import full_report_for
from curricula.plans.policy import names_evidence, policy_asked
from curricula.reports.json_report import report_data
from curricula.rules import VIEW, curriculum_for
from curricula.throttle import TooMany, spend

JsonView = Callable[..., HttpResponse]
YEAR_DIGITS: Final = 4


def problem(status: int, code: str, message: str, **headers: str) -> JsonResponse:
    answer = JsonResponse({"error": code, "message": message}, status=status)
    for name, value in headers.items():
        answer[name.replace("_", "-")] = value
    return answer


def json_view(view: JsonView) -> JsonView:
    """Let a view answer who is not signed in, may not, or asks for what is not there, without a page or a redirect."""

    @csrf_exempt  # what would write is refused here, in JSON
    @login_not_required
    @wraps(view)
    def answered(request: HttpRequest, **named: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return problem(405, "method_not_allowed", _("This address is only read."), Allow="GET, HEAD")
        if not request.user.is_authenticated:
            return problem(401, "not_signed_in", _("Sign in first."), WWW_Authenticate='Session realm="TalentGap"')
        try:
            spend(request, "api")
            return view(request, **named)
        except TooMany as refusal:
            wait = ngettext(
                "That was asked for too often; try again in %(n)s second.",
                "That was asked for too often; try again in %(n)s seconds.",
                refusal.seconds,
            )
            return problem(429, "too_many_requests", wait % {"n": refusal.seconds}, Retry_After=str(refusal.seconds))
        except Http404:
            return problem(404, "not_found", _("There is no such record, or it is not open to you."))
        except PermissionDenied:
            return problem(403, "forbidden", _("Your role does not reach that far."))

    answered.answers_every_method = True  # type: ignore[attr-defined]  # in JSON
    return answered


@json_view
def report(request: HttpRequest, *, school: str, program: str, year: str) -> HttpResponse:
    """The gap report of a curriculum, schema 1; `?language=` chooses its words, the reader's own unless given.

    `?evidence=` leaves out the mappings that are known from less.
    """
    language = request.GET.get("language") or get_language()
    if language not in dict(settings.LANGUAGES):
        return problem(400, "unknown_language", _("The languages are %(codes)s.") % {"codes": ", ".join(_codes())})
    if not names_evidence(request):
        known = _("Evidence is one of %(codes)s.") % {"codes": ", ".join(EVIDENCE)}
        return problem(400, "unknown_evidence", known)
    if not (year.isdecimal() and len(year) == YEAR_DIGITS):
        raise Http404
    curriculum = curriculum_for(request.user, school=school, program=program, year=int(year), permission=VIEW)
    found = report_data(full_report_for(curriculum, language=language, policy=policy_asked(request)))
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "allow_nan": False})


def _codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]
