"""Files to import: which one, and where it shall go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models import DemandSource, Framework
from curricula.models import Curriculum, School
from curricula.pages import chosen_file
from curricula.queries import curricula_of
from curricula.rules import schools_to_import_into

from .source_ownership import ForeignSource, expect_own_source

NEW = ""
SLUG_ERRORS = {"invalid": _("Only Latin letters, digits, “-” and “_” are possible here, for example e-commerce.")}


class CurriculumUploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A teaching plan, a list of courses, a matrix or a list of mappings, as the school has it: "
            "Excel, CSV, ODS, in Chinese or English. Nothing is saved before you have seen what was found."
        ),
        # An empty file gets the reader's own words.
        allow_empty_file=True,
    )
    target = forms.ChoiceField(label=_("Curriculum"), required=False)
    school = forms.ModelChoiceField(School.objects.none(), label=_("School"), required=False, empty_label=None)
    program = forms.SlugField(
        label=_("Program, short name"),
        max_length=100,
        required=False,
        error_messages=SLUG_ERRORS,
        help_text=_("as it shall stand in addresses, for example e-commerce; one that exists gets a new year"),
    )
    program_title = forms.CharField(
        label=_("Program, title"), max_length=300, required=False, help_text=_("for a new program")
    )
    year = forms.IntegerField(label=_("Year of entry"), min_value=1900, max_value=2200, required=False)
    framework = forms.ModelChoiceField(
        Framework.objects.none(), label=_("Framework"), required=False, empty_label=None
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = schools_to_import_into(user)
        curricula = curricula_of(user).filter(program__school__in=schools)
        self.curricula: dict[str, Curriculum] = {curriculum.key: curriculum for curriculum in curricula}
        listed = [(key, f"{key} – {c.name}") for key, c in self.curricula.items()]
        self.fields["target"].choices = [(NEW, _("a new curriculum")), *listed]  # type: ignore[attr-defined]
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        published = Framework.objects.exclude(status=Framework.Status.ARCHIVED)
        self.fields["framework"].queryset = published  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        return chosen_file(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("target") == NEW and "target" not in self.errors:
            for name in ("school", "program", "year", "framework"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("A new curriculum needs this."))
        return cleaned

    @property
    def target_key(self) -> str:
        """Where the file goes, as school/program/year."""
        stated = self.cleaned_data
        return stated["target"] or f"{stated['school'].slug}/{stated['program']}/{stated['year']}"

    @property
    def existing(self) -> Curriculum | None:
        return self.curricula.get(self.target_key)

    @property
    def target_school(self) -> School:
        existing = self.existing
        return existing.school if existing else self.cleaned_data["school"]

    @property
    def target_framework(self) -> Framework:
        """A curriculum stays on the framework that it is mapped on."""
        existing = self.existing
        return existing.framework if existing else self.cleaned_data["framework"]


class PostingsUploadForm(forms.Form):
    kind = DemandSource.Kind.POSTINGS
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "Job postings with a title or a text in each row; employer, place and date help. Excel, CSV, JSON lines, "
            "under Chinese or English headers. Nothing is saved before you have seen what was found."
        ),
        allow_empty_file=True,
    )
    source = forms.SlugField(
        label=_("Source, short name"),
        max_length=100,
        error_messages=SLUG_ERRORS,
        help_text=_("a new name makes a new source; a known one gets the postings that it does not have yet"),
    )
    title = forms.CharField(label=_("Source, title"), max_length=300, required=False)
    framework = forms.ModelChoiceField(
        Framework.objects.exclude(status=Framework.Status.ARCHIVED),
        label=_("Framework"),
        empty_label=None,
        help_text=_("its terms are looked for in the postings"),
    )
    collected = forms.DateField(
        label=_("Collected on"),
        initial=timezone.localdate,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("postings without a date count on this day, and never in a trend"),
    )
    region = forms.CharField(label=_("Region"), max_length=200, required=False)
    licence = forms.CharField(
        label=_("Licence"), max_length=300, required=False, help_text=_("under which terms the postings may be used")
    )
    note = forms.CharField(
        label=_("Coverage"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("which part of the market it shows, and which not; printed on every report"),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_file(self) -> Any:
        return chosen_file(self.cleaned_data["file"])

    def clean_source(self) -> str:
        slug = self.cleaned_data["source"]
        try:
            expect_own_source(self.user, slug)
        except ForeignSource as refusal:
            raise forms.ValidationError(str(refusal), code="foreign_source") from refusal
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        stored = DemandSource.objects.filter(slug=cleaned.get("source", "")).select_related("framework").first()
        if stored and cleaned.get("framework") and stored.framework != cleaned["framework"]:
            message = _("The source is searched with the framework “%(framework)s”; choose it, or another short name.")
            refusal = forms.ValidationError(
                message, code="other_framework", params={"framework": stored.framework.title}
            )
            self.add_error("framework", refusal)
        if stored and stored.kind != self.kind:
            message = _("The source of this name holds something else: %(kind)s. Choose another short name.")
            refusal = forms.ValidationError(message, code="other_kind", params={"kind": stored.get_kind_display()})
            self.add_error("source", refusal)
        return cleaned


class SourceCurriculaForm(forms.Form):
    """Which plans a new source shall judge."""

    curricula = forms.ModelMultipleChoiceField(
        Curriculum.objects.none(), label=_("Plans to judge by it"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, user: Any, source: DemandSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["curricula"].queryset = (  # type: ignore[attr-defined]
            curricula_of(user)
            .filter(program__school__in=schools_to_import_into(user), framework=source.framework)
            .exclude(state=Curriculum.State.APPROVED)
            .exclude(demand_sources=source)
        )
