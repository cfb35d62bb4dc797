"""The form of one cell of the matrix: the page's script posts it, and it works without the script."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from competencies.models import Ability, Level
from curricula.analysis.scenarios.edits import is_finite
from curricula.models import Course, Curriculum, Mapping
from curricula.rater_codes import rater_code
from curricula.wording import formats

from .actions import UNKNOWN, Cell, Unknown

NOT_MAPPED = "none"
NO_LEVEL = "mapped"
LEVELS = [
    (NOT_MAPPED, _("not mapped")),
    (NO_LEVEL, _("mapped, level not stated")),
    *((level.value, format_lazy("{} – {}", level.value, level.label)) for level in Level),
]


class _CourseChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.title}"


class _KnownField(forms.JSONField):
    """What a script sends; brackets within brackets without end are no more readable than a broken text."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return None


def _is_share(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and is_finite(value))


def first_refusal(form: forms.BaseForm) -> str:
    """In words."""
    return next((str(error) for errors in form.errors.values() for error in errors), "")


class CellForm(forms.Form):
    course = _CourseChoice(queryset=Course.objects.none(), label=_("Course"), empty_label=None)
    ability = _CourseChoice(queryset=Ability.objects.none(), label=_("Ability"), empty_label=None)
    level = forms.ChoiceField(choices=LEVELS, label=_("Level"))
    share = forms.FloatField(label=_("Share of the course, %"), min_value=0, max_value=100, required=False)
    provenance = forms.ChoiceField(choices=Mapping.Provenance, label=_("Known from"), required=False)
    evidence = forms.CharField(label=_("Evidence"), max_length=2000, required=False)
    rater = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    known = _KnownField(required=False, widget=forms.HiddenInput)
    opened = _KnownField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, curriculum: Curriculum, editable: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = curriculum.school
        self._choices("course").queryset = curriculum.courses.all()
        self._choices("ability").queryset = curriculum.framework.abilities.leaves()
        self.fields["share"].widget.attrs |= {"step": "any", "inputmode": "decimal"}
        for field in self.fields.values():
            # Not `field.disabled`: that would drop what was typed from a form that comes back with its refusal.
            field.widget.attrs |= {"autocomplete": "off"} | ({} if editable else {"disabled": True})

    def offer(self, courses: QuerySet[Course]) -> None:
        """These courses only, once it is known whether what was sent is valid."""
        self._choices("course").queryset = courses

    def _choices(self, name: str) -> forms.ModelChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        return field

    def cell(self) -> Cell | None:
        """What the cell shall hold; None empties it."""
        return cell_from(self.cleaned_data)

    def known_cell(self) -> Cell | Unknown | None:
        """What the page last showed there: as the script says, or the form, which was opened with one cell or none."""
        if "known" in self.data:
            known = self.cleaned_data["known"]
            return cell_from(known) if isinstance(known, dict) else None
        opened = self.cleaned_data["opened"]
        if not isinstance(opened, dict):
            return UNKNOWN
        return cell_from(opened) if opened.get("place") == self.place() else None

    def place(self) -> list[int]:
        return [self.cleaned_data[name].pk for name in ("course", "ability")]

    def seen(self, cell: Cell | None) -> None:
        """What the cell holds is shown now; who sends the form once more wants his own in its place."""
        data: Any = self.data
        self.data = data.copy()
        self.data["opened"] = json.dumps({"place": self.place(), **(written(cell) or {"level": NOT_MAPPED})})  # type: ignore[index]

    def clean_rater(self) -> str:
        return rater_code(self.school, self.cleaned_data["rater"])

    @property
    def coded(self) -> str:
        """The code that took the place of what was typed; "" where that was one."""
        code = str(self.cleaned_data["rater"])
        return "" if code == self.data.get("rater", "").strip() else code

    def clean_opened(self) -> Any:
        return self._readable(self.cleaned_data["opened"])

    def clean_known(self) -> Any:
        return self._readable(self.cleaned_data["known"])

    def _readable(self, known: Any) -> Any:
        if known is not None and not (isinstance(known, dict) and _is_share(known.get("share"))):
            raise forms.ValidationError(_("What the page last showed could not be read; load the page again."))
        return known

    sentence = first_refusal


def cell_from(stated: dict[str, Any]) -> Cell | None:
    """A cell as the form or the script writes it: share in percent, and a word where there is no level."""
    level = stated.get("level")
    if level == NOT_MAPPED:
        return None
    percent = stated.get("share")
    return Cell(
        level="" if level == NO_LEVEL else str(level),
        share=None if percent is None else round(float(percent) / 100, 9),
        provenance=stated.get("provenance") or Mapping.Provenance.DECLARED,
        evidence=str(stated.get("evidence") or ""),
    )


def written(cell: Cell | None) -> dict[str, Any] | None:
    """The cell as the script reads it."""
    if cell is None:
        return None
    return {
        "level": cell.level or NO_LEVEL,
        "share": None if cell.share is None else round(100 * cell.share, 9),
        "provenance": str(cell.provenance),
        "evidence": cell.evidence,
    }


def in_words(cell: Cell | None) -> str:
    """The cell as a sentence names it."""
    stated = written(cell) or {"level": NOT_MAPPED}
    share = "" if cell is None or cell.share is None else formats.share(cell.share)
    return " · ".join(filter(None, (str(dict(LEVELS)[stated["level"]]), share, stated.get("evidence", ""))))
