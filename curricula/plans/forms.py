from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from competencies.models import ReferenceCourse
from curricula.fields.course import COURSE
from curricula.models import Course, Curriculum
from curricula.records.forms import RecordForm, form_field, form_fields


class CourseForm(RecordForm):
    """The facts of one course."""

    kind = COURSE

    class Meta:
        model = Course
        fields = form_fields(COURSE)
        formfield_callback = form_field

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
