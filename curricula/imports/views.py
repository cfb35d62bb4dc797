"""From an uploaded file over its preview to saved records, whatever its kind; and the plan out again as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from competencies.downloads import download
from competencies.models import DemandSource
from competencies.tabular.choices import NO_CHOICES
from competencies.tabular.problems import UnreadableFile
from competencies.tabular.writing import XLSX_TYPE
from curricula.evaluation.frames import chosen_parts_of
from curricula.interchange.export import as_tables, as_workbook
from curricula.interchange.teaching_process import as_teaching_process
from curricula.models import Curriculum, PendingImport, School
from curricula.pages import sent
from curricula.records.editing import ApprovedCurriculum
from curricula.records.exported_rows import rows_of
from curricula.rules import curriculum_page, schools_to_import_into
from curricula.throttle import throttled

from .actions import judge_by_source
from .behind import behind, ended_behind, found_before, keep_what_was_found, look, looking, shown_going_on
from .choices import choices_of
from .flow import (
    REFUSALS,
    Found,
    ImportKind,
    TakesLonger,
    keep_for_correction,
    keep_upload,
    recognised_of,
    save,
    throw_away,
)
from .forms import SourceCurriculaForm, UploadForm
from .kinds import KINDS, USUAL
from .presenters import Preview, what_was_saved


@throttled("upload")
def start(request: HttpRequest) -> HttpResponse:
    """Choose a file and where it goes; what was chosen stays when the file is refused."""
    kind = KINDS.get(request.GET.get("kind", ""), USUAL)
    if not kind.may_start(request.user):
        return _nowhere_to_import(request)
    form = kind.form(sent(request), request.FILES or None, user=request.user, initial=_chosen(request))
    if request.method == "POST" and form.is_valid():
        waiting = _waiting(request)
        pending = _kept(kind, form)
        if pending is not None:
            _ended(request, waiting - _waiting(request), "replaced")
            return _looked(request, kind, pending)
    elif form.is_bound:
        keep_for_correction(kind, form)
    context = {"section": "import", "form": form, "kind": kind, "kinds": KINDS.values()}
    context["going_on"] = shown_going_on(request.user)
    return render(request, "curricula/imports/start.html", context, status=422 if form.is_bound else 200)


def _waiting(request: HttpRequest) -> set[int]:
    return set(PendingImport.objects.to_preview(request.user).values_list("pk", flat=True))


def _nowhere_to_import(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        raise PermissionDenied
    return render(request, "curricula/imports/nowhere.html", {"section": "import"})


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """`?to=school/program/year` chooses that curriculum, or fills in the fields of a new one; a slug a framework."""
    key = request.GET.get("to", "").strip("/")
    parts = key.split("/")
    if len(parts) != 3:
        return {"target": key}
    school = School.objects.filter(slug=parts[0]).first()
    return {"target": key, "school": school, "program": parts[1], "year": parts[2]}


def _kept(kind: ImportKind, form: UploadForm) -> PendingImport | None:
    """The file put aside for its preview, or None once the form says why it cannot be read."""
    try:
        return keep_upload(kind, form)
    except UnreadableFile as refusal:
        form.add_error("file", str(refusal))
        return None


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found in the file and what saving it would do; then save it, or throw it away."""
    pending = PendingImport.objects.to_preview(request.user).filter(pk=pk).first()
    if pending is None:
        return _gone(request, pk)
    kind, do = KINDS[pending.kind], request.POST.get("do")
    if request.method != "POST":
        return _seen(request, kind, pending)
    if do == "discard":
        throw_away(PendingImport.objects.filter(pk=pk))
        _ended(request, {pk}, "discarded")
        messages.info(request, _("The file was thrown away; nothing was saved."))
        return redirect(kind.start_page(pending))
    if do == "read":
        pending.choose(choices_of(request.POST))
    return _looked(request, kind, pending) if do in ("read", "look") else _save(request, kind, pending)


def _seen(request: HttpRequest, kind: ImportKind, pending: PendingImport) -> HttpResponse:
    """What was found before: this page writes nothing, and asks for a new look where that is no longer good."""
    try:
        kind.expect_allowed(pending)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return redirect(kind.start_page(pending))
    if found := found_before(kind, pending):
        return _show(request, kind, pending, found)
    if work := looking(pending):
        return redirect(work)
    context = {"section": "import", "pending": pending, "again": kind.start_page(pending)}
    return render(request, "curricula/imports/look.html", context)


def _looked(request: HttpRequest, kind: ImportKind, pending: PendingImport) -> HttpResponse:
    try:
        return redirect(look(kind, pending) or pending)
    except REFUSALS as refusal:
        return _refused(request, kind, pending, refusal)


def _refused(request: HttpRequest, kind: ImportKind, pending: PendingImport, refusal: Exception) -> HttpResponse:
    if isinstance(refusal, UnreadableFile) and refusal.recognised:
        keep_what_was_found(kind, pending, refusal)
        return redirect(pending)
    messages.error(request, str(refusal))
    if isinstance(refusal, UnreadableFile) and refusal.code == "bad_choices" and pending.choices != NO_CHOICES:
        pending.choose(NO_CHOICES)  # kept by a version that knew other codes, or before an ability went
        return _looked(request, kind, pending)  # once more as it is read now, before anything is saved
    return redirect(kind.start_page(pending))


# What became of a file, to whoever comes back to its page; of somebody else's file nothing is said.
ENDS = {
    "saved": gettext_lazy("This file is saved already."),
    "discarded": gettext_lazy("This file was thrown away; nothing of it was saved."),
    "replaced": gettext_lazy("A later file took the place of this one, of which nothing was saved."),
}
REMEMBERED = 50


def _ended(request: HttpRequest, files: set[int], how: str) -> None:
    known = request.session.get("ended_imports", {}) | {str(pk): how for pk in files}
    request.session["ended_imports"] = dict(list(known.items())[-REMEMBERED:])


@require_safe
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column was taken for, as the file that commands take by --columns."""
    pending = get_object_or_404(PendingImport.objects.to_preview(request.user), pk=pk)
    seen = found_before(KINDS[pending.kind], pending)
    if seen is None:
        return redirect(pending)
    said = recognised_of(seen).as_choices(pending.choices)
    return download(said.text(), "application/json", "columns.json")


def _gone(request: HttpRequest, pk: int) -> HttpResponse:
    """The way back in a browser leads to files that wait no longer."""
    how = request.session.get("ended_imports", {}).get(str(pk)) or ended_behind(request.user, pk)
    messages.info(request, ENDS[how] if how else _("No file waits here: files are kept for a day, for their sender."))
    return redirect("import")


def _show(
    request: HttpRequest,
    kind: ImportKind,
    pending: PendingImport,
    seen: Found | UnreadableFile,
    *,
    status: int = 200,
) -> HttpResponse:
    shown = Preview(kind, pending, seen, pages=request.GET)
    context = {"section": "import", "shown": shown, "again": kind.start_page(pending)}
    return render(request, "curricula/imports/preview.html", context, status=status)


def _save(request: HttpRequest, kind: ImportKind, pending: PendingImport) -> HttpResponse:
    try:
        done = save(kind, pending)
    except TakesLonger:
        return redirect(behind(pending, "save"))
    except REFUSALS as refusal:
        return _refused(request, kind, pending, refusal)
    if done is None:
        return _gone(request, pk=pending.pk)
    if not done.saved:
        keep_what_was_found(kind, pending, done)
        return _show(request, kind, pending, done, status=422)
    _ended(request, {pending.pk}, "saved")
    messages.success(request, what_was_saved(kind, pending, done.outcome))
    if following := kind.next_step(done.outcome):
        messages.info(request, following)
    return redirect(kind.next_page(pending, done.outcome))


def judge_plans(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer a source of postings to the plans that it does not judge yet."""
    if not schools_to_import_into(request.user).exists():
        raise PermissionDenied
    source = get_object_or_404(
        DemandSource.objects.readable_by(request.user), slug=slug, kind=DemandSource.Kind.POSTINGS
    )
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


@require_safe
@curriculum_page()
def export(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """The plan under the import's own headers, to be edited and brought back: a workbook, or a zip of tables.

    As `process` it is the table that Chinese schools print, without mappings.
    """
    rows, name = rows_of(curriculum), curriculum.key.replace("/", "-")
    if request.GET.get("format") == "process":
        title, parts = f"{curriculum.name} 教学进程表", chosen_parts_of(curriculum)
        content, content_type = as_teaching_process(rows, title=title, parts=parts), XLSX_TYPE
        name = f"{name}-process.xlsx"
    elif request.GET.get("format") == "csv":
        content, content_type, name = as_tables(rows), "application/zip", f"{name}.zip"
    else:
        abilities = list(curriculum.framework.abilities.leaves().values_list("code", flat=True))
        content, content_type, name = as_workbook(rows, abilities=abilities), XLSX_TYPE, f"{name}.xlsx"
    return download(content, content_type, name)
