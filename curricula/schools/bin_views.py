"""Plans, programs and schools into the bin and back again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from competencies.listing import arranged
from competencies.models import DemandSource
from competencies.permissions import CHANGE_SOURCE, expect_may
from curricula.models import Curriculum, School
from curricula.pages import done, render_school_page
from curricula.rules import EDIT, MANAGE, curriculum_page, school_for
from curricula.schools import bin_actions, bin_queries
from curricula.schools.tables import BinTable

RESTORE: Final[dict[str, Callable[[Any], None]]] = {
    "plan": bin_actions.restore_plan,
    "program": bin_actions.restore_program,
    "source": bin_actions.restore_source,
}


@curriculum_page(EDIT)
def remove_plan(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """The newest version of a plan, or the plan as a whole."""
    versions = Curriculum.objects.filter(program=curriculum.program, year=curriculum.year)
    if request.method == "POST":
        if request.POST.get("version") != str(curriculum.version):  # of a page that was sent twice, or is old
            messages.error(request, _("The plan has another version by now; nothing was removed."))
            return redirect(curriculum)
        whole = request.POST.get("what") != "version"
        bin_actions.remove_plan(curriculum, by=request.user, whole=whole)
        return _removed(request, curriculum.school, curriculum.name)
    return _ask(
        request,
        curriculum,
        school=curriculum.school,
        hanging=bin_queries.hanging_on_plans(versions),
        back=curriculum.page("curriculum-settings"),
        versions=versions.count(),
        version=curriculum.version,
    )


def remove_program(request: HttpRequest, school: str, program: str) -> HttpResponse:
    """With all its plans."""
    found = get_object_or_404(school_for(request.user, slug=school, permission=EDIT).programs, slug=program)
    if request.method == "POST":
        bin_actions.remove_program(found, by=request.user)
        return _removed(request, found.school, str(found))
    back = reverse("program", args=[school, program])
    return _ask(request, found, school=found.school, hanging=bin_queries.hanging_on_program(found), back=back)


def remove_school(request: HttpRequest, school: str) -> HttpResponse:
    """With everything that it holds; its short name is typed, so that it is no slip of the hand."""
    found = school_for(request.user, slug=school, permission=MANAGE)
    if request.method == "POST" and request.POST.get("slug", "").strip() == found.slug:
        bin_actions.remove_school(found, by=request.user)
        messages.success(request, _("“%(name)s” is removed. Staff can bring it back for 30 days.") % {"name": found})
        return redirect("schools")
    if request.method == "POST":
        messages.error(request, _("Type the short name of the school to remove it."))
    back, hanging = reverse("school", args=[school]), bin_queries.hanging_on_school(found)
    return _ask(request, found, school=found, hanging=hanging, back=back, slug=found.slug)


def remove_source(request: HttpRequest, slug: str) -> HttpResponse:
    """With its postings, answers or figures; it judges no plan any more."""
    source = get_object_or_404(DemandSource.objects.readable_by(request.user), slug=slug)
    expect_may(request.user, CHANGE_SOURCE, source)
    if request.method == "POST":
        bin_actions.remove_source(source, by=request.user)
        if source.owner:
            return _removed(request, source.owner, str(source))
        told = _("“%(name)s” is removed. Staff can bring it back for 30 days.")
        messages.success(request, told % {"name": source})
        return redirect("schools")
    hanging = bin_queries.hanging_on_source(source)
    return _ask(request, source, school=source.owner, hanging=hanging, back=source.get_absolute_url())


def _ask(request: HttpRequest, record: Any, *, school: School | None, **shown: Any) -> HttpResponse:
    name = record.name if isinstance(record, Curriculum) else str(record)
    context = {"section": "schools", "name": name, "school": school, "sample": bool(school and school.sample)}
    return render(request, "curricula/schools/remove.html", context | shown)


def _removed(request: HttpRequest, school: School, name: str) -> HttpResponse:
    """What is older than 30 days goes on the way, one at a time."""
    bin_actions.empty_bin(most=1)
    messages.success(request, _("“%(name)s” is removed. Here it can be brought back for 30 days.") % {"name": name})
    return redirect("bin", school=school.slug)


@require_safe
def bin_page(request: HttpRequest, school: str) -> HttpResponse:
    """What was removed in the last 30 days."""
    found = school_for(request.user, slug=school, permission=EDIT)
    table = arranged(BinTable(bin_queries.bin_of(found), found), request)
    return render_school_page(request, "curricula/schools/bin.html", found, table=table)


@require_POST
def restore(request: HttpRequest, school: str, kind: str, pk: int) -> HttpResponse:
    """What went together comes back together."""
    found = school_for(request.user, slug=school, permission=EDIT)
    removed = {(each.kind, each.record.pk): each for each in bin_queries.bin_of(found)}.get((kind, pk))
    if removed is None:
        raise Http404
    if done(request, lambda: RESTORE[kind](removed.record), _("“%(name)s” is back.") % {"name": removed.name}):
        return redirect(removed.record)
    return redirect("bin", school=school)


@require_POST
def restore_school(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.is_staff:
        raise PermissionDenied
    school = get_object_or_404(bin_queries.removed_schools(), pk=pk)
    done(request, lambda: bin_actions.restore_school(school), _("“%(name)s” is back.") % {"name": school})
    return redirect("schools")


@require_POST
def restore_source_of_site(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.is_staff:
        raise PermissionDenied
    source = get_object_or_404(DemandSource.everything, owner=None, removed_at__isnull=False, pk=pk)
    if done(request, lambda: bin_actions.restore_source(source), _("“%(name)s” is back.") % {"name": source}):
        return redirect(source)
    return redirect("schools")
