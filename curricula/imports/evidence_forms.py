"""Employer surveys and official figures to import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competencies.demand.readers.surveys import LOWEST_ANSWER
from competencies.models import DemandSource

from .forms import PostingsUploadForm


class FiguresUploadForm(PostingsUploadForm):
    """The source is described as one of postings is; what is in the file is another matter."""

    kind = DemandSource.Kind.FIGURES
    helps = {
        "file": _(
            "One row a period with its openings and graduates; position, region and citation help. Excel or CSV, "
            "under Chinese or English headers. Nothing is saved before you have seen what was found."
        ),
        "source": _("a new name makes a new source; a known one gets what it does not have yet"),
        "framework": _("its positions are what the figures are about"),
        "collected": _("the day on which the figures were looked up"),
        "licence": _("under which terms the figures may be used"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in self.helps.items():
            self.fields[name].help_text = text

    @property
    def options(self) -> dict[str, Any]:
        """What is kept beside the file until it is saved."""
        return {}


class SurveyUploadForm(FiguresUploadForm):
    kind = DemandSource.Kind.SURVEY
    helps = FiguresUploadForm.helps | {
        "file": _(
            "One row a respondent, with two columns for each ability: its importance and its competence; or one row a "
            "respondent and an ability. Respondents are stored by a code, never by name. Nothing is saved before you "
            "have seen what was found."
        ),
        "framework": _("its abilities are what was asked about"),
        "collected": _("the day on which the survey was closed"),
        "licence": _("under which terms the answers may be used"),
    }
    scale_low = forms.FloatField(label=_("Lowest answer"), required=False)
    scale_high = forms.FloatField(
        label=_("Highest answer"), required=False, help_text=_("of the scale; detected where both are left empty")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        low, high = cleaned.get("scale_low"), cleaned.get("scale_high")
        if (low is None) != (high is None) or (low is not None and high is not None and low >= high):
            self.add_error("scale_high", _("A scale rises from its lowest to its highest answer."))
        if low is not None and low < LOWEST_ANSWER:
            message = _(
                "Needs can be computed only on a scale from 0 on: add the same number to every answer and to both "
                "ends of the scale, so that it begins at 0."
            )
            self.add_error("scale_low", message)
        return cleaned

    @property
    def options(self) -> dict[str, Any]:
        low, high = self.cleaned_data["scale_low"], self.cleaned_data["scale_high"]
        return {} if low is None else {"scale": [low, high]}
