"""A director asks for courses to be mapped, and follows how far it is."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from competencies.listing import arranged
from competencies.request_numbers import key_of
from curricula.models import Assignment, Curriculum
from curricula.pages import done, only_posted, render_page, sent
from curricula.rules import EDIT, curriculum_page
from curricula.wording.phrases import in_a_row

from .asking_forms import LECTURERS, AskForm, ReassignForm
from .assignment_actions import Outcome, ask_lecturers, ask_member, close, finish, reassign
from .assignment_queries import asked_in
from .progress import progress_of
from .reminders import remind
from .tables import ModuleTable

TAB: Final = "matrix"


@require_safe
@curriculum_page(EDIT)
def asked(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What was asked of whom, and how far it is, by person and by module."""
    progress = progress_of(curriculum)
    table = arranged(ModuleTable(progress.modules), request)
    return render_page(request, "curricula/teaching/asked.html", curriculum, TAB, progress=progress, table=table)


@curriculum_page(EDIT)
def ask(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Which courses, of whom, by when."""
    chosen = [key for key in map(key_of, request.GET.getlist("course")) if key]
    initial = {"which": "chosen", "courses": chosen} if chosen else {}
    form = AskForm(sent(request), curriculum=curriculum, initial=initial)
    if form.is_valid():
        _tell(request, _ask(form, curriculum, by=request.user))
        return redirect(curriculum.page("asked"))
    return render_page(request, "curricula/teaching/ask.html", curriculum, TAB, form=form)


def _ask(form: AskForm, curriculum: Curriculum, *, by: Any) -> Outcome:
    courses, stated = form.wanted(), form.cleaned_data
    if stated["whom"] == LECTURERS:
        return ask_lecturers(curriculum, courses, request=form.request(), by=by)
    return ask_member(curriculum, courses, user=stated["member"], request=form.request(), by=by)


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    people = len(outcome.made)
    if people:
        courses = sum(made.courses.count() for made in outcome.made)
        told = ngettext("Asked %(people)s person.", "Asked %(people)s people.", people) % {"people": people}
        counted = ngettext("%(n)s course to map.", "%(n)s courses to map.", courses) % {"n": courses}
        messages.success(request, f"{told} {counted}")
    if outcome.without:
        told = ngettext(
            "%(n)s course names no lecturer, so nobody was asked for it (%(codes)s). Name one, or ask one member.",
            "%(n)s courses name no lecturer, so nobody was asked for them (%(codes)s). Name some, or ask one member.",
            len(outcome.without),
        )
        named = in_a_row([course.code for course in outcome.without[:12]])
        named += "…" if len(outcome.without) > 12 else ""
        messages.warning(request, told % {"n": len(outcome.without), "codes": named})
    if outcome.already:
        told = ngettext("%(n)s was asked before.", "%(n)s were asked before.", len(outcome.already))
        messages.info(request, told % {"n": len(outcome.already)})
    if outcome.own:
        told = ngettext(
            "%(n)s was left out, because the first rating is of the same person.",
            "%(n)s were left out, because the first rating is of the same person.",
            len(outcome.own),
        )
        messages.warning(request, told % {"n": len(outcome.own)})
    if not (people or outcome.without or outcome.already or outcome.own):
        messages.warning(request, _("No course matches: nothing was asked."))


@curriculum_page(EDIT)
@only_posted("asked", numbered=False)
def change_asked(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    """Remind, give to another person, say done for whom has no account, or close."""
    assignment = get_object_or_404(curriculum.assignments.select_related("person__profile"), pk=pk)
    do = request.POST.get("do", "")
    if do == "remind":
        _remind(request, curriculum, pk)
    elif do == "reassign":
        _reassign(request, assignment)
    elif do == "close":
        close(assignment)
        messages.success(request, _("Closed. What was done stays."))
    elif do == "done":
        _finish(request, assignment)
    return redirect(curriculum.page("asked"))


def _remind(request: HttpRequest, curriculum: Curriculum, pk: int) -> None:
    held = next((each for each in asked_in(curriculum) if each.assignment.pk == pk), None)
    if held is None:
        raise Http404
    link = request.build_absolute_uri(reverse("my-courses"))
    done(request, lambda: remind(held, link=link, by=request.user), _("The reminder is sent."))


def _reassign(request: HttpRequest, assignment: Assignment) -> None:
    form = ReassignForm(request.POST, assignment=assignment)
    if not form.is_valid():
        messages.error(request, _("Choose who is asked."))
        return
    to = form.cleaned_data["to"]
    done(request, lambda: reassign(assignment, to=to, by=request.user), _("What was open is asked of another person."))


def _finish(request: HttpRequest, assignment: Assignment) -> None:
    """For a lecturer without an account, who told the director."""
    line = assignment.courses.filter(pk=key_of(request.POST.get("line")) or 0).first()
    if line is None or assignment.person_id is not None:
        raise Http404
    finish(line)
    messages.success(request, _("Saved."))
