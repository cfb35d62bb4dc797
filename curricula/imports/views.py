"""From an uploaded file over its preview to the curriculum."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from competencies.permissions import may_curate
from competencies.tabular.problems import UnreadableFile
from curricula.interchange.bundles import read_file
from curricula.interchange.export import XLSX_TYPE, as_tables, as_workbook
from curricula.models import Curriculum, PendingImport, School
from curricula.pages import sent
from curricula.queries import first_step_of
from curricula.records.exported_rows import rows_of
from curricula.rules import EDIT, curriculum_page, schools_to_import_into

from . import evidence_views, posting_views
from .forms import CurriculumUploadForm
from .presenters import curriculum_preview
from .uploads import Preview, keep_upload, preview_upload, read_settings, save_upload


def start(request: HttpRequest) -> HttpResponse:
    """Choose a file and where it goes; what was chosen stays when the file is refused."""
    kind = request.GET.get("kind")
    if kind in evidence_views.FORMS and may_curate(request.user):
        return evidence_views.start(request, PendingImport.Kind(kind))
    if not schools_to_import_into(request.user).exists():
        return _nowhere_to_import(request)
    if kind == PendingImport.Kind.POSTINGS:
        return posting_views.start(request)
    form = CurriculumUploadForm(sent(request), request.FILES or None, user=request.user, initial=_chosen(request))
    if request.method == "POST" and form.is_valid():
        pending = _kept(request, form)
        if pending is not None:
            return redirect(pending)
    context = {"section": "import", "form": form, "kind": PendingImport.Kind.CURRICULUM}
    return render(request, "curricula/imports/start.html", context, status=422 if form.is_bound else 200)


def _nowhere_to_import(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        raise PermissionDenied
    return render(request, "curricula/imports/nowhere.html", {"section": "import"})


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """`?to=school/program/year` chooses that curriculum, or fills in the fields of a new one."""
    key = request.GET.get("to", "").strip("/")
    parts = key.split("/")
    if len(parts) != 3:
        return {}
    school = School.objects.filter(slug=parts[0]).first()
    return {"target": key, "school": school, "program": parts[1], "year": parts[2]}


def _kept(request: HttpRequest, form: CurriculumUploadForm) -> PendingImport | None:
    """The file put aside for its preview, or None once the form says why it cannot be read."""
    upload = form.cleaned_data["file"]
    content = upload.read()
    try:
        read_file(content, name=upload.name, settings=read_settings(form.target_school))
    except UnreadableFile as refusal:
        form.add_error("file", str(refusal))
        return None
    return keep_upload(
        request.user,
        kind=PendingImport.Kind.CURRICULUM,
        name=upload.name,
        content=content,
        target=form.target_key,
        framework=form.target_framework,
        options={"program_title": form.cleaned_data["program_title"]},
    )


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found in the file and what saving it would do; then save it, or throw it away."""
    pending = PendingImport.objects.fresh().of(request.user).filter(pk=pk).first()
    if pending is None:
        return _gone(request)
    if request.method == "POST" and request.POST.get("do") == "discard":
        pending.delete()
        messages.info(request, _("The file was thrown away; nothing was saved."))
        return redirect(_start_again(pending))
    if pending.kind == PendingImport.Kind.POSTINGS:
        return posting_views.preview(request, pending, again=_start_again(pending))
    if pending.kind in evidence_views.FORMS:
        return evidence_views.preview(request, pending, again=_start_again(pending))
    school = _school_of(request, pending)
    try:
        if request.method == "POST":
            return _save(request, pending, school)
        return _show(request, pending, preview_upload(pending, school=school))
    except UnreadableFile as refusal:
        messages.error(request, str(refusal))
        return redirect(_start_again(pending))


def _gone(request: HttpRequest) -> HttpResponse:
    """The way back in a browser leads to files that were saved; of somebody else's file no more is said."""
    messages.info(request, _("This import is not here any more: it was saved, thrown away, or sent over a day ago."))
    return redirect("import")


def _school_of(request: HttpRequest, pending: PendingImport) -> School:
    """The school the file goes to, while the user may still import there."""
    school = School.objects.filter(slug=pending.target.split("/")[0]).first()
    if school is None:
        raise Http404
    if not request.user.has_perm(EDIT, school):
        raise PermissionDenied
    return school


def _show(request: HttpRequest, pending: PendingImport, found: Preview, *, status: int = 200) -> HttpResponse:
    context = {
        "section": "import",
        "pending": pending,
        "shown": curriculum_preview(found),
        "again": _start_again(pending),
    }
    return render(request, "curricula/imports/preview.html", context, status=status)


def _save(request: HttpRequest, pending: PendingImport, school: School) -> HttpResponse:
    done = save_upload(pending, school=school)
    curriculum = done.outcome.curriculum
    if not done.outcome.saved or curriculum is None:
        return _show(request, pending, done, status=422)
    messages.success(request, _told(done, curriculum))
    if first_step_of(curriculum) is None:
        return redirect(curriculum)
    messages.info(request, _("Next: say in this matrix which course serves which ability, and how far."))
    return redirect(curriculum.page("matrix"))


def _told(done: Preview, curriculum: Curriculum) -> str:
    total = done.outcome.total
    values = {
        "key": curriculum.key,
        "version": curriculum.version,
        "created": total.created,
        "changed": total.changed,
        "unchanged": total.unchanged,
    }
    if done.outcome.new_version:
        message = _(
            "The approved version of %(key)s stays; version %(version)s took the file: "
            "%(created)s created, %(changed)s changed, %(unchanged)s unchanged."
        )
    else:
        message = _("Saved in %(key)s: %(created)s created, %(changed)s changed, %(unchanged)s unchanged.")
    return message % values


def _start_again(pending: PendingImport) -> str:
    if pending.kind != PendingImport.Kind.CURRICULUM:
        return f"{reverse('import')}?kind={pending.kind}"
    return f"{reverse('import')}?to={pending.target}"


@require_GET
@curriculum_page()
def export(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """The plan under the import's own headers, to be edited and brought back: a workbook, or a zip of tables."""
    rows, name = rows_of(curriculum), curriculum.key.replace("/", "-")
    if request.GET.get("format") == "csv":
        content, content_type, name = as_tables(rows), "application/zip", f"{name}.zip"
    else:
        content, content_type, name = as_workbook(rows), XLSX_TYPE, f"{name}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
