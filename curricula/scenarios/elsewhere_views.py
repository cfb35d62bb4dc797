"""Who else is hit by a change to a course, and the same change offered there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.request_numbers import key_of
from curricula.analysis.scenarios.applied_edits import RefusedEdit
from curricula.evaluation.reports import names_for
from curricula.models import Course, Curriculum
from curricula.pages import course_or_404, done, render_page
from curricula.rules import EDIT, curriculum_page
from curricula.wording.edit_sentences import edit_words

from .actions import ScenarioClosed
from .elsewhere_actions import offer, tie, untie
from .elsewhere_queries import Twin, WhoElse, twins_of, who_else
from .presenters import told


class TieForm(forms.Form):
    plan = forms.ModelChoiceField(queryset=Curriculum.objects.none(), label=gettext_lazy("Plan"))
    code = forms.CharField(max_length=120, label=gettext_lazy("Code there"))

    def __init__(self, *args: Any, curriculum: Curriculum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = Curriculum.objects.filter(program__school=curriculum.program.school_id).newest()
        field = self.fields["plan"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = plans.exclude(pk=curriculum.pk).select_related("program__school")
        field.label_from_instance = lambda plan: plan.name  # type: ignore[assignment, method-assign]


@curriculum_page(EDIT)
def elsewhere(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    """What hangs on the course; what is posted offers its change to one plan, or ties and unties courses."""
    course = course_or_404(curriculum, pk)
    form = TieForm(curriculum=curriculum)
    if request.method == "POST":
        if request.POST.get("do") == "offer":
            return _offer(request, course)
        if request.POST.get("do") == "untie":
            untie(course, key_of(request.POST.get("tie", "")) or 0)
            return _back(course)
        form = TieForm(request.POST, curriculum=curriculum)
        same = _("From now on they count as the same course.")
        if form.is_valid() and done(request, lambda: tie(course, **form.cleaned_data), same):
            return _back(course)
    found = who_else(course)
    shown: dict[str, Any] = {"found": found, "twins": _in_words(found), "form": form}
    return render_page(request, "curricula/scenarios/elsewhere.html", curriculum, "courses", **shown)


def _back(course: Course) -> HttpResponse:
    return redirect(course.curriculum.page("course-elsewhere", course.pk))


def _in_words(found: WhoElse) -> list[tuple[Twin, list[str]]]:
    """Each with the edits as sentences; what codes are called is read once for each framework."""
    names = names_for(found.course.curriculum)
    return [(twin, [edit_words(edit, names) for edit in twin.edits]) for twin in found.twins]


def _offer(request: HttpRequest, course: Course) -> HttpResponse:
    wanted = key_of(request.POST.get("course", ""))
    twin = next((each for each in twins_of(course) if each.course.pk == wanted), None)
    if twin is None or not twin.edits:
        raise Http404
    try:
        made = offer(course, twin, by=request.user)
    except (RefusedEdit, ScenarioClosed) as refusal:
        messages.error(request, told(refusal, names_for(twin.plan)))
        return _back(course)
    messages.success(request, _("Proposed to %(plan)s; its directors decide.") % {"plan": twin.plan.name})
    return redirect(made)
