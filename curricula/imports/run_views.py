"""Files that were saved, and back again."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from competencies.listing import arranged
from curricula.models import ImportRun, PendingImport
from curricula.pages import done
from curricula.rules import schools_to_import_into

from .actions import undo, why_not
from .flow import REFUSALS, ImportKind
from .kinds import KINDS
from .run_tables import RunTable

RUNS_ON_PAGE = 50


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """The files that the user may undo, newest first."""
    table = arranged(RunTable(_runs_of(request.user).defer("changes")), request, per_page=RUNS_ON_PAGE)
    return render(request, "curricula/imports/runs.html", {"section": "import", "table": table})


def run(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file changed, and whether it can be undone; then undo it."""
    found = get_object_or_404(_runs_of(request.user), pk=pk)
    kind = KINDS[found.kind]
    _expect_allowed(kind, found, request.user)
    told = _("“%(name)s” is undone; everything is as it was before.") % {"name": found.name}
    if request.method == "POST":
        gone = done(request, lambda: undo(kind, found, by=request.user), told)
        return redirect("import-runs" if gone else found)
    context = {"section": "import", "run": found, "reason": why_not(kind, found), "counts": list(_counts(found))}
    return render(request, "curricula/imports/run.html", context)


def _runs_of(user: Any) -> QuerySet[ImportRun]:
    mine = Q(school__in=schools_to_import_into(user))
    if user.is_staff:
        mine |= Q(school=None)
    return ImportRun.objects.present().filter(mine).select_related("user", "undone_by", "school")


def _expect_allowed(kind: ImportKind, found: ImportRun, user: Any) -> None:
    """Whoever may send the same file once more may undo it."""
    try:
        options = {"school": found.school.slug if found.school else ""}
        kind.expect_allowed(PendingImport(user=user, kind=found.kind, target=found.target, options=options))
    except REFUSALS as refusal:
        raise PermissionDenied from refusal


def _counts(found: ImportRun) -> Any:
    for label, counts in found.counts.items():
        yield capfirst(str(apps.get_model(label)._meta.verbose_name_plural)), *counts
