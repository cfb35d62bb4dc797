from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.models import ReferenceCourse
from curricula.course_choice import CourseField, CoursesField, are_listed
from curricula.fields.course import COURSE, MODES
from curricula.fields.elective_group import ELECTIVE_GROUP
from curricula.models import Course, Curriculum, ElectiveGroup, Prerequisite
from curricula.opened import OpenedForm
from curricula.records.forms import RecordForm, form_field, form_fields
from curricula.wording import formats


class CourseForm(OpenedForm, RecordForm):
    """The facts of one course."""

    kind = COURSE

    class Meta:
        model = Course
        fields = form_fields(COURSE)
        formfield_callback = form_field

    def clean_code(self) -> str:
        """The plan is no field of the form, so that Django does not see a code that is there twice."""
        code = str(self.cleaned_data["code"])
        if self.instance.curriculum.courses.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                _("The plan has a course “%(course)s” already: choose another code."), params={"course": code}
            )
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("title_en") or cleaned.get("title_zh")) and not self.errors.keys() & {
            "title_en",
            "title_zh",
        }:
            self.add_error("title_zh", _("A course needs a title, in one language at least."))
        first, last = cleaned.get("term"), cleaned.get("term_last")
        if first and last and last < first:
            self.add_error("term_last", _("The last term cannot be before the first."))
        self._check_hours(cleaned)
        return cleaned

    def _check_hours(self, cleaned: dict[str, Any]) -> None:
        """What a person enters holds together, and is assumed no longer."""
        if not {"total_hours", *MODES}.intersection(self.changed_data):
            return
        total, split = cleaned.get("total_hours"), sum(cleaned.get(mode) or 0 for mode in MODES)
        if total is not None and split > total:
            message = _("The hours by mode add up to %(split)s, which is more than this total.")
            self.add_error("total_hours", message % {"split": formats.hours(split)})
        self.instance.hours_assumed = False


class RequisiteForm(OpenedForm):
    """One prerequisite: a course of the plan, or one outside it by its name."""

    class Meta:
        model = Prerequisite
        fields = ("requires", "external", "kind", "alternative")
        field_classes = {"requires": CourseField}
        widgets = {
            "requires": forms.Select({"class": "form-select", "aria-label": gettext_lazy("course of the plan")}),
            "external": forms.TextInput(
                {
                    "class": "form-control",
                    "aria-label": gettext_lazy("outside the plan"),
                    "placeholder": gettext_lazy("outside the plan"),
                }
            ),
            "kind": forms.Select({"class": "form-select", "aria-label": gettext_lazy("kind")}),
            "alternative": forms.NumberInput(
                {
                    "class": "form-control",
                    "aria-label": gettext_lazy("choice"),
                    "placeholder": gettext_lazy("no."),
                    "min": 0,
                    "max": 99,
                }
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alternative"].initial = None  # an empty row has nothing in it
        self.initial["alternative"] = self.instance.alternative or None

    def clean_alternative(self) -> int:
        return self.cleaned_data["alternative"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("requires")) == bool(cleaned.get("external")) and not self.errors:
            message = _("Choose a course of the plan, or name one outside it: one of the two.")
            self.add_error("requires", message)
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """The constraints on these are checked above and in the set, in words."""
        return super()._get_validation_exclusions() | {"requires", "external"}  # type: ignore[misc] # not in the stubs


class RequisiteForms(forms.BaseInlineFormSet):
    """All prerequisites of one course."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.courses = self.instance.curriculum.courses.exclude(pk=self.instance.pk)
        self.listed = are_listed(self.courses)
        named = self.courses if self.listed else ()
        self.choices = [("", "–"), *((each.pk, f"{each.code} {each.title}") for each in named)]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["requires"].offer(self.courses, listed=self.listed)
        if self.listed:
            form.fields["requires"].choices = self.choices  # read once for all rows
        gone = _("Somebody else removed this prerequisite meanwhile: open the course again.")
        form.fields["id"].error_messages["invalid_choice"] = gone

    def clean(self) -> None:
        super().clean()
        kept = [form.cleaned_data for form in self.forms if form not in self.deleted_forms and form.is_valid()]
        named = [(each.get("requires") or each.get("external"), each.get("alternative")) for each in kept]
        listed = [each for each in named if each[0]]
        if len(listed) > len(set(listed)):
            raise forms.ValidationError(_("A prerequisite is listed twice: leave one of the two."))

    def validate_unique(self) -> None:
        """Said by `clean` for both kinds."""


RequisiteFormSet = forms.inlineformset_factory(
    Course, Prerequisite, form=RequisiteForm, formset=RequisiteForms, fk_name="course", extra=1
)


class GroupForm(OpenedForm, RecordForm):
    """An elective group and its courses; a course belongs to one group at most."""

    kind = ELECTIVE_GROUP
    courses = CoursesField(
        Course.objects.none(),
        label=capfirst(ELECTIVE_GROUP.label_of("courses")),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("a course that is chosen here leaves the group that it was in"),
    )

    class Meta:
        model = ElectiveGroup
        fields = ["title", "choose", "credits", "hours"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        courses: Any = self.fields["courses"]
        courses.offer(self.instance.curriculum.courses.all())
        courses.initial = self.instance.courses.all() if self.instance.pk else ()

    def clean_title(self) -> str:
        """The plan is no field of the form, so that Django does not see a title that is there twice."""
        title = str(self.cleaned_data["title"])
        if self.instance.curriculum.elective_groups.filter(title=title).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("The plan has an elective group of this title already: choose another."))
        return title


class EquivalenceForm(forms.Form):
    """Which course of the plan, by its code, stands for a reference course; none says that it is not offered."""

    reference_course = forms.ModelChoiceField(ReferenceCourse.objects.none())
    course = forms.ModelChoiceField(Course.objects.none(), to_field_name="code", required=False)

    def __init__(self, curriculum: Curriculum, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference_course"].queryset = curriculum.framework.reference_courses.all()  # type: ignore[attr-defined]
        self.fields["course"].queryset = curriculum.courses.all()  # type: ignore[attr-defined]
