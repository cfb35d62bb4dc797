from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from competencies.models import DemandSource


class SourceForm(forms.ModelForm):
    """What is said of a source as a whole; what it holds comes from files."""

    class Meta:
        model = DemandSource
        fields = ["title_en", "title_zh", "region", "licence", "collected", "note"]
        widgets: ClassVar = {
            "collected": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea({"rows": 4}),
        }
        help_texts: ClassVar = {
            "region": _("where what it holds was collected"),
            "licence": _("under which terms it may be used"),
            "note": _("how far it reaches: from when to when, of which sites, and what is missing"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind == DemandSource.Kind.POSTINGS:
            self.fields["collected"].help_text = _("postings without a date that were collected then follow it")
