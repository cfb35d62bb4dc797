"""Files to import: which one, and where it shall go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.demand.forms import PERIOD_HELP, checked_period
from competencies.demand.readers.surveys import LOWEST_ANSWER
from competencies.models import DemandSource, Framework
from competencies.request_numbers import key_of
from curricula.fields.questionnaire import AUDIENCES
from curricula.interchange.aliases import has_chinese
from curricula.models import Curriculum, PendingImport, Questionnaire, School
from curricula.pages import chosen_file
from curricula.queries import curricula_of
from curricula.rules import schools_to_import_into

from .source_ownership import ForeignSource, expect_own_source

NEW = ""
SLUG_ERRORS = {"invalid": _("Only Latin letters, digits, “-” and “_” are possible here, for example e-commerce.")}


def frameworks_to_import_on(user: Any) -> QuerySet[Framework]:
    return Framework.objects.readable_by(user).exclude(status=Framework.Status.ARCHIVED)


def in_its_language(title: str) -> dict[str, str]:
    """The field of a bilingual record that a typed title belongs to."""
    return {"title_zh" if has_chinese(title) else "title_en": title}


class UploadForm(forms.Form):
    """What every kind of upload asks for: the file, and by `settings` where it goes and what is kept beside it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Nothing is saved before you have seen what was found."),
        allow_empty_file=True,  # it gets the reader's own words
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.offer(PendingImport.objects.kept_for(user).filter(pk=key_of(self.data.get("kept")) or 0).first())

    def offer(self, kept: PendingImport | None) -> None:
        """A file that came with choices to be corrected is not asked for again."""
        self.kept = kept
        if kept is not None:
            self.fields["file"].required = False

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload is None and self.kept is not None:
            return SimpleUploadedFile(self.kept.name, bytes(self.kept.content))
        return chosen_file(upload)

    @property
    def settings(self) -> dict[str, Any]:
        """The target, the framework and the options of a PendingImport."""
        raise NotImplementedError


class CurriculumUploadForm(UploadForm):
    # What a new curriculum needs is hidden where the file goes into an existing one.
    use_required_attribute = False
    needed = ("school", "program", "year", "framework")

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = schools_to_import_into(self.user)
        curricula = curricula_of(self.user).filter(program__school__in=schools)
        self.curricula: dict[str, Curriculum] = {curriculum.key: curriculum for curriculum in curricula}
        listed = [(key, f"{key} – {c.name}") for key, c in self.curricula.items()]
        self.fields["target"].choices = [(NEW, _("a new curriculum")), *listed]  # type: ignore[attr-defined]
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        self.fields["framework"].queryset = frameworks_to_import_on(self.user)  # type: ignore[attr-defined]
        for name in self.needed:
            self.fields[name].required = self.data.get("target", NEW) == NEW
            self.fields[name].error_messages["required"] = _("A new curriculum needs this.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        school, framework = cleaned.get("school"), cleaned.get("framework")
        if not cleaned.get("target") and framework and framework.is_closed_to(school):
            self.add_error("framework", _("This framework is the draft of another school; publish it first."))
        return cleaned

    @property
    def settings(self) -> dict[str, Any]:
        """A curriculum stays on the framework that it is mapped on."""
        stated = self.cleaned_data
        key = stated["target"] or f"{stated['school'].slug}/{stated['program']}/{stated['year']}"
        existing = self.curricula.get(key)
        framework = existing.framework if existing else stated["framework"]
        return {"target": key, "framework": framework, "options": {"program_title": stated["program_title"]}}


class RecordUploadForm(UploadForm):
    """A sheet of one kind of record of a school."""

    school = forms.ModelChoiceField(School.objects.none(), label=_("School"), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools_to_import_into(self.user)  # type: ignore[attr-defined]

    @property
    def settings(self) -> dict[str, Any]:
        return {"target": self.cleaned_data["school"].slug}


class QuestionnaireChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} · {obj.school}"


class AnswersUploadForm(UploadForm):
    """Answers to a questionnaire, and whose they are where the file does not say it."""

    questionnaire = QuestionnaireChoice(
        Questionnaire.objects.none(),
        label=_("Questionnaire"),
        empty_label=None,
        error_messages={"required": _("Make a questionnaire first.")},
    )
    audience = forms.ChoiceField(
        label=_("Who answered"), choices=AUDIENCES.choices, help_text=_("where the file does not say it")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Questionnaire.objects.filter(school__in=schools_to_import_into(self.user)).select_related("school")
        self.fields["questionnaire"].queryset = found  # type: ignore[attr-defined]

    @property
    def settings(self) -> dict[str, Any]:
        chosen = self.cleaned_data["questionnaire"]
        return {
            "target": f"{chosen.school.slug}/{chosen.pk}",
            "options": {"audience": self.cleaned_data["audience"]},
        }


class DemandUploadForm(UploadForm):
    """A file for a source of demand; the kinds differ in what is in the file."""

    kind: ClassVar[str]
    helps: ClassVar[Mapping[str, Any]]

    source = forms.SlugField(
        label=_("Source, short name"),
        max_length=100,
        error_messages=SLUG_ERRORS,
        help_text=_("a new name makes a new source; a known one gets what it does not have yet"),
    )
    title = forms.CharField(label=_("Source, title"), max_length=300, required=False)
    school = forms.ModelChoiceField(
        School.objects.none(),
        label=_("Belongs to"),
        required=False,
        empty_label=None,
        help_text=_("its members alone read a new source, until it is published on its page"),
    )
    framework = forms.ModelChoiceField(Framework.objects.none(), label=_("Framework"), empty_label=None)
    collected = forms.DateField(
        label=_("Collected on"),
        initial=timezone.localdate,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    region = forms.CharField(label=_("Region"), max_length=200, required=False)
    licence = forms.CharField(
        label=_("Licence"), max_length=300, required=False, help_text=_("under which terms the data may be used")
    )
    covers = forms.CharField(label=_("Period covered"), max_length=100, required=False, help_text=PERIOD_HELP)
    note = forms.CharField(
        label=_("Coverage"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("which part of the market it shows, and which not; printed on every report"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in self.helps.items():
            self.fields[name].help_text = text
        self.fields["framework"].queryset = frameworks_to_import_on(self.user)  # type: ignore[attr-defined]
        school: Any = self.fields["school"]
        school.queryset = schools_to_import_into(self.user)
        school.required = not self.user.is_staff and len(school.queryset) > 1
        school.empty_label = _("the site, open to all") if self.user.is_staff else None

    def clean_school(self) -> School | None:
        """Who imports into one school only need not say it; only staff leave it empty for the site."""
        return self.cleaned_data["school"] or (None if self.user.is_staff else schools_to_import_into(self.user).get())

    def clean_covers(self) -> str:
        return checked_period(self.cleaned_data["covers"])

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

    @property
    def settings(self) -> dict[str, Any]:
        stated = self.cleaned_data
        options = {name: stated[name] for name in ("title", "region", "licence", "covers", "note")}
        options["collected"] = stated["collected"].isoformat()
        options["school"] = stated["school"].slug if stated["school"] else ""
        options["replace"] = stated.get("replace", False)
        return {"target": stated["source"], "framework": stated["framework"], "options": options}


class PostingsUploadForm(DemandUploadForm):
    kind = DemandSource.Kind.POSTINGS
    replace = forms.BooleanField(
        label=_("In place of the postings that the source holds"),
        required=False,
        help_text=_("a better file: the source goes into the bin, and this one judges the same plans"),
    )
    helps = {
        "framework": _("its terms are looked for in the postings"),
        "collected": _("postings without a date count on this day, and never in a trend"),
    }


class FiguresUploadForm(DemandUploadForm):
    kind = DemandSource.Kind.FIGURES
    helps = {
        "framework": _("its positions are what the figures are about"),
        "collected": _("the day on which the figures were looked up"),
    }


class SurveyUploadForm(DemandUploadForm):
    kind = DemandSource.Kind.SURVEY
    helps = {
        "framework": _("its abilities are what was asked about"),
        "collected": _("the day on which the survey was closed"),
    }
    scale_low = forms.FloatField(label=_("Lowest answer"), required=False)
    scale_high = forms.FloatField(
        label=_("Highest answer"), required=False, help_text=_("of the scale; detected where both are left empty")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        low, high = cleaned.get("scale_low"), cleaned.get("scale_high")
        if (low is None) != (high is None) or (low is not None and high is not None and low >= high):
            self.add_error("scale_high", _("A scale rises from its lowest to its highest answer."))
        if low is not None and low < LOWEST_ANSWER:
            message = _(
                "Needs can be computed only on a scale from 0 on: add the same number to every answer and to both "
                "ends of the scale, so that it begins at 0."
            )
            self.add_error("scale_low", message)
        return cleaned

    @property
    def settings(self) -> dict[str, Any]:
        low, high = self.cleaned_data["scale_low"], self.cleaned_data["scale_high"]
        kept = super().settings
        return kept if low is None else kept | {"options": kept["options"] | {"scale": [low, high]}}


class _PlanChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, curriculum: Any) -> str:
        """The plan as pages name it, with its school: one person may direct plans of several."""
        return f"{curriculum.name} – {curriculum.school}"


class SourceCurriculaForm(forms.Form):
    """Which plans a new source shall judge."""

    curricula = _PlanChoice(
        Curriculum.objects.none(), label=_("Plans to judge by it"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, user: Any, source: DemandSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["curricula"].queryset = (  # type: ignore[attr-defined]
            curricula_of(user)
            .filter(program__school__in=schools_to_import_into(user), framework=source.framework)
            .exclude(state=Curriculum.State.APPROVED)
            .exclude(demand_sources=source)
            .filter(**_who_may_count(source))
        )


def _who_may_count(source: DemandSource) -> dict[str, Any]:
    """A source that is not open to all counts for plans of its own school alone."""
    return {} if source.published or source.owner is None else {"program__school": source.owner}
