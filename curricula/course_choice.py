"""A course of a plan chosen in a form: from a list, or by its code where the plan has more than a list should hold."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from curricula.models import Course

MOST_LISTED: Final = 300  # a page that lists a university's 8,589 courses in each select weighs megabytes
BY_CODE: Final = _("the code of a course")


def are_listed(courses: QuerySet[Course]) -> bool:
    return not courses[MOST_LISTED : MOST_LISTED + 1].exists()


class _ByCode(forms.ModelChoiceField):
    """What both fields share."""

    def prepare_value(self, value: Any) -> Any:
        """A form is opened with the number of a record, which nobody would type."""
        if self.to_field_name == "code" and isinstance(value, int) and self.queryset is not None:
            value = self.queryset.filter(pk=value).first() or ""
        return super().prepare_value(value)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.title}"

    def _ask_for_codes(self, widget: forms.Widget) -> None:
        self.to_field_name = "code"
        widget.is_required = self.required
        self.widget = widget


class CourseField(_ByCode):
    """One course; `offer` says which, where the form knows its plan."""

    default_error_messages = {"invalid_choice": _("The plan has no such course.")}

    def offer(self, courses: QuerySet[Course], *, listed: bool) -> None:
        self.queryset = courses
        if not listed:
            kept = {name: self.widget.attrs[name] for name in ("aria-label",) if name in self.widget.attrs}
            usual = {"class": "form-control", "placeholder": BY_CODE, "autocomplete": "off"}
            self._ask_for_codes(forms.TextInput(usual | kept))


class CodeLines(forms.Textarea):
    """Several codes, one a line."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        text = super().value_from_datadict(data, files, name)
        return None if text is None else [line.strip() for line in text.splitlines() if line.strip()]

    def format_value(self, value: Any) -> str | None:
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else super().format_value(value)


class CoursesField(_ByCode, forms.ModelMultipleChoiceField):
    """Several courses."""

    default_error_messages = {"invalid_choice": _("The plan has no course “%(value)s”.")}

    def offer(self, courses: QuerySet[Course]) -> None:
        self.queryset = courses
        if not are_listed(courses):
            self._ask_for_codes(CodeLines({"rows": 6, "placeholder": _("codes of courses, one a line")}))

    def prepare_value(self, value: Any) -> Any:
        if hasattr(value, "__iter__") and not isinstance(value, str | Model):
            return [self.prepare_value(each) for each in value]
        return super().prepare_value(value)
