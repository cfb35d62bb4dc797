"""Which framework a file is: a new one of a school or of the site, or a new version of one's own."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from competencies.frameworks.queries import free_slug
from curricula.models import School
from curricula.rules import frameworks_to_change, schools_to_import_into

from .forms import NEW, UploadForm


class FrameworkUploadForm(UploadForm):
    target = forms.ChoiceField(label=_("Framework"), required=False)
    school = forms.ModelChoiceField(
        School.objects.none(),
        label=_("Belongs to"),
        required=False,
        empty_label=None,
        help_text=_("its members alone see a new framework, until it is published on its page"),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        required=False,
        help_text=_("where the file has none, or another one is wanted"),
    )
    version = forms.CharField(
        label=_("Version"), max_length=40, required=False, help_text=_("for example 2026; empty leaves what it was")
    )
    titles_as_terms = forms.BooleanField(
        label=_("Search postings by the titles of abilities, where the file gives no search words"),
        required=False,
        help_text=_("Only short titles help; without search words the demand for an ability stays unknown."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = frameworks_to_change(self.user)
        self.own = {framework.slug: framework for framework in own}
        listed = [(slug, f"{framework.title} ({slug})") for slug, framework in self.own.items()]
        self.fields["target"].choices = [(NEW, _("a new framework")), *listed]  # type: ignore[attr-defined]
        school: Any = self.fields["school"]
        school.queryset = schools_to_import_into(self.user)
        school.empty_label = _("the site, open to all") if self.user.is_staff else None
        school.required = not self.user.is_staff and self.data.get("target", NEW) == NEW

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("target") and (known := self.own.get(self._slug_of_names())):
            message = _("You have a framework “%(framework)s” of this name: choose it here, or type another title.")
            params = {"framework": known.title}
            self.add_error("target", forms.ValidationError(message, code="known_framework", params=params))
        return cleaned

    @property
    def settings(self) -> dict[str, Any]:
        stated = self.cleaned_data
        school = stated["school"].slug if stated["school"] else ""
        target = stated["target"] or free_slug(self._slug_of_names(), owner=school)
        options = {name: stated[name] for name in ("title", "version", "titles_as_terms")}
        return {"target": target, "options": options | {"school": school}}

    def _slug_of_names(self) -> str:
        """Of the title that was typed, or of the file's name."""
        stated = self.cleaned_data
        stem = PurePath(stated["file"].name).stem if stated.get("file") else ""
        return (slugify(stated.get("title", "")) or slugify(stem) or "framework")[:80]
