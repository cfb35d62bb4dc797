"""What a director says of a questionnaire, how many links are made, and the questionnaire itself."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from curricula.fields.questionnaire import ANSWERS, AUDIENCES, QUESTIONS
from curricula.models import Questionnaire
from curricula.opened import OpenedForm

MOST_LINKS: Final = 200
MOST_DAYS: Final = 180
MOST_ASKED: Final = 1_000_000
_ASKED: Final = "asked_"


class QuestionnaireForm(OpenedForm):
    class Meta:
        model = Questionnaire
        fields = ["title", "introduction", "closes"]
        widgets = {
            "introduction": forms.Textarea({"rows": 3}),
            "closes": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in AUDIENCES.choices:
            self.fields[_ASKED + code] = forms.IntegerField(
                label=_("How many are asked: %(audience)s") % {"audience": label},
                min_value=0,
                max_value=MOST_ASKED,
                required=False,
                initial=self.instance.asked.get(code),
            )

    def save(self, commit: bool = True) -> Any:
        stated = ((code, self.cleaned_data.get(_ASKED + code)) for code, _label in AUDIENCES.choices)
        self.instance.asked = {code: number for code, number in stated if number}
        return super().save(commit)


class LinksForm(forms.Form):
    audience = forms.ChoiceField(label=_("Who is asked"), choices=AUDIENCES.choices)
    single = forms.BooleanField(
        label=_("One answer a link"),
        required=False,
        initial=True,
        help_text=_("Else everybody who has the link answers, and nobody counts who answers twice."),
    )
    count = forms.IntegerField(label=_("Number of links"), min_value=1, max_value=MOST_LINKS, initial=1)
    days = forms.IntegerField(label=_("Open for how many days"), min_value=1, max_value=MOST_DAYS, initial=30)


class AnswerForm(forms.Form):
    """Every question may be passed over; one at least is answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.code] = forms.ChoiceField(
                label=question.text, choices=ANSWERS.choices, required=False, widget=forms.RadioSelect
            )
        self.fields["words"] = forms.CharField(
            label=_("What else should the school know?"),
            required=False,
            max_length=2000,
            widget=forms.Textarea({"rows": 4}),
            help_text=_("Please name nobody. Only those who direct the school read it."),
        )

    @property
    def answers(self) -> dict[str, str]:
        return {each.code: said for each in QUESTIONS if (said := self.cleaned_data.get(each.code))}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(each.code) for each in QUESTIONS):
            raise forms.ValidationError(_("Answer one question at least."))
        return cleaned
