from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from curricula.course_choice import BY_CODE, are_listed
from curricula.evaluation.scenarios import scenarios_of
from curricula.models import Action, Curriculum, Decision, Snapshot
from curricula.opened import OpenedForm


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class DecisionForm(forms.ModelForm):
    """A decision is entered once and never changed."""

    class Meta:
        model = Decision
        fields = ["kind", "reason", "document", "decided_on"]
        widgets = {"kind": forms.HiddenInput(), "reason": forms.Textarea({"rows": 3}), "decided_on": _day()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Decision.Kind.RETURNED and not cleaned.get("reason"):
            self.add_error("reason", _("Say why the plan is returned: whoever wrote it reads this first."))
        return cleaned


class SnapshotForm(forms.ModelForm):
    class Meta:
        model = Snapshot
        fields = ["note"]
        widgets = {"note": forms.Textarea({"rows": 2})}


class ActionForm(OpenedForm):
    """`curriculum` says which abilities, courses and scenarios can be named."""

    ability = forms.ChoiceField(label=_("Ability"), required=False)
    course = forms.ChoiceField(label=_("Course"), required=False)
    evidence_link = forms.URLField(label=_("Link to the evidence"), required=False, assume_scheme="https")

    class Meta:
        model = Action
        fields = [
            *("title", "ability", "course", "actor", "owner", "due", "state", "closed_on"),
            *("evidence", "evidence_link", "origin", "scenario", "note"),
        ]
        widgets = {
            "due": _day(),
            "closed_on": _day(),
            "evidence": forms.Textarea({"rows": 2}),
            "note": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: Any, curriculum: Curriculum, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        for name, records in (("ability", curriculum.framework.abilities), ("course", curriculum.courses)):
            stored = str(getattr(self.instance, name))
            named = {each.code: f"{each.code} {each.title}" for each in records.all()}
            fields[name].choices = [("", "–"), *({stored: stored} | named if stored else named).items()]
        if not are_listed(curriculum.courses.all()):
            fields["course"].widget = forms.TextInput({"placeholder": BY_CODE, "autocomplete": "off"})
        members = Q(memberships__school=curriculum.school) | Q(pk=self.instance.owner_id)
        fields["owner"].queryset = User.objects.filter(members).distinct().order_by("username")
        fields["scenario"].queryset = scenarios_of(curriculum)
