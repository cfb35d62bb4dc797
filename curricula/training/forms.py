"""The form of the thresholds, made from their declaration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from competencies.citations import cited
from curricula.fields.training_rules import BY_NAME, THRESHOLDS, Threshold
from curricula.models import TrainingRules
from curricula.opened import OpenedForm

MOST_WORDS = 100
LONGEST_WORD = 100


class WordsField(forms.CharField):
    """Words, one a line."""

    widget = forms.Textarea({"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list | tuple) else str(value or "").splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in value):
            limits = {"most": MOST_WORDS, "longest": LONGEST_WORD}
            raise forms.ValidationError(_("At most %(most)s lines of %(longest)s letters."), params=limits)


def _field(threshold: Threshold) -> forms.Field:
    common: dict[str, Any] = {"label": capfirst(str(threshold.label)), "help_text": cited(threshold.source)}
    if threshold.unit == "words":
        return WordsField(**common)
    least, most = threshold.limits
    step = {"step": "any"}
    return forms.FloatField(min_value=least, max_value=most, widget=forms.NumberInput(step), **common)


class RulesForm(OpenedForm):
    """What differs from the start is kept; what equals it is not stored, so that a better start reaches the school."""

    class Meta:
        model = TrainingRules
        fields: list[str] = []

    def _stored(self, name: str) -> Any:
        return self.instance.values.get(name, BY_NAME[name].start)

    def changed_values(self) -> dict[str, Any]:
        """The thresholds that differ from where a school starts."""
        said = {each: self.cleaned_data[each.name] for each in THRESHOLDS}
        return {each.name: value for each, value in said.items() if _plain(value) != _plain(each.start)}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, list | tuple) else float(value)


def rules_form(rules: TrainingRules, data: Any = None) -> RulesForm:
    """The form with a field for each threshold; an instance that is not stored yet holds none."""
    fields = {each.name: _field(each) for each in THRESHOLDS}
    initial = {each.name: rules.values.get(each.name, each.start) for each in THRESHOLDS}
    form: RulesForm = type("Form", (RulesForm,), fields)(data, instance=rules, initial=initial)
    return form
