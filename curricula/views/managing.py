"""History, settings and state of a curriculum; schools and their members."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from curricula.actions import schools as school_actions
from curricula.actions.editing import ApprovedCurriculum
from curricula.actions.settings import (
    FrameworkInUse,
    WrongStep,
    change_framework,
    save_settings,
    start_next_version,
    take_step,
)
from curricula.forms import sent
from curricula.forms.schools import MemberForm, NewSchoolForm, ProgramForm, RoleForm, SchoolForm
from curricula.forms.settings import CurriculumSettingsForm, FrameworkForm
from curricula.models import Curriculum, Membership, School
from curricula.queries.history import KINDS, history_of, version_of
from curricula.queries.plan import may_change_framework
from curricula.queries.schools import members_of, schools_of, schools_of_nobody
from curricula.rules import EDIT, MANAGE, VIEW, curriculum_page

from .page import only_posted, render_page

NEXT_VERSION = "next"


@curriculum_page()
def history(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What was changed in the plan, by whom, from what to what."""
    kind = request.GET.get("kind", "")
    version = version_of(curriculum, request.GET.get("version", ""))
    return render_page(
        request,
        "curricula/history.html",
        curriculum,
        "history",
        version=version,
        history=history_of(version, kind=kind, page=request.GET.get("page", 1)),
        kinds=KINDS,
        kind=kind,
    )


@curriculum_page(EDIT)
def curriculum_settings(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What the plan prepares for, what it is judged by, and how far its approval is."""
    form = CurriculumSettingsForm(sent(request), instance=curriculum)
    if request.method == "POST" and form.is_valid():
        try:
            # The form has put its answer on the instance; the writer compares with what is stored.
            curriculum.refresh_from_db(fields=["signed_off"])
            changed = save_settings(curriculum, **form.cleaned_data)
        except ApprovedCurriculum as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The settings are saved.") if changed else _("Nothing was changed."))
        return redirect(curriculum.page("curriculum-settings"))
    return render_page(
        request,
        "curricula/settings.html",
        curriculum,
        "curriculum-settings",
        form=form,
        framework_form=_framework_form(curriculum),
        status=422 if form.errors else 200,
    )


def _framework_form(curriculum: Curriculum) -> FrameworkForm | None:
    initial = {"framework": curriculum.framework}
    return FrameworkForm(initial=initial) if may_change_framework(curriculum) else None


@curriculum_page(EDIT)
@only_posted("curriculum-settings")
def other_framework(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Put a plan on another framework, before anything is mapped."""
    form = FrameworkForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the frameworks that are listed."))
        return redirect(curriculum.page("curriculum-settings"))
    try:
        change_framework(curriculum, form.cleaned_data["framework"])
    except (ApprovedCurriculum, FrameworkInUse) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The plan stands on the framework “%(title)s” now.") % {"title": curriculum.framework}
        )
    return redirect(curriculum.page("curriculum-settings"))


@curriculum_page(EDIT)
@only_posted("curriculum-settings")
def change_state(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """A step towards approval, which is asked for twice, or the next version of an approved plan."""
    wanted = request.POST.get("to", "")
    if wanted == Curriculum.State.APPROVED and curriculum.editable and not request.POST.get("confirmed"):
        return render_page(request, "curricula/approve.html", curriculum, "curriculum-settings")
    try:
        message = _step(curriculum, wanted)
    except WrongStep as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, message)
    return redirect(curriculum.page("curriculum-settings"))


def _step(curriculum: Curriculum, wanted: str) -> str:
    if wanted == NEXT_VERSION:
        made = start_next_version(curriculum)
        return _("Version %(version)s is a draft that you can edit.") % {"version": made.version}
    take_step(curriculum, wanted)
    return _("The plan is now: %(state)s.") % {"state": curriculum.get_state_display()}


def schools(request: HttpRequest) -> HttpResponse:
    """The user's schools; staff also start new ones."""
    form = NewSchoolForm(sent(request)) if request.user.is_staff else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            school = school_actions.create_school(form.save(commit=False), administrator=request.user)
            messages.success(request, _("The school is made; you are its administrator."))
            return redirect("school", school=school.slug)
    context: dict[str, Any] = {"section": "schools", "schools": schools_of(request.user), "form": form}
    if form is not None:
        context["nobodys"] = schools_of_nobody()
    return render(request, "curricula/schools.html", context, status=422 if form and form.errors else 200)


@require_POST
def take_school(request: HttpRequest, school: str) -> HttpResponse:
    """Staff become the administrator of a school that nobody belongs to yet."""
    if not request.user.is_staff:
        raise PermissionDenied
    found = get_object_or_404(School, slug=school)
    try:
        school_actions.take_school(found, administrator=request.user)
    except school_actions.AlreadyTaken as refusal:
        messages.error(request, str(refusal))
        return redirect("schools")
    messages.success(request, _("You are the administrator of “%(school)s” now.") % {"school": found})
    return redirect("school", school=found.slug)


def school_settings(request: HttpRequest, school: str) -> HttpResponse:
    """A school's titles and conventions, and its members."""
    found = _school_for(request, school, MANAGE)
    form = SchoolForm(sent(request), instance=found)
    if request.method == "POST" and form.is_valid():
        school_actions.save_school(form.save(commit=False))
        messages.success(request, _("The school is saved."))
        return redirect("school", school=found.slug)
    return _school_page(request, found, form=form)


def program_settings(request: HttpRequest, school: str, program: str) -> HttpResponse:
    """A program's titles, host major and degree; its short name in addresses stays."""
    found = get_object_or_404(_school_for(request, school, EDIT).programs.select_related("school"), slug=program)
    form = ProgramForm(sent(request), instance=found)
    if request.method == "POST" and form.is_valid():
        school_actions.save_program(form.save(commit=False))
        messages.success(request, _("The program is saved."))
        return redirect("program", school=school, program=program)
    context = {"section": "schools", "program": found, "sample": found.school.sample, "form": form}
    return render(request, "curricula/program.html", context, status=422 if form.errors else 200)


@require_POST
def add_member(request: HttpRequest, school: str) -> HttpResponse:
    found = _school_for(request, school, MANAGE)
    form = MemberForm(request.POST)
    if form.is_valid():
        try:
            user = form.cleaned_data["username"]
            school_actions.add_member(found, user=user, role=form.cleaned_data["role"])
        except school_actions.AlreadyMember as refusal:
            form.add_error("username", str(refusal))
        else:
            messages.success(request, _("%(username)s is a member now.") % {"username": user.get_username()})
            return redirect("school", school=found.slug)
    return _school_page(request, found, member_form=form)


@require_POST
def change_member(request: HttpRequest, school: str, pk: int) -> HttpResponse:
    """Another role for a member, or none."""
    found = _school_for(request, school, MANAGE)
    membership = get_object_or_404(found.memberships.select_related("user"), pk=pk)
    try:
        message = _changed(request, membership)
    except school_actions.LastAdministrator as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, message % {"username": membership.user.get_username()})
    if membership.user == request.user:
        return redirect("schools")
    return redirect("school", school=found.slug)


def _changed(request: HttpRequest, membership: Membership) -> str:
    if request.POST.get("do") == "remove":
        school_actions.remove_member(membership)
        return _("%(username)s is no member any more.")
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    school_actions.change_role(membership, form.cleaned_data["role"])
    return _("The role of %(username)s is changed.")


def _school_for(request: HttpRequest, slug: str, permission: str) -> School:
    """The school, for those who have the permission; an outsider does not learn that it exists."""
    school = get_object_or_404(School, slug=slug)
    if not request.user.has_perm(VIEW, school):
        raise Http404
    if not request.user.has_perm(permission, school):
        raise PermissionDenied
    return school


def _school_page(request: HttpRequest, school: School, **forms: Any) -> HttpResponse:
    refused = any(form.errors for form in forms.values())
    context = {
        "section": "schools",
        "school": school,
        "sample": school.sample,
        "members": members_of(school),
        "programs": school.programs.all(),
        "roles": Membership.Role.choices,
        "form": SchoolForm(instance=school),
        "member_form": MemberForm(),
    }
    return render(request, "curricula/school.html", context | forms, status=422 if refused else 200)
