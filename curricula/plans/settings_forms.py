"""What a curriculum prepares for and is judged by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from competencies.models import Certification, DemandSource, Direction, Framework, Position
from curricula.analysis.warnings import MOST_UNMAPPED
from curricula.evaluation.reports import gap_report_for
from curricula.models import Curriculum
from curricula.opened import OpenedForm
from curricula.wording import formats


class _ByDirection(ModelChoiceIterator):
    """Positions in groups, one for each direction of work; last those of none."""

    def __iter__(self) -> Iterator[Any]:
        positions = list(self.queryset)
        for direction, name in (*Direction.choices, ("", _("no single direction"))):
            members = [self.choice(position) for position in positions if position.direction == direction]
            if members:
                yield capfirst(name), members


class _PositionChoice(forms.ModelMultipleChoiceField):
    iterator = _ByDirection


class FrameworkForm(forms.Form):
    """Another framework for a plan that nothing is mapped on yet."""

    framework = forms.ModelChoiceField(
        Framework.objects.none(),
        label=_("Framework"),
        empty_label=None,
        widget=forms.Select({"class": "form-select"}),
    )

    def __init__(self, *args: Any, curriculum: Curriculum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["framework"].queryset = Framework.objects.to_choose(curriculum.school)  # type: ignore[attr-defined]


class CurriculumSettingsForm(OpenedForm):
    prepares_for = _PositionChoice(
        Position.objects.none(),
        label=_("Positions it prepares for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what these positions ask for counts as required. With none chosen, all of them count."),
    )
    certifications = forms.ModelMultipleChoiceField(
        Certification.objects.none(),
        label=_("Certificates it prepares for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    demand_sources = forms.ModelMultipleChoiceField(
        DemandSource.objects.none(),
        label=_("Demand sources it is judged by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a source demand is unknown, and nothing is said about how much is enough."),
    )

    class Meta:
        model = Curriculum
        fields = ["prepares_for", "certifications", "demand_sources", "signed_off", "signed_off_because"]
        widgets = {"signed_off_because": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        framework = self.instance.framework
        choices = {
            "prepares_for": framework.positions.all(),
            "certifications": framework.certifications.all(),
            "demand_sources": framework.demand_sources.open_to(self.instance.school).filter(
                kind=DemandSource.Kind.POSTINGS
            ),
        }
        for name, records in choices.items():
            self.fields[name].queryset = records  # type: ignore[attr-defined]
            self.fields[name].disabled = not self.instance.editable
        for name in ("signed_off", "signed_off_because"):
            self.fields[name].disabled = not self.instance.editable

    def clean(self) -> dict[str, Any]:
        """Whoever signs a mapping off that reaches less than half of the hours says why; a committee reads it."""
        cleaned = super().clean() or {}
        unexplained = cleaned.get("signed_off") and not cleaned.get("signed_off_because")
        part = gap_report_for(self.instance).unmapped_part or 0.0 if unexplained else 0.0
        if part > MOST_UNMAPPED:
            asked = _(
                "%(part)s of all theory and practice reach no ability: say why the mapping is complete all the same."
            )
            self.add_error("signed_off_because", asked % {"part": formats.share(part)})
        return cleaned
