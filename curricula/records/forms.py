"""A form for any kind of record, made from the declaration of its fields."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from curricula.fields.declaration import Field, Place, RecordKind
from curricula.fields.texts import BadValue, is_blank
from curricula.fields.values import PROBLEMS, CourseCode, Money, NameList, Number, Part, SchoolYear, Text
from curricula.interchange.spreadsheet import MAX_TEXT
from curricula.models import SchoolRecord

from .school_records import by_code, course_codes


def form_fields(kind: RecordKind) -> list[str]:
    return [name for field in kind.at(Place.FORM) for name in field.attributes]


class NamesField(forms.CharField):
    """One or several names in one line, as they stand in a file."""

    def prepare_value(self, value: Any) -> Any:
        return NameList().write(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return NameList().read(value or "")


def form_field(column: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    """Lists of names are typed as text; all else is as Django does it, days with the browser's own calendar."""
    if isinstance(column, models.JSONField):
        help_text = column.help_text or _("several are separated by semicolons")
        return NamesField(label=capfirst(column.verbose_name), required=False, help_text=help_text)
    if isinstance(column, models.DateField):
        options["widget"] = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return column.formfield(**options)


class RecordForm(forms.ModelForm):
    """The facts of one record, each refused at its own field by what a file may say too."""

    kind: ClassVar[RecordKind]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.kind.at(Place.FORM):
            self._limit(field)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if early := self.kind.ends_early(cleaned):
            self.add_error(early.name, _("This day comes before the one that it follows."))
        return cleaned

    def _limit(self, field: Field) -> None:
        entry, value = self.fields[field.attributes[0]], field.value
        if isinstance(value, Number | Part | Money):
            most = 1.0 if isinstance(value, Part) else value.most if isinstance(value, Number) else None
            least = value.least if isinstance(value, Number) else 0
            entry.validators += [MinValueValidator(least), *([] if most is None else [MaxValueValidator(most)])]
        if isinstance(value, Text) and value.lines > 1:
            entry.validators.append(MaxLengthValidator(MAX_TEXT))
            entry.widget = forms.Textarea({"rows": value.lines})


class SchoolRecordForm(RecordForm):
    def clean(self) -> dict[str, Any]:
        """The school is no field of the form, so that Django does not see a record that is there twice."""
        cleaned = self._as_a_file_says_it(super().clean())
        school = self.instance.school
        key = {name: cleaned.get(name) or "" for name in self.kind.key}
        others = type(self.instance).objects.filter(school=school, **key).exclude(pk=self.instance.pk)
        if not self.errors and others.exists():
            self.add_error(self.kind.key[0], _("The school has this record already; change that one."))
        return cleaned

    def _as_a_file_says_it(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """Read as in a cell of a file, people as codes, courses by their codes."""
        school = self.instance.school
        for field in self.kind.at(Place.FORM):
            self._read(field, cleaned)
        cleaned = cleaned if school.keeps_own_codes else self.kind.with_codes(cleaned, school.person_salt)
        named = [field.name for field in self.kind.fields if field.names_courses and cleaned.get(field.name)]
        known = course_codes(school) if named else {}
        return cleaned | {name: by_code(cleaned[name], known) for name in named}

    def _read(self, field: Field, cleaned: dict[str, Any]) -> None:
        """A dash says that nothing is stated; a year has one spelling, and so has a currency."""
        name, value = field.attributes[-1], field.value
        text = cleaned.get(name)
        try:
            if isinstance(value, Money) and cleaned.get(field.attributes[0]) is not None:
                cleaned[name] = value.currency(text or "")
            elif isinstance(value, Text | SchoolYear | CourseCode) and text:
                cleaned[name] = "" if is_blank(text) else value.read(text)
                if field.required and not cleaned[name]:
                    self.add_error(name, self.fields[name].error_messages["required"])
        except BadValue as problem:
            self.add_error(name, PROBLEMS[problem.code] % {"value": text})


def record_form(model: type[SchoolRecord]) -> type[SchoolRecordForm]:
    """The form of any kind of record that schools keep."""
    facts = {"model": model, "fields": form_fields(model.kind), "formfield_callback": form_field}
    return type("Form", (SchoolRecordForm,), {"kind": model.kind, "Meta": type("Meta", (), facts)})
