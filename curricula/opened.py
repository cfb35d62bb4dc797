"""Two people at one form: what each of them changed is kept, and where both changed the same, both are shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curricula.models import Curriculum
from curricula.records.editing import held
from curricula.rules import CurriculumView
from curricula.wording.facts import said

Record = TypeVar("Record", bound=Model)


class OpenedForm(forms.ModelForm):
    """A form that carries what it was opened with; its template writes `form.opened`.

    A field that the person did not change stays as it is stored by now, several choices in one field are taken each
    for itself, and a field that somebody else changed meanwhile is asked about once more. Mix it in before the form.
    Its instance is read while the record is held, so that nobody writes between reading and saving.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            carried = not self.is_bound or self[name].html_initial_name in self.data
            field.show_hidden_initial = carried and not field.disabled

    @property
    def opened(self) -> SafeString:
        """What each field held when the form was opened, unseen."""
        carried = (self[name].as_hidden(only_initial=True) for name, f in self.fields.items() if f.show_hidden_initial)
        return format_html_join("", "{}", ((each,) for each in carried))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, field in self.fields.items():
            if field.show_hidden_initial and name in cleaned:
                cleaned[name] = self._merged(name, field, cleaned[name])
        return cleaned

    def _merged(self, name: str, field: forms.Field, typed: Any) -> Any:
        stored, was, sent = self._stored(name), self._was(name, field), self[name].data
        if isinstance(field, forms.ModelMultipleChoiceField):
            chosen, before = set(typed), set(was)
            return sorted((set(stored) - (before - chosen)) | (chosen - before), key=lambda each: each.pk)
        if not field.has_changed(was, _plain(sent)):
            return stored
        if field.has_changed(was, _plain(field.prepare_value(stored))) and field.has_changed(stored, _plain(sent)):
            self._ask(name, field, stored)
        return typed

    def _stored(self, name: str) -> Any:
        """Several records of one that is not saved yet are none."""
        field = self.instance._meta.get_field(name)
        if field.many_to_many or field.one_to_many:
            return list(getattr(self.instance, name).all()) if self.instance.pk else []
        return _plain(getattr(self.instance, name))

    def _was(self, name: str, field: forms.Field) -> Any:
        """What the form was opened with; nothing where that cannot be read."""
        hidden: Any = field.hidden_widget()
        try:
            return _plain(field.to_python(hidden.value_from_datadict(self.data, {}, self[name].html_initial_name)))
        except forms.ValidationError:
            return [] if isinstance(field, forms.ModelMultipleChoiceField) else None

    def _ask(self, name: str, field: forms.Field, stored: Any) -> None:
        """Show both; sent once more, it is what the person wants in place of the other."""
        message = _("Somebody else changed this meanwhile to: %(value)s. Save again to put yours in its place.")
        self.add_error(name, forms.ValidationError(message % {"value": said(stored)}, code="changed_meanwhile"))
        data: Any = self.data
        self.data = data.copy()
        shown = field.prepare_value(stored)
        self.data[self[name].html_initial_name] = "" if shown is None else str(shown)  # type: ignore[index]


def _plain(value: Any) -> Any:
    """A browser ends lines in its own way, and a form takes no space at the ends."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


@contextmanager
def opening(request: HttpRequest, record: Record) -> Iterator[Record]:
    """The record of a form, read once more and held where the form is sent. Raises Http404 where it is gone."""
    if request.method != "POST" or record.pk is None:
        yield record
        return
    with transaction.atomic():
        yield get_object_or_404(type(record)._default_manager.select_for_update(), pk=record.pk)


def plan_held(view: CurriculumView) -> CurriculumView:
    """Make a view that writes a part of a plan by a form: while that is sent, the plan is held and read once more."""

    @wraps(view)
    def one_at_a_time(request: HttpRequest, curriculum: Curriculum, **rest: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, curriculum, **rest)
        with transaction.atomic():
            held(curriculum)
            curriculum.refresh_from_db(fields=["state", "signed_off", "signed_off_because", "changed"])
            return view(request, curriculum, **rest)

    return one_at_a_time
