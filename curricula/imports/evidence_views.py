"""Employer surveys and official figures: from an upload over its preview to a source of their own."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from competencies.permissions import may_curate
from competencies.tabular.problems import UnreadableFile
from curricula.models import PendingImport
from curricula.pages import sent

from .evidence_forms import FiguresUploadForm, SurveyUploadForm
from .evidence_presenters import evidence_preview
from .evidence_uploads import FiguresFound, SurveyFound, figures_in, preview_evidence, save_evidence_upload, survey_in
from .source_ownership import ForeignSource
from .uploads import keep_upload

FORMS = {PendingImport.Kind.SURVEY: SurveyUploadForm, PendingImport.Kind.FIGURES: FiguresUploadForm}
READERS = {PendingImport.Kind.SURVEY: survey_in, PendingImport.Kind.FIGURES: figures_in}
PAGES = {PendingImport.Kind.SURVEY: "demand-needs", PendingImport.Kind.FIGURES: "demand-figures"}


def start(request: HttpRequest, kind: PendingImport.Kind) -> HttpResponse:
    form = FORMS[kind](sent(request), request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        pending = _kept(request, form, kind)
        if pending is not None:
            return redirect(pending)
    context = {"section": "import", "form": form, "kind": kind}
    return render(request, "curricula/imports/start.html", context, status=422 if form.is_bound else 200)


def _kept(request: HttpRequest, form: FiguresUploadForm, kind: PendingImport.Kind) -> PendingImport | None:
    """The file put aside for its preview, or None once the form says why it cannot be read."""
    stated = form.cleaned_data
    options = {name: stated[name] for name in ("title", "region", "licence", "note")} | form.options
    pending = keep_upload(
        request.user,
        kind=kind,
        name=stated["file"].name,
        content=stated["file"].read(),
        target=stated["source"],
        framework=stated["framework"],
        options=options | {"collected": stated["collected"].isoformat()},
    )
    try:
        READERS[kind](pending)
    except UnreadableFile as refusal:
        pending.delete()
        form.add_error("file", str(refusal))
        return None
    return pending


def preview(request: HttpRequest, pending: PendingImport, *, again: str) -> HttpResponse:
    """What was found in the file; then save it."""
    if not may_curate(request.user):
        raise PermissionDenied
    try:
        if request.method == "POST":
            return _save(request, pending, again)
        return _show(request, pending, preview_evidence(pending), again)
    except (UnreadableFile, ForeignSource) as refusal:
        messages.error(request, str(refusal))
        return redirect(again)


def _show(
    request: HttpRequest, pending: PendingImport, found: SurveyFound | FiguresFound, again: str, *, status: int = 200
) -> HttpResponse:
    shown = evidence_preview(found, pending.framework)
    context = {"section": "import", "pending": pending, "shown": shown, "again": again}
    return render(request, "curricula/imports/evidence_preview.html", context, status=status)


def _save(request: HttpRequest, pending: PendingImport, again: str) -> HttpResponse:
    done = save_evidence_upload(pending)
    if not done.outcome.saved:
        return _show(request, pending, done, again, status=422)
    outcome = done.outcome
    counts = {"created": outcome.created, "changed": outcome.changed, "unchanged": outcome.unchanged}
    message = _("Saved in the source %(source)s: %(created)s created, %(changed)s changed, %(unchanged)s unchanged.")
    messages.success(request, message % {"source": pending.target, **counts})
    page = reverse(PAGES[PendingImport.Kind(pending.kind)], args=[pending.framework.slug])
    return redirect(f"{page}?source={pending.target}" if pending.kind == PendingImport.Kind.SURVEY else page)
