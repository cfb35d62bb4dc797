"""One form for each kind of edit; what a form holds becomes an edit, and the plan says whether it can take it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curricula.analysis.frames import LEVELS, MODES, CurriculumFrames
from curricula.analysis.gap import Prepared
from curricula.analysis.optimise.constraints import Bounds
from curricula.analysis.scenarios.edits import (
    AddCertificate,
    AddCourse,
    DropCourse,
    Edit,
    JoinCompetition,
    MoveCourse,
    NewMapping,
    RemoveMapping,
    SetHours,
    SetMapping,
)
from curricula.limits import MOST_CODE, MOST_CREDITS, MOST_HOURS, MOST_TERM, MOST_TITLE
from curricula.models import Scenario
from curricula.wording import phrases
from curricula.wording.names import (
    Names,
)

NOT_MAPPED: Final = "none"


class EditForm(forms.Form):
    """Asks about the plan as the edits so far leave it."""

    def __init__(self, *args: Any, frames: CurriculumFrames, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.frames, self.names = frames, names
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField):
                self._choose(name, field)

    def _choose(self, name: str, field: forms.ChoiceField) -> None:
        if name in CHOICES:
            asked = name != "level" and not isinstance(field, forms.MultipleChoiceField)
            field.choices = [*([("", "—")] if asked else []), *CHOICES[name](self.frames, self.names)]

    def edit(self) -> Edit:
        raise NotImplementedError


def _short(hours: float) -> float:
    """16 and not 16.0 in a field."""
    return int(hours) if hours.is_integer() else hours


def _hours_field(mode: str) -> forms.FloatField:
    return forms.FloatField(label=gettext_lazy(phrases.MODES[mode]), required=False, min_value=0, max_value=MOST_HOURS)


def _course_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=gettext_lazy("Course"))


class HoursForm(EditForm):
    course = forms.ChoiceField(widget=forms.HiddenInput)  # chosen before, so that its hours stand in the fields
    shown = forms.CharField(required=False, widget=forms.HiddenInput)  # the same where they do

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for mode in MODES:
            self.fields[mode] = _hours_field(mode)
        present = self._present(str(self.initial.get("course", "")))
        if present:
            self.initial = {**self.initial, **present, "shown": self.initial["course"]}

    def _present(self, course: str) -> dict[str, float | None]:
        if course not in self.frames.courses.index:
            return {}
        row = self.frames.hours.reindex([course]).astype(float).iloc[0]
        return {mode: None if row[mode] != row[mode] else _short(float(row[mode])) for mode in MODES}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self._changed():
            raise forms.ValidationError(_("Change at least one of the hours; an empty field leaves them as they are."))
        return cleaned

    def _changed(self) -> dict[str, float | None]:
        """What differs from the plan; an emptied field says that its hours are not stated."""
        course = self.cleaned_data.get("course", "")
        present, seen = self._present(course), self.cleaned_data.get("shown") == course
        given = {mode: self.cleaned_data.get(mode) for mode in MODES}
        return {
            mode: hours for mode, hours in given.items() if (hours is not None or seen) and hours != present.get(mode)
        }

    def edit(self) -> Edit:
        return SetHours(self.cleaned_data["course"], self._changed())


class NewCourseForm(EditForm):
    reference_course = forms.ChoiceField(
        label=gettext_lazy("Offers the reference course"),
        required=False,
        help_text=gettext_lazy("gives its title and its abilities where you name none"),
    )
    code = forms.CharField(label=gettext_lazy("Code"), max_length=MOST_CODE)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=MOST_TITLE, required=False)
    credits = forms.FloatField(label=gettext_lazy("Credits"), required=False, min_value=0, max_value=MOST_CREDITS)
    term = forms.IntegerField(label=gettext_lazy("Term"), required=False, min_value=1, max_value=MOST_TERM)
    abilities = forms.MultipleChoiceField(label=gettext_lazy("Abilities it serves"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Level of these"), required=False)
    requires = forms.MultipleChoiceField(label=gettext_lazy("Requires"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for mode in MODES:
            self.fields[mode] = _hours_field(mode)
        self.order_fields(["reference_course", "code", "title", "credits", "term", *MODES])

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip()

    def edit(self) -> Edit:
        said = self.cleaned_data
        reference = said["reference_course"] or None
        hours = {mode: said[mode] for mode in MODES if said[mode] is not None}
        return AddCourse(
            code=said["code"],
            title=said["title"] or self.names.reference_courses.get(reference or "", ""),
            credits=said["credits"],
            term=said["term"],
            hours=hours,
            mappings=tuple(
                NewMapping(ability, level=said["level"]) for ability in said["abilities"] or self._of(reference)
            ),
            reference_course=reference,
            requires=tuple(said["requires"]),
        )

    def _of(self, reference: str | None) -> list[str]:
        rows = self.frames.reference_abilities
        served = rows.loc[rows["reference_course"] == reference, "ability"]
        return [ability for ability in dict.fromkeys(served) if ability in self.frames.abilities.index]


class DropForm(EditForm):
    course = _course_field()

    def edit(self) -> Edit:
        return DropCourse(self.cleaned_data["course"])


class MoveForm(EditForm):
    course = _course_field()
    term = forms.IntegerField(
        label=gettext_lazy("To term"),
        required=False,
        min_value=1,
        max_value=MOST_TERM,
        help_text=gettext_lazy("empty leaves the term open"),
    )

    def edit(self) -> Edit:
        return MoveCourse(self.cleaned_data["course"], self.cleaned_data["term"])


class MappingForm(EditForm):
    course = _course_field()
    ability = forms.ChoiceField(label=gettext_lazy("Ability"))
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    share = forms.FloatField(label=gettext_lazy("Share of the course, %"), required=False, min_value=0, max_value=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level = self.fields["level"]
        assert isinstance(level, forms.ChoiceField)  # noqa: S101
        level.choices = [*_levels(self.frames, self.names), (NOT_MAPPED, _("not mapped any more"))]

    def edit(self) -> Edit:
        said = self.cleaned_data
        if said["level"] == NOT_MAPPED:
            return RemoveMapping(said["course"], said["ability"])
        share = None if said["share"] is None else round(said["share"] / 100, 9)
        return SetMapping(said["course"], said["ability"], level=said["level"], share=share)


class CompetitionForm(EditForm):
    course = _course_field()
    title = forms.CharField(label=gettext_lazy("Competition"), max_length=200)
    hours = forms.FloatField(label=gettext_lazy("Hours of operation it adds"), min_value=0, max_value=MOST_HOURS)

    def edit(self) -> Edit:
        return JoinCompetition(**{name: self.cleaned_data[name] for name in ("course", "title", "hours")})


class CertificateForm(EditForm):
    certification = forms.ChoiceField(label=gettext_lazy("Certificate"))

    def edit(self) -> Edit:
        return AddCertificate(self.cleaned_data["certification"])


FORMS: Final[dict[str, type[EditForm]]] = {
    "set_hours": HoursForm,
    "add_course": NewCourseForm,
    "drop_course": DropForm,
    "move_course": MoveForm,
    "set_mapping": MappingForm,
    "join_competition": CompetitionForm,
    "add_certificate": CertificateForm,
}


class ScenarioForm(forms.ModelForm):
    class Meta:
        model = Scenario
        fields = ["title", "note"]
        widgets = {"note": forms.Textarea({"rows": 2})}


Choices = list[tuple[str, str]]


def _bound_field(label: Any, *, most: float = 100_000) -> forms.FloatField:
    return forms.FloatField(label=label, required=False, min_value=0, max_value=most)


class BoundForm(forms.Form):
    """How many credits one term may hold."""

    credits = forms.FloatField(required=False, min_value=0, max_value=1000)


class OptimiseForm(forms.Form):
    """Which abilities to bring into line, and what the plan may hold or lose at most."""

    labels = forms.MultipleChoiceField(
        label=gettext_lazy("All abilities called"), required=False, widget=forms.CheckboxSelectMultiple
    )
    abilities = forms.MultipleChoiceField(label=gettext_lazy("And these abilities"), required=False)
    course_hours = _bound_field(gettext_lazy("Hours of a course at most"))
    course_credits = _bound_field(gettext_lazy("Credits of a course at most"))
    course_loss = _bound_field(gettext_lazy("Loss of a course at most, per cent of its hours"), most=100)
    term_hours = _bound_field(gettext_lazy("Hours of a term at most"))
    term_credits = _bound_field(gettext_lazy("Credits of a term at most"))
    total_change = _bound_field(gettext_lazy("The plan may grow or shrink by, hours"))
    keep_aligned = forms.BooleanField(label=gettext_lazy("Keep what is aligned today"), required=False)

    def __init__(self, *args: Any, prepared: Prepared, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        occurring = set(prepared.judged.table.loc[prepared.judged.table["counted"].astype(bool), "label"])
        offered = [label for label in phrases.LABELS if label in occurring and label not in ("aligned", "outside")]
        self._choose("labels", [(label, phrases.label_text(label)) for label in offered])
        self._choose("abilities", _abilities(prepared.frames, names))

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("labels") and not cleaned.get("abilities"):
            raise forms.ValidationError(_("Choose a label or an ability to bring into line."))
        return cleaned

    def bounds(self) -> Bounds:
        names = ("course_hours", "course_credits", "course_loss", "term_hours", "term_credits", "total_change")
        return Bounds(**{name: self.cleaned_data[name] for name in names})


def _courses(frames: CurriculumFrames, names: Names) -> Choices:
    titles = frames.courses["title"]
    return [(code, f"{code} {names.courses.get(code, titles[code])}".strip()) for code in frames.courses.index]


def _abilities(frames: CurriculumFrames, names: Names) -> Choices:
    return [(code, f"{code} {names.abilities.get(code, '')}".strip()) for code in frames.abilities.index]


def _levels(_frames: CurriculumFrames, _names: Names) -> Choices:
    return [("", _("not stated")), *((level, f"{level} – {phrases.level_text(level)}") for level in LEVELS if level)]


def _references(_frames: CurriculumFrames, names: Names) -> Choices:
    return list(names.reference_courses.items())


def _certificates(frames: CurriculumFrames, names: Names) -> Choices:
    return [(code, title) for code, title in names.certifications.items() if code not in frames.certifications]


CHOICES: Final[dict[str, Any]] = {
    "course": _courses,
    "requires": _courses,
    "ability": _abilities,
    "abilities": _abilities,
    "reference_course": _references,
    "certification": _certificates,
    "level": _levels,
}
