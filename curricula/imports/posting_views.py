"""Job postings: from an upload over its preview to a demand source, and on to the plans it judges."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.demand.readers.postings import read_postings
from competencies.models import DemandSource
from competencies.saving.outcome import PostingsOutcome
from competencies.tabular.problems import UnreadableFile
from curricula.models import PendingImport
from curricula.pages import sent
from curricula.records.editing import ApprovedCurriculum
from curricula.rules import schools_to_import_into

from .forms import PostingsUploadForm, SourceCurriculaForm
from .posting_uploads import PostingsPreview, judge_by_source, preview_postings, save_postings_upload
from .presenters import postings_preview
from .source_ownership import ForeignSource
from .uploads import keep_upload


def start(request: HttpRequest) -> HttpResponse:
    form = PostingsUploadForm(sent(request), request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        pending = _kept(request, form)
        if pending is not None:
            return redirect(pending)
    context = {"section": "import", "form": form, "kind": PendingImport.Kind.POSTINGS}
    return render(request, "curricula/imports/start.html", context, status=422 if form.is_bound else 200)


def _kept(request: HttpRequest, form: PostingsUploadForm) -> PendingImport | None:
    """The file put aside for its preview, or None once the form says why it cannot be read."""
    stated = form.cleaned_data
    upload, content = stated["file"], stated["file"].read()
    try:
        read_postings(content, name=upload.name, today=stated["collected"])
    except UnreadableFile as refusal:
        form.add_error("file", str(refusal))
        return None
    options = {name: stated[name] for name in ("title", "region", "licence", "note")}
    return keep_upload(
        request.user,
        kind=PendingImport.Kind.POSTINGS,
        name=upload.name,
        content=content,
        target=stated["source"],
        framework=stated["framework"],
        options=options | {"collected": stated["collected"].isoformat()},
    )


def preview(request: HttpRequest, pending: PendingImport, *, again: str) -> HttpResponse:
    """What was found in the postings; then save them."""
    if not schools_to_import_into(request.user).exists():
        raise PermissionDenied
    try:
        if request.method == "POST":
            return _save(request, pending, again)
        return _show(request, pending, preview_postings(pending), again)
    except (UnreadableFile, ForeignSource) as refusal:
        messages.error(request, str(refusal))
        return redirect(again)


def _show(
    request: HttpRequest, pending: PendingImport, found: PostingsPreview, again: str, *, status: int = 200
) -> HttpResponse:
    context = {"section": "import", "pending": pending, "shown": postings_preview(found), "again": again}
    return render(request, "curricula/imports/postings_preview.html", context, status=status)


def _save(request: HttpRequest, pending: PendingImport, again: str) -> HttpResponse:
    done = save_postings_upload(pending)
    if not done.outcome.saved:
        return _show(request, pending, done, again, status=422)
    messages.success(request, _told(done.outcome, pending.target))
    return redirect("source-judges", slug=pending.target)


def _told(outcome: PostingsOutcome, source: str) -> str:
    message = _(
        "Saved in the source %(source)s: %(created)s postings created, %(changed)s changed, %(unchanged)s unchanged; "
        "%(duplicates)s duplicates set aside."
    )
    values = {"created": outcome.created, "changed": outcome.changed, "unchanged": outcome.unchanged}
    return message % {"source": source, "duplicates": outcome.duplicates, **values}


def judge_plans(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer a source of postings to the plans that it does not judge yet."""
    if not schools_to_import_into(request.user).exists():
        raise PermissionDenied
    source = get_object_or_404(DemandSource, slug=slug, kind=DemandSource.Kind.POSTINGS)
    form = SourceCurriculaForm(sent(request), user=request.user, source=source)
    if request.method == "POST" and form.is_valid():
        try:
            added = judge_by_source(form.cleaned_data["curricula"], source=source)
        except ApprovedCurriculum as refusal:
            messages.error(request, str(refusal))
        else:
            text = ngettext("%(count)s plan is judged by it now.", "%(count)s plans are judged by it now.", added)
            messages.success(request, text % {"count": added})
        return redirect(source)
    context = {"section": "import", "source": source, "form": form, "sample": source.sample}
    return render(request, "curricula/imports/source_judges.html", context, status=422 if form.errors else 200)
