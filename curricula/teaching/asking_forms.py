"""What a director asks for: which courses, of whom, by when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curricula.course_choice import CoursesField
from curricula.models import MAPPING_ROLES, Assignment, Course, Curriculum, Mapping, Membership

from .assignment_actions import Request
from .people import PersonField

UNMAPPED, MODULE, CHOSEN = "unmapped", "module", "chosen"
LECTURERS, MEMBER, SECOND = "lecturers", "member", "second"
WHICH: Final = [
    (UNMAPPED, _("all that are not mapped yet")),
    (MODULE, _("those of one module")),
    (CHOSEN, _("those that I choose")),
]
WHOM: Final = [
    (LECTURERS, _("their lecturers")),
    (MEMBER, _("one member")),
    (SECOND, _("a second rater, who sees nothing of the first")),
]
TWO_WEEKS: Final = timedelta(days=14)


def mapping_members(curriculum: Curriculum, *roles: str) -> QuerySet[User]:
    held = Membership.objects.filter(user=OuterRef("pk"), school=curriculum.school, role__in=roles or MAPPING_ROLES)
    return User.objects.filter(Exists(held), is_active=True).order_by("first_name", "username")


class AskForm(forms.ModelForm):
    which = forms.ChoiceField(label=_("Courses"), choices=WHICH, widget=forms.RadioSelect, initial=UNMAPPED)
    module = forms.ChoiceField(label=_("Module"), required=False)
    courses = CoursesField(
        queryset=Course.objects.none(), label=_("Chosen courses"), required=False, widget=forms.CheckboxSelectMultiple
    )
    whom = forms.ChoiceField(label=_("Asked of"), choices=WHOM, widget=forms.RadioSelect, initial=LECTURERS)
    member = PersonField(queryset=User.objects.none(), label=_("Member"), required=False)

    class Meta:
        model = Assignment
        fields = ["due", "note"]
        widgets = {"due": forms.DateInput({"type": "date"}, format="%Y-%m-%d"), "note": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, curriculum: Curriculum, **options: Any) -> None:
        super().__init__(*args, **options)
        self.curriculum = curriculum
        fields: dict[str, Any] = self.fields
        modules = sorted({*curriculum.courses.order_by().values_list("module", flat=True).distinct()} - {""})
        fields["module"].choices = [("", "–"), *((each, each) for each in modules)]
        fields["courses"].offer(curriculum.courses.all())
        fields["member"].queryset = mapping_members(curriculum)
        self.initial["due"] = timezone.localdate() + TWO_WEEKS

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        which, whom = cleaned.get("which"), cleaned.get("whom")
        if which == MODULE and not cleaned.get("module"):
            self.add_error("module", _("Choose the module."))
        if which == CHOSEN and not cleaned.get("courses"):
            self.add_error("courses", _("Choose at least one course."))
        if whom in (MEMBER, SECOND) and not cleaned.get("member"):
            self.add_error("member", _("Choose who is asked."))
        if whom == SECOND and which == UNMAPPED:
            self.add_error("which", _("A second rater rates what is mapped: choose a module or courses."))
        if whom == SECOND and cleaned.get("member"):
            self._expect_blind(cleaned["member"])
        return cleaned

    def _expect_blind(self, member: User) -> None:
        faculty = mapping_members(self.curriculum, Membership.Role.FACULTY)
        if not faculty.filter(pk=member.pk).exists():
            self.add_error("member", _("Who directs the school sees every mapping: a second rater is of the faculty."))

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError(_("This day is over: choose today or a later one."))
        return due

    def wanted(self) -> QuerySet[Course]:
        """The courses that a valid form asks for; of a second rater only those that are mapped."""
        stated = self.cleaned_data
        courses = self.curriculum.courses.all()
        if stated["which"] == CHOSEN:
            courses = courses.filter(pk__in=stated["courses"])
        if stated["which"] == MODULE:
            courses = courses.filter(module=stated["module"])
        mapped = Exists(Mapping.objects.cells().filter(course=OuterRef("pk")))
        if stated["which"] == UNMAPPED:
            return courses.filter(~mapped)
        return courses.filter(mapped) if stated["whom"] == SECOND else courses

    def request(self) -> Request:
        stated = self.cleaned_data
        return Request(due=stated["due"], note=stated["note"], second=stated["whom"] == SECOND)


class ReassignForm(forms.Form):
    to = PersonField(queryset=User.objects.none())

    def __init__(self, *args: Any, assignment: Assignment, **options: Any) -> None:
        super().__init__(*args, **options)
        roles = (Membership.Role.FACULTY,) if assignment.second else ()
        field: Any = self.fields["to"]
        field.queryset = mapping_members(assignment.curriculum, *roles)
