from __future__ import annotations

from typing import Any

from django import forms

from curricula.models import Membership, School


class TieForm(forms.Form):
    """A name in the plans, and the member of the school that it means."""

    name = forms.CharField(max_length=200, strip=False)
    member = forms.ModelChoiceField(queryset=Membership.objects.none(), required=False)

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member: Any = self.fields["member"]
        member.queryset = Membership.objects.filter(school=school)
