from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competencies.frameworks.editing.fields import AbilityField, AbilityNames, named
from competencies.models import Ability

from .carrying import Mapped


class CarryForm(forms.Form):
    """For each ability that plans are mapped on the one to which its mappings go; empty leaves them."""

    def __init__(self, *args: Any, rows: Sequence[Mapped], names: AbilityNames, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            suggested = named(names.found(row.suggested)) if row.suggested else ""
            label = _("Goes over to")
            field = AbilityField(names=names, label=label, required=False, initial=suggested)
            field.widget.attrs["class"] = "form-control"
            self.fields[_name(row)] = field

    def lines(self) -> list[tuple[Mapped, Any]]:
        return [(row, self[_name(row)]) for row in self.rows]

    def targets(self) -> dict[Ability, Ability]:
        stated = {row.ability: self.cleaned_data.get(_name(row)) for row in self.rows}
        return {ability: target for ability, target in stated.items() if target and target != ability}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        targets = self.targets()
        for row in self.rows:
            if row.ability in targets and targets[row.ability] in targets:
                self.add_error(
                    _name(row), _("Its mappings go over to another ability themselves: one step at a time.")
                )
        return cleaned


def _name(row: Mapped) -> str:
    return f"to-{row.ability.pk}"
