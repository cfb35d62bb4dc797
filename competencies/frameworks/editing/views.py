"""Pages on which those whose framework it is write it: every save is whole, and what was typed stays on an error."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competencies.demand.actions.terms import TermRefused
from competencies.models import Ability, Certification, Framework, Position
from competencies.opened import is_ready, seen
from competencies.permissions import COLLECT, CURATE, framework_for

from . import actions
from .fields import AbilityNames
from .forms import (
    AbilityForm,
    CertificateCourseForms,
    CertificateForm,
    HeadForm,
    NewFrameworkForm,
    PositionForm,
    RequirementForms,
)
from .history import changes_of
from .queries import named_courses

EditView = Callable[..., HttpResponse]


def edit_page(view: EditView) -> EditView:
    """Make a view of a framework's slug that receives the framework, once the user was found to own it."""

    @wraps(view)
    def checked(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
        framework = framework_for(request.user, slug, permission=CURATE)
        if request.method != "POST":
            return view(request, framework, **rest)
        with transaction.atomic():  # one writer at a time
            framework = get_object_or_404(Framework.objects.select_for_update(no_key=True), pk=framework.pk)
            return view(request, framework, **rest)

    return checked


def new(request: HttpRequest) -> HttpResponse:
    """An empty framework, or with `?from=SLUG` a copy of one that one may read."""
    if not request.user.has_perm(COLLECT):
        raise PermissionDenied
    source = framework_for(request.user, request.GET["from"]) if request.GET.get("from") else None
    form = NewFrameworkForm(request.POST or None, user=request.user, source=source)
    if request.method == "POST" and form.is_valid():
        made = actions.start_framework(form.instance, source=source)
        messages.success(request, _("“%(framework)s” is made, as a draft.") % {"framework": made.title})
        return redirect(made)
    return _page(request, form, source, heading=_("Copy a framework") if source else _("Start a framework"))


@edit_page
def head(request: HttpRequest, framework: Framework) -> HttpResponse:
    """What is said of it as a whole; one that holds nothing and that nothing stands on can be removed."""
    if request.POST.get("do") == "remove":
        return _removed(request, framework, back=reverse("frameworks"))
    form = HeadForm(request.POST or None, instance=framework)
    if is_ready(request, form):
        form.instance.save()
        return _saved(request, framework)
    return _page(request, form, framework, heading=_("Edit the framework"), removable=True)


@require_POST
@edit_page
def take_step(request: HttpRequest, framework: Framework) -> HttpResponse:
    """Publish it or archive it."""
    try:
        actions.take_step(framework, request.POST.get("status", ""))
    except actions.WrongStep as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The framework is %(status)s now.") % {"status": framework.get_status_display()})
    return redirect(framework)


@edit_page
def ability(request: HttpRequest, framework: Framework, pk: int | None = None) -> HttpResponse:
    held = _held(Ability, framework, pk)
    if request.POST.get("do") == "remove":
        return _removed(request, held, back=framework.get_absolute_url())
    form = AbilityForm(request.POST or None, instance=held)
    if is_ready(request, form):
        try:
            actions.save_ability(form.instance, terms=form.cleaned_data["terms"], user=request.user)
        except TermRefused as refusal:
            form.add_error("terms", str(refusal))
        else:
            return _saved(request, form.instance)
    return _page(request, form, framework, record=held, heading=_("Ability"))


@edit_page
def position(request: HttpRequest, framework: Framework, pk: int | None = None) -> HttpResponse:
    held, names = _held(Position, framework, pk), AbilityNames(framework)
    if request.POST.get("do") == "remove":
        return _removed(request, held, back=reverse("framework-positions", args=[framework.slug]))
    form = PositionForm(request.POST or None, instance=held)
    parts = RequirementForms(request.POST or None, instance=held, form_kwargs={"names": names}, prefix="requirements")
    if is_ready(request, form, parts):
        changed = parts.save(commit=False)
        actions.save_position(form.instance, changed=changed, removed=parts.deleted_objects, **form.lists)
        return _saved(request, form.instance)
    shown = {"record": held, "parts": parts, "names": names, "parts_title": _("Requirements")}
    return _page(request, form, framework, heading=_("Position"), **shown)


@edit_page
def certificate(request: HttpRequest, framework: Framework, pk: int | None = None) -> HttpResponse:
    held, names = _held(Certification, framework, pk), AbilityNames(framework)
    if request.POST.get("do") == "remove":
        return _removed(request, held, back=reverse("certifications", args=[framework.slug]))
    form = CertificateForm(request.POST or None, instance=held)
    initial = named_courses(held) if held.pk else []
    parts = CertificateCourseForms(
        request.POST or None, initial=initial, form_kwargs={"names": names}, prefix="courses"
    )
    if is_ready(request, form, parts):
        actions.save_certificate(form.instance, [part.named_course for part in parts if part.is_wanted])
        messages.success(request, _("“%(record)s” is saved.") % {"record": form.instance})
        return redirect("certifications", framework.slug)
    shown = {"record": held, "parts": parts, "names": names, "parts_title": _("Courses")}
    return _page(request, form, framework, heading=_("Certificate"), **shown)


def _held(model: Any, framework: Framework, pk: int | None) -> Any:
    return get_object_or_404(model, framework=framework, pk=pk) if pk else model(framework=framework)


def _removed(request: HttpRequest, held: Any, *, back: str) -> HttpResponse:
    """Leads to the list that the record stood in; where it is in use, to its form again."""
    try:
        actions.remove(held)
    except actions.InUse as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    messages.success(request, _("“%(record)s” is removed.") % {"record": held})
    return redirect(back)


def _saved(request: HttpRequest, record: Any) -> HttpResponse:
    messages.success(request, _("“%(record)s” is saved.") % {"record": record})
    return redirect(record)


def _page(
    request: HttpRequest, form: Any, framework: Framework | None, *, heading: str, record: Any = None, **shown: Any
) -> HttpResponse:
    shared = {"section": "framework", "framework": framework, "heading": heading, "form": form, "record": record}
    shared["seen"] = seen(form, shown.get("parts"))
    shared["changes"] = changes_of(record) if record is not None and record.pk else []
    status = 422 if form.is_bound else 200
    return render(request, "competencies/frameworks/edit.html", shared | shown, status=status)
