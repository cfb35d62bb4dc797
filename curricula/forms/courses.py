from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from competencies.models import ReferenceCourse
from curricula.limits import MOST_TERM
from curricula.models import HOUR_FIELDS, Course, Curriculum


class CourseForm(forms.ModelForm):
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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("term", "term_last"):
            if (cleaned.get(name) or 0) > MOST_TERM:
                self.add_error(name, _("Terms count from 1 to %(most)s.") % {"most": MOST_TERM})
        first, last = cleaned.get("term"), cleaned.get("term_last")
        if first and last and last < first:
            self.add_error("term_last", _("The last term cannot be before the first."))
        return cleaned


class EquivalenceForm(forms.Form):
    """Which course of the plan stands for a reference course; none says that it is not offered."""

    reference_course = forms.ModelChoiceField(ReferenceCourse.objects.none())
    course = forms.ModelChoiceField(Course.objects.none(), required=False)

    def __init__(self, curriculum: Curriculum, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference_course"].queryset = curriculum.framework.reference_courses.all()  # type: ignore[attr-defined]
        self.fields["course"].queryset = curriculum.courses.all()  # type: ignore[attr-defined]
