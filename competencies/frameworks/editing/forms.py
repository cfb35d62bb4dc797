from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from competencies.demand.actions.terms import LONGEST_TERM
from competencies.frameworks.codes import code_from
from competencies.frameworks.queries import free_slug
from competencies.models import Ability, Certification, Direction, Framework, Position, Requirement
from competencies.permissions import CURATE, owners_for

from .actions import NamedCourse
from .fields import AbilitiesField, AbilityField, AbilityNames, LinesField
from .queries import possible_areas

_TITLES = ["title_en", "title_zh"]
_MADE_CODE = _("made from the title where it is left empty; files find the record again by it")
_ONE_A_LINE = _("one a line")


class TitledForm(forms.ModelForm):
    """What has a title in one language at least."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("title_en") or cleaned.get("title_zh")) and not self.errors.keys() & set(_TITLES):
            self.add_error("title_en", _("A title is needed, in one language at least."))
        return cleaned


class HeadForm(TitledForm):
    """What is said of a framework as a whole."""

    class Meta:
        model = Framework
        fields = [*_TITLES, "version", "publisher", "licence", "source", "note_en", "note_zh"]
        widgets: ClassVar = {name: forms.Textarea({"rows": 2}) for name in ("source", "note_en", "note_zh")}
        help_texts: ClassVar = {"source": _("where it comes from"), "licence": _("under which terms it may be used")}


class NewFrameworkForm(HeadForm):
    """The title of a framework and whose it is; a copy begins with what is said of the one that it is made of."""

    owner = forms.ModelChoiceField(
        Framework.objects.none(),
        label=_("Belongs to"),
        required=False,
        empty_label=None,
        help_text=_("its members alone see it, until it is published"),
    )

    class Meta(HeadForm.Meta):
        fields = [*_TITLES, "owner", "version", "publisher", "licence", "source"]

    def __init__(self, *args: Any, user: Any, source: Framework | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(_said_of_copy(source) if source else {})
        owner: Any = self.fields["owner"]
        owner.queryset = owners_for(user)
        owner.required = not user.has_perm(CURATE, Framework())
        owner.empty_label = None if owner.required else _("the site, open to all")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        owner = cleaned.get("owner")
        self.instance.slug = free_slug(slugify(cleaned.get("title_en", "")), owner=owner.slug if owner else "")
        self.instance.status = Framework.Status.DRAFT
        return cleaned


def _said_of_copy(source: Framework) -> dict[str, str]:
    said = {name: getattr(source, name) for name in ("title_en", "title_zh", "version", "publisher", "licence")}
    origin = _("Made of “%(framework)s”, version %(version)s, %(publisher)s.")
    words = {"framework": source.title, "version": source.version, "publisher": source.publisher or "–"}
    return said | {"source": str(origin) % words}


class CodedForm(TitledForm):
    """A record of a framework, known by its code."""

    code = forms.CharField(label=_("Code"), max_length=120, required=False, help_text=_MADE_CODE)

    def clean(self) -> dict[str, Any]:
        """The framework is no field of the form, so that Django does not see a code that is there twice."""
        cleaned = super().clean()
        code = cleaned.get("code") or code_from(cleaned.get("title_en") or cleaned.get("title_zh") or "")
        others = type(self.instance).objects.filter(framework=self.instance.framework, code=code)
        if code and others.exclude(pk=self.instance.pk).exists():
            message = _("“%(code)s” is the code of another record of this framework already: choose another code.")
            self.add_error("code", forms.ValidationError(message, code="duplicate_code", params={"code": code}))
        return cleaned | {"code": code}


class AbilityForm(CodedForm):
    terms = LinesField(
        label=_("Search words"),
        required=False,
        longest=LONGEST_TERM,
        help_text=_("by which postings are searched for it, one a line; without any, its demand stays unknown"),
    )

    class Meta:
        model = Ability
        fields = [*_TITLES, "code", "parent", "statement_en", "statement_zh", "kind", "horizon", "citation"]
        widgets: ClassVar = {name: forms.Textarea({"rows": 2}) for name in ("statement_en", "statement_zh")}
        help_texts: ClassVar = {"parent": _("empty for an area itself, and in a framework without areas")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = possible_areas(self.instance)  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["terms"] = [term.text for term in self.instance.terms.order_by("pk")]


class PositionForm(CodedForm):
    title_words = LinesField(
        label=_("Words in job titles"),
        required=False,
        longest=LONGEST_TERM,
        help_text=_("by which a posting's title names the position, one a line"),
    )
    occupations = LinesField(label=_("Occupation codes"), required=False, help_text=_ONE_A_LINE)

    class Meta:
        model = Position
        fields = [*_TITLES, "code", "direction", "degree", "layer", "echelon", "trade_model", "citation"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["title_words"] = [term["text"] for term in self.instance.title_terms]
        self.initial["occupations"] = self.instance.occupation_codes

    @property
    def lists(self) -> dict[str, list[str]]:
        return {"words": self.cleaned_data["title_words"], "occupations": self.cleaned_data["occupations"]}


class RequirementForm(forms.ModelForm):
    class Meta:
        model = Requirement
        fields = ["level", "weight", "statement_en", "statement_zh", "citation"]
        widgets: ClassVar = {name: forms.Textarea({"rows": 1}) for name in ("statement_en", "statement_zh")}

    field_order = ("ability",)

    def __init__(self, *args: Any, names: AbilityNames, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ability"] = AbilityField(names=names, label=_("Ability"))
        self.order_fields(self.field_order)
        self.fields["weight"].min_value = 0  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["ability"] = self.instance.ability
            self.initial["weight"] = f"{self.instance.weight:g}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "level" in self.changed_data:
            self.instance.level_assumed = False
        if "ability" in cleaned:
            self.instance.ability = cleaned["ability"]
        return cleaned

    def clean_weight(self) -> float:
        weight = float(self.cleaned_data["weight"])
        if not 0 < weight < float("inf"):
            raise forms.ValidationError(_("A number above 0 is expected here."))
        return weight


class Removable(forms.BaseFormSet):
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove")


class BaseRequirementForms(Removable, forms.BaseInlineFormSet):  # type: ignore[misc]  # its stubs say less
    """The requirements of one position."""


RequirementForms: Any = forms.inlineformset_factory(
    Position, Requirement, form=RequirementForm, formset=BaseRequirementForms, extra=2
)


class CertificateForm(CodedForm):
    class Meta:
        model = Certification
        fields = [*_TITLES, "code", "degree", "citation"]


class CertificateCourseForm(forms.Form):
    """A course that the certificate names, and the abilities that it stands for."""

    course = forms.CharField(label=_("Course"), max_length=300, widget=forms.TextInput({"list": "courses"}))
    direction = forms.ChoiceField(label=_("Direction"), choices=[("", "–"), *Direction.choices], required=False)

    def __init__(self, *args: Any, names: AbilityNames, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("by code or title, one a line; the same wherever the course is named")
        self.fields["abilities"] = AbilitiesField(
            names=names, label=_("Abilities"), required=False, help_text=help_text
        )

    @property
    def is_wanted(self) -> bool:
        return bool(self.cleaned_data.get("course")) and not self.cleaned_data.get("DELETE")

    @property
    def named_course(self) -> NamedCourse:
        stated = self.cleaned_data
        return NamedCourse(" ".join(stated["course"].split()), stated["direction"], stated["abilities"])


CertificateCourseForms: Any = forms.formset_factory(CertificateCourseForm, formset=Removable, extra=2, can_delete=True)
