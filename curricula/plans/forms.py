from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _

from competencies.models import ReferenceCourse
from curricula.interchange.spreadsheet import MAX_TEXT
from curricula.limits import MOST_CREDITS, MOST_HOURS, MOST_TERM
from curricula.models import HOUR_FIELDS, Course, Curriculum

RANGES = {  # what a file may say too, so that every plan that was edited here can be read again
    **dict.fromkeys(HOUR_FIELDS, (0, MOST_HOURS)),
    "credits": (0, MOST_CREDITS),
    **dict.fromkeys(("term", "term_last"), (1, MOST_TERM)),
}
TEXTS = ("description", "note")


class CourseForm(forms.ModelForm):
    """The facts of one course; each is refused at its own field."""

    class Meta:
        model = Course
        fields = [
            "code",
            "title_en",
            "title_zh",
            "description",
            "credits",
            "term",
            "term_last",
            "module",
            "course_type",
            "required",
            *HOUR_FIELDS,
            "department",
            "examination",
            "note",
        ]
        widgets = {"description": forms.Textarea({"rows": 3}), "note": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (least, most) in RANGES.items():
            self.fields[name].validators += [MinValueValidator(least), MaxValueValidator(most)]
        for name in TEXTS:
            self.fields[name].validators.append(MaxLengthValidator(MAX_TEXT))

    def clean_code(self) -> str:
        """The plan is no field of the form, so that Django does not see a code that is there twice."""
        code = str(self.cleaned_data["code"])
        if self.instance.curriculum.courses.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                _("The plan has a course “%(course)s” already: choose another code."), params={"course": code}
            )
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("title_en") or cleaned.get("title_zh")) and not self.errors.keys() & {
            "title_en",
            "title_zh",
        }:
            self.add_error("title_zh", _("A course needs a title, in one language at least."))
        first, last = cleaned.get("term"), cleaned.get("term_last")
        if first and last and last < first:
            self.add_error("term_last", _("The last term cannot be before the first."))
        return cleaned


class EquivalenceForm(forms.Form):
    """Which course of the plan, by its code, stands for a reference course; none says that it is not offered."""

    reference_course = forms.ModelChoiceField(ReferenceCourse.objects.none())
    course = forms.ModelChoiceField(Course.objects.none(), to_field_name="code", required=False)

    def __init__(self, curriculum: Curriculum, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference_course"].queryset = curriculum.framework.reference_courses.all()  # type: ignore[attr-defined]
        self.fields["course"].queryset = curriculum.courses.all()  # type: ignore[attr-defined]
