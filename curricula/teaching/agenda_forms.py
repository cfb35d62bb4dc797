"""What somebody disputes, and what a meeting decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from competencies.models import Ability
from curricula.mapping.forms import LEVELS, cell_from, first_refusal
from curricula.models import Curriculum
from curricula.rater_codes import member_code, rater_code

from .agenda import Item
from .agenda_actions import Decided, Meeting
from .people import PeopleField

UNDECIDED: Final = ""
CHOICES: Final = [(UNDECIDED, _("not decided yet")), *LEVELS]


class DisputeForm(forms.Form):
    ability = forms.ModelChoiceField(queryset=Ability.objects.none())
    disputing = forms.CharField(
        max_length=1000,
        error_messages={"required": _("Say why: whoever decides reads this first.")},
    )

    def __init__(self, *args: Any, curriculum: Curriculum, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["ability"]
        field.queryset = curriculum.framework.abilities.leaves()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        return cleaned | {"note": cleaned.get("disputing", "")}

    sentence = first_refusal


class MeetingForm(forms.Form):
    """Of which meeting what is sent was decided."""

    met_on = forms.DateField(
        label=_("Date of the meeting"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    present = PeopleField(
        queryset=User.objects.none(),
        label=_("Members who were there"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label=_("Others who were there"),
        required=False,
        max_length=500,
        help_text=_("names divided by commas; they are kept as codes"),
    )

    def __init__(self, *args: Any, curriculum: Curriculum, **options: Any) -> None:
        super().__init__(*args, **options)
        self.school = curriculum.school
        field: Any = self.fields["present"]
        field.queryset = User.objects.filter(memberships__school=self.school).order_by("first_name", "username")
        self.initial.setdefault("met_on", timezone.localdate())

    def clean_met_on(self) -> Any:
        day = self.cleaned_data["met_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("A meeting that is still to come has decided nothing."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("present") and not self._others():
            self.add_error("present", _("Say who was there: at least one person."))
        return cleaned

    def _others(self) -> list[str]:
        typed = self.cleaned_data.get("others", "").replace("，", ",").replace("、", ",").replace(";", ",")
        return [name.strip() for name in typed.replace("；", ",").split(",") if name.strip()]

    def meeting(self) -> Meeting:
        members = [member_code(self.school, user) for user in self.cleaned_data["present"]]
        others = [rater_code(self.school, name) for name in self._others()]
        return Meeting(self.cleaned_data["met_on"], [*members, *others])


class CellDecisionForm(forms.Form):
    """What is decided on one item; nothing chosen leaves it on the agenda."""

    level = forms.ChoiceField(label=pgettext_lazy("of a cell", "Decision"), choices=CHOICES, required=False)
    share = forms.FloatField(label=_("Share, %"), min_value=0, max_value=100, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=1000, required=False)

    def __init__(self, data: Any, *, item: Item) -> None:
        super().__init__(data, prefix=item.key, initial={"share": item.share})
        self.item = item
        self.fields["share"].widget.attrs |= {"step": "any", "inputmode": "decimal"}
        for field in self.fields.values():
            css = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs |= {"class": css, "autocomplete": "off"}

    def decided(self) -> Decided | None:
        """None where nothing was decided."""
        stated = self.cleaned_data
        if stated["level"] == UNDECIDED:
            return None
        return Decided(self.item.course, self.item.ability, cell_from(stated), stated["reason"])


def decided_in(forms_of_items: Iterable[CellDecisionForm]) -> Iterator[Decided]:
    for form in forms_of_items:
        found = form.decided()
        if found is not None:
            yield found
