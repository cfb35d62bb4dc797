from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from curricula.models import LEAST_WEEKS, MOST_WEEKS, CommitteeChoices
from curricula.opened import OpenedForm
from curricula.reports.committee.edition import EVERY_SECTION, SECTIONS

NAMES = {"en": "English", "zh-hans": "中文"}


def own_names() -> list[tuple[str, str]]:
    """Each language in its own words."""
    return [(code, NAMES.get(code, str(name))) for code, name in settings.LANGUAGES]


class ChoicesForm(OpenedForm):
    """What the edition holds, for whom, and in which language."""

    sections = forms.MultipleChoiceField(
        label=_("Sections"), choices=SECTIONS, widget=forms.CheckboxSelectMultiple, required=False
    )
    language = forms.ChoiceField(label=_("Language"), widget=forms.RadioSelect)
    weeks = forms.IntegerField(
        label=_("Weeks of teaching in a term"),
        min_value=LEAST_WEEKS,
        max_value=MOST_WEEKS,
        help_text=_("by which the hours of a term are divided to give hours a week"),
    )

    class Meta:
        model = CommitteeChoices
        fields = ["sections", "language", "prepared_by", "recipients", "reason", "weeks"]
        widgets = {"recipients": forms.Textarea({"rows": 2}), "reason": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"].choices = own_names()  # type: ignore[attr-defined]

    def clean_sections(self) -> list[str]:
        chosen = set(self.cleaned_data["sections"])
        return [code for code in EVERY_SECTION if code in chosen]


class LogoForm(forms.Form):
    logo = forms.FileField(
        label=_("PNG or JPEG, at most 1 MB"), widget=forms.ClearableFileInput({"accept": ".png,.jpg,.jpeg"})
    )
