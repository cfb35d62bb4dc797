"""One form for each kind of edit; what a form holds becomes an edit, and the plan says whether it can take it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curricula.analysis.frames import LEVELS, MODES, CurriculumFrames
from curricula.analysis.optimise.optimiser import Limits
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
from curricula.wording.names import Names

NOT_MAPPED: Final = "none"


class EditForm(forms.Form):
    """Asks about the plan as the edits so far leave it."""

    makes: ClassVar[Any]  # the edit whose fields are the form's, unless the form says otherwise

    def __init__(self, *args: Any, frames: CurriculumFrames, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.frames, self.names = frames, names
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField):
                self._choose(name, field)

    def _choose(self, name: str, field: forms.ChoiceField) -> None:
        if name in CHOICES:
            asked = name != "level" and not isinstance(field, forms.MultipleChoiceField)
            field.choices = [*([("", "–")] if asked else []), *CHOICES[name](self.frames, self.names)]

    def edit(self) -> Edit:
        return self.makes(**self.cleaned_data)


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
    makes = DropCourse
    course = _course_field()


class MoveForm(EditForm):
    makes = MoveCourse
    course = _course_field()
    term = forms.IntegerField(
        label=gettext_lazy("To term"),
        required=False,
        min_value=1,
        max_value=MOST_TERM,
        help_text=gettext_lazy("empty leaves the term open"),
    )


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
    makes = JoinCompetition
    course = _course_field()
    title = forms.CharField(label=gettext_lazy("Competition"), max_length=200)
    hours = forms.FloatField(label=gettext_lazy("Hours of operation it adds"), min_value=0, max_value=MOST_HOURS)


class CertificateForm(EditForm):
    makes = AddCertificate
    certification = forms.ChoiceField(label=gettext_lazy("Certificate"))


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


class BoundForm(forms.Form):
    """How many credits one term may hold."""

    credits = forms.FloatField(required=False, min_value=0, max_value=1000)


def _part(label: Any) -> forms.FloatField:
    return forms.FloatField(label=label, min_value=0, max_value=100)


class LimitsForm(forms.Form):
    """How far a course may change, in per cent; and which abilities it is about."""

    given = _part(gettext_lazy("A course gives to other content at most, per cent of its hours"))
    shifted = _part(gettext_lazy("Theory that becomes practice at most, per cent of a course's hours"))
    carried = _part(gettext_lazy("A course may grow for what it gives at least, per cent of its hours"))
    abilities = forms.MultipleChoiceField(
        label=gettext_lazy("Only these abilities"),
        required=False,
        help_text=gettext_lazy("none chosen: all that are surely short"),
    )

    def __init__(self, data: Any, *, frames: CurriculumFrames, names: Names) -> None:
        shown = {name: _short(100 * part) for name, part in asdict(Limits()).items()}
        super().__init__(data if "given" in data else None, initial=shown)
        field = self.fields["abilities"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = _abilities(frames, names)

    def limits(self) -> Limits:
        return Limits(**{name: self.cleaned_data[name] / 100 for name in asdict(Limits())})


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
