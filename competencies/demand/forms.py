from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from competencies.models import DemandSource

from .readers.periods import UnreadablePeriod, period

PERIOD_HELP: Final = _("from when to when its statements are, such as 2025 or 2025-03 – 2026-02")


def checked_period(text: str) -> str:
    """Raises ValidationError where no period can be read."""
    try:
        return text if not text or period(text) else ""
    except UnreadablePeriod as error:
        raise forms.ValidationError(_("Write a period such as 2025, 2025-03 or 2025-03 – 2026-02.")) from error


class SourceForm(forms.ModelForm):
    """What is said of a source as a whole; what it holds comes from files."""

    class Meta:
        model = DemandSource
        fields = ["title_en", "title_zh", "region", "licence", "collected", "covers", "note"]
        widgets: ClassVar = {
            "collected": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea({"rows": 4}),
        }
        help_texts: ClassVar = {
            "region": _("where what it holds was collected"),
            "licence": _("under which terms it may be used"),
            "covers": PERIOD_HELP,
            "note": _("how far it reaches: of which sites, and what is missing"),
        }

    def clean_covers(self) -> str:
        return checked_period(self.cleaned_data["covers"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind == DemandSource.Kind.POSTINGS:
            self.fields["collected"].help_text = _("postings without a date that were collected then follow it")
