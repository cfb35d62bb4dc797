"""The records that a school keeps of its conditions: one list, one page, one form and one file for every kind."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from competencies.downloads import download
from competencies.listing import arranged
from competencies.tabular.writing import XLSX_TYPE
from curricula.models import School, SchoolRecord, school_records
from curricula.opened import OpenedForm, opening
from curricula.pages import render_school_page, sent
from curricula.record_versions import versions_of
from curricula.records.forms import record_form
from curricula.records.school_records import workbook_of_records
from curricula.records.workbook import workbook_of_school
from curricula.rules import EDIT, VIEW, school_for
from curricula.schools.queries import kinds_of
from curricula.schools.record_lists import record_filter, record_table
from curricula.wording.facts import changes, page_facts

RECORDS_ON_PAGE = 50


@require_safe
def records(request: HttpRequest, school: str, kind: str) -> HttpResponse:
    """Every record of one kind, filtered and sorted."""
    found, model = _asked_for(request, school, kind, VIEW)
    everything = model.objects.filter(school=found).select_related("school")
    wanted = record_filter(model)(request.GET, everything)
    table = arranged(record_table(model.kind)(wanted.qs), request, per_page=RECORDS_ON_PAGE)
    shown = {"filter": wanted, "table": table, "total": everything.count()}
    return render_school_page(request, "curricula/schools/records.html", found, kind=model.kind, **shown)


@require_safe
def all_records(request: HttpRequest, school: str) -> HttpResponse:
    """Every kind with how many the school keeps: where to begin."""
    found = school_for(request.user, slug=school, permission=VIEW)
    return render_school_page(request, "curricula/schools/all_records.html", found, kinds=kinds_of(found))


@require_safe
def workbook(request: HttpRequest, school: str) -> HttpResponse:
    """All kinds in one file that comes back; `?empty=1` is its template."""
    found = school_for(request.user, slug=school, permission=VIEW)
    empty = "empty" in request.GET
    name = "talentgap-records.xlsx" if empty else f"{found.slug}-records.xlsx"
    content = workbook_of_school(None if empty else found)
    return download(content, XLSX_TYPE, name)


@require_safe
def record(request: HttpRequest, school: str, kind: str, pk: int) -> HttpResponse:
    """One record with what was changed in it."""
    found, model = _asked_for(request, school, kind, VIEW)
    held = get_object_or_404(model.objects.select_related("school"), school=found, pk=pk)
    versions = versions_of(held.history, partial(changes, model.kind))
    shown = {"record": held, "facts": page_facts(model.kind, held), "versions": versions}
    return render_school_page(request, "curricula/schools/record.html", found, kind=model.kind, **shown)


def edit_record(request: HttpRequest, school: str, kind: str, pk: int | None = None) -> HttpResponse:
    """Enter a record, change it or remove it; what was typed stays on an error."""
    found, model = _asked_for(request, school, kind, EDIT)
    held = get_object_or_404(model, school=found, pk=pk) if pk else model(school=found)
    if held.pk and request.POST.get("do") == "remove":
        held.delete()
        messages.success(request, _("The record is removed."))
        return redirect("records", school=school, kind=kind)
    with opening(request, held) as held:
        form = type("Form", (OpenedForm, record_form(model)), {})(sent(request), instance=held)
        if form.is_valid():
            messages.success(request, _("The record is saved."))
            return redirect(form.save())
    shown = {"kind": model.kind, "form": form, "record": held}
    return render_school_page(request, "curricula/schools/record_form.html", found, **shown)


@require_safe
def export(request: HttpRequest, school: str, kind: str) -> HttpResponse:
    """All of them as a workbook that the import takes back."""
    found, model = _asked_for(request, school, kind, VIEW)
    content = workbook_of_records(model, model.objects.filter(school=found))
    name = f"{found.slug}-{model.kind.name}.xlsx"
    return download(content, XLSX_TYPE, name)


def _asked_for(request: HttpRequest, slug: str, kind: str, permission: str) -> tuple[School, type[SchoolRecord]]:
    school = school_for(request.user, slug=slug, permission=permission)
    model = school_records().get(kind)
    if model is None:
        raise Http404
    return school, model
