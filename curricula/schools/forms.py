from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from curricula.models import Program, School
from curricula.opened import OpenedForm


class TitledForm(OpenedForm):
    """What is titled in two languages has a title in one of them at least."""

    untitled: Any

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("title_en") or cleaned.get("title_zh")):
            raise forms.ValidationError(self.untitled)
        return cleaned


class SchoolForm(TitledForm):
    untitled = _("A school needs a title in one language at least.")

    class Meta:
        model = School
        fields = ["title_en", "title_zh", "hours_per_week"]


class ProgramForm(TitledForm):
    untitled = _("A program needs a title in one language at least.")

    class Meta:
        model = Program
        fields = ["title_en", "title_zh", "host_major", "degree"]


class NewSchoolForm(SchoolForm):
    class Meta(SchoolForm.Meta):
        fields = ["slug", *SchoolForm.Meta.fields]
        help_texts = {"slug": _("short name in addresses: letters, digits and hyphens; it is never changed")}

    def clean_slug(self) -> str:
        """Taken only by a school that is there; Django does not ask what is unique under a condition."""
        slug = str(self.cleaned_data["slug"])
        if School.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("There is a school of this short name already."), code="unique")
        return slug
