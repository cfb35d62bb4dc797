from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from curricula.models import Program, School, StaffVisit
from curricula.opened import OpenedForm

MOST_STEPS: Final = 8
LONGEST_STEP: Final = 100  # letters


class TitledForm(OpenedForm):
    """What is titled in two languages has a title in one of them at least."""

    untitled: Any

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("title_en") or cleaned.get("title_zh")):
            raise forms.ValidationError(self.untitled)
        return cleaned


class LinesField(forms.CharField):
    """A list of short names, one a line."""

    widget = forms.Textarea({"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def validate(self, value: Any) -> None:
        if len(value) > MOST_STEPS or any(len(line) > LONGEST_STEP for line in value):
            limits = {"most": MOST_STEPS, "longest": LONGEST_STEP}
            raise forms.ValidationError(_("At most %(most)s lines of %(longest)s letters."), params=limits)


class SchoolForm(TitledForm):
    untitled = _("A school needs a title in one language at least.")
    review_steps = LinesField(
        label=_("Steps of review"),
        required=False,
        help_text=_("one a line, in their order; with none, one decision approves a plan"),
    )

    class Meta:
        model = School
        fields = [
            "title_en",
            "title_zh",
            "hours_per_week",
            "review_steps",
            "faculty_map_all",
            "keeps_own_codes",
            "students_see_plans",
        ]


class ProgramForm(TitledForm):
    untitled = _("A program needs a title in one language at least.")

    class Meta:
        model = Program
        fields = ["title_en", "title_zh", "host_major", "degree"]


class NewSchoolForm(SchoolForm):
    review_steps = None  # type: ignore[assignment]  # named once there are people who review

    class Meta(SchoolForm.Meta):
        fields = ["slug", "title_en", "title_zh", "hours_per_week"]
        labels = {"slug": _("Short name")}
        help_texts = {"slug": _("in addresses, such as north-university; it is never changed")}
        error_messages = {"slug": {"invalid": _("Write it with English letters, digits and hyphens, without spaces.")}}

    def clean_slug(self) -> str:
        """Taken only by a school that is there; Django does not ask what is unique under a condition."""
        slug = str(self.cleaned_data["slug"])
        if School.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("There is a school of this short name already."), code="unique")
        return slug


class VisitForm(forms.ModelForm):
    class Meta:
        model = StaffVisit
        fields = ["why"]
        widgets = {"why": forms.TextInput({"autocomplete": "off"})}
        help_texts = {"why": _("its administrators read this")}
