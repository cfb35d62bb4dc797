from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from simple_history.models import HistoricalRecords

from competencies.models import (
    PRESENT,
    Bilingual,
    Certification,
    DemandSource,
    Framework,
    FreeText,
    Position,
    PresentManager,
    ReferenceCourse,
    Removable,
)
from curricula.fields.course import COURSE, MODES
from curricula.fields.elective_group import ELECTIVE_GROUP
from curricula.limits import MOST_CODE, MOST_CREDITS, MOST_HOURS

from .of_plan import OfCourses
from .school import Program, School

if TYPE_CHECKING:
    from .loop import Decision, Snapshot

COPIED = "copied"  # the reason in the history of records that a next version took over as they were
HOUR_FIELDS = MODES


def entered(program: object, year: int) -> str:
    """A program and its year of entry in a few words; without a program the year as it is said alone."""
    words = pgettext("program and year of entry", "%(program)s %(year)s")
    return (words % {"program": program, "year": year}).strip()


class CurriculumQuerySet(models.QuerySet["Curriculum"]):
    def newest(self) -> CurriculumQuerySet:
        """Of each program and year its newest version."""
        later = Curriculum.objects.filter(program=OuterRef("program"), year=OuterRef("year"))
        return self.filter(~Exists(later.filter(version__gt=OuterRef("version"))))

    def newest_version(self, *, school: str, program: str, year: int) -> Curriculum | None:
        """With its school, its program and its framework at hand."""
        versions = self.filter(program__school__slug=school, program__slug=program, year=year)
        return versions.select_related("program__school", "framework").order_by("-version").first()


class Curriculum(Removable):
    """A program's plan for one year of entry, in one version."""

    as_today = False  # set on one object in hand: what its records say now, also where it was approved

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")

    program = models.ForeignKey(Program, models.CASCADE, related_name="curricula", verbose_name=_("program"))
    year = models.PositiveIntegerField(_("year of entry"))
    version = models.PositiveIntegerField(_("version"), default=1)
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="curricula", verbose_name=_("framework"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    revises = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="revisions", verbose_name=_("revises")
    )
    prepares_for = models.ManyToManyField(
        Position, blank=True, related_name="curricula", verbose_name=_("positions it prepares for")
    )
    certifications = models.ManyToManyField(
        Certification, blank=True, related_name="curricula", verbose_name=_("certificates it prepares for")
    )
    demand_sources = models.ManyToManyField(
        DemandSource, blank=True, related_name="curricula", verbose_name=_("demand sources it is judged by")
    )
    signed_off = models.BooleanField(
        _("mapping signed off"),
        default=False,
        help_text=_("the mapping is complete: an ability that no course is mapped to is not taught"),
    )
    signed_off_because = FreeText(
        _("reason for signing off"),
        blank=True,
        max_length=1000,
        help_text=_("needed where more than half of the hours reach no ability; printed on every report"),
    )
    created = models.DateTimeField(_("created"), auto_now_add=True)
    changed = models.DateTimeField(_("changed"), auto_now=True)
    objects = PresentManager.from_queryset(CurriculumQuerySet)()
    everything = CurriculumQuerySet.as_manager()
    history = HistoricalRecords(
        m2m_fields=[prepares_for, certifications, demand_sources], excluded_fields=["removed_at", "removed_by"]
    )

    class Meta:
        ordering = ["program", "-year", "-version"]
        verbose_name = _("curriculum")
        verbose_name_plural = _("curricula")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "year", "version"],
                condition=PRESENT,
                name="curriculum_version_is_unique_in_its_program_and_year",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1900, year__lte=2200), name="curriculum_year_is_between_1900_and_2200"
            ),
        ]

    switches: Any = MappingProxyType({})  # those that the address in hand sets, which the links of its page set too

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return self.page("overview")

    @property
    def key(self) -> str:
        return f"{self.program.school.slug}/{self.program.slug}/{self.year}"

    @property
    def name(self) -> str:
        """Program and year of entry, short."""
        return entered(self.program, self.year)

    @property
    def year_of_entry(self) -> str:
        return entered("", self.year)

    @property
    def school(self) -> School:
        return self.program.school

    @property
    def open_sources(self) -> QuerySet[DemandSource]:
        """The sources of demand that count for it: of those it is judged by, what its school may read."""
        return self.demand_sources.open_to(self.program.school_id)

    @property
    def open_posting_sources(self) -> QuerySet[DemandSource]:
        """Those of postings. Positions and mentions of another framework would be read by codes that are the same."""
        return self.open_sources.filter(kind=DemandSource.Kind.POSTINGS, framework=self.framework_id)

    @property
    def closed_sources(self) -> QuerySet[DemandSource]:
        """Those that it named before their owners closed them: they count once they are open again."""
        return self.demand_sources.exclude(pk__in=self.open_sources.values("pk"))

    @property
    def editable(self) -> bool:
        return self.state != self.State.APPROVED

    @cached_property
    def approved_as(self) -> Snapshot | None:
        """What was frozen when it was approved: its report from then on. None for a draft, and as of today."""
        if self.editable or self.as_today:
            return None
        return self.snapshots.light().filter(kind="approval").order_by("-pk").first()

    @property
    def returned(self) -> Decision | None:
        """The decision by which a draft came back from review, where it did."""
        last = self.decisions.select_related("by").last() if self.state == self.State.DRAFT else None
        return last if last is not None and last.kind == "returned" else None

    def page(self, name: str, *args: str | int, **query: Any) -> str:
        """The address of one of the curriculum's pages, with what it asks for and the switches that the reader set."""
        school, program, year = self.key.split("/")
        asked = {**self.switches, **{name: value for name, value in query.items() if value}}
        return reverse(name, args=[school, program, year, *args], query=asked or None)


class ElectiveGroup(models.Model):
    """Courses of which a student takes some; without a rule all of them count, without courses none does."""

    curriculum = models.ForeignKey(
        Curriculum, models.CASCADE, related_name="elective_groups", verbose_name=_("curriculum")
    )
    title = models.CharField(ELECTIVE_GROUP.label_of("title"), max_length=200)
    choose = models.PositiveSmallIntegerField(ELECTIVE_GROUP.label_of("choose"), null=True, blank=True)
    credits = models.FloatField(ELECTIVE_GROUP.label_of("credits"), null=True, blank=True)
    hours = models.FloatField(ELECTIVE_GROUP.label_of("hours"), null=True, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["curriculum", "order", "id"]
        verbose_name = ELECTIVE_GROUP.label
        verbose_name_plural = ELECTIVE_GROUP.plural
        constraints = [
            models.UniqueConstraint(
                fields=["curriculum", "title"], name="elective_group_title_is_unique_in_its_curriculum"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__gt": 0}) | Q(**{f"{name}__isnull": True}),
                    name=f"elective_group_{name}_are_above_0",
                )
                for name in ("choose", "credits", "hours")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Course(Bilingual):
    """A course of one curriculum. Hours are None where the school has not stated them; 0 means none."""

    curriculum = models.ForeignKey(Curriculum, models.CASCADE, related_name="courses", verbose_name=_("curriculum"))
    code = models.CharField(COURSE.label_of("code"), max_length=MOST_CODE)
    description = FreeText(COURSE.label_of("description"), blank=True)
    credits = models.FloatField(COURSE.label_of("credits"), null=True, blank=True)
    credits_max = models.FloatField(COURSE.label_of("credits_max"), null=True, blank=True)
    term = models.PositiveSmallIntegerField(COURSE.label_of("term"), null=True, blank=True)
    term_last = models.PositiveSmallIntegerField(COURSE.label_of("term_last"), null=True, blank=True)
    module = models.CharField(COURSE.label_of("module"), max_length=200, blank=True)
    course_type = models.CharField(COURSE.label_of("course_type"), max_length=200, blank=True)
    required = models.BooleanField(COURSE.label_of("required"), null=True, blank=True)
    department = models.CharField(COURSE.label_of("department"), max_length=200, blank=True)
    examination = models.CharField(COURSE.label_of("examination"), max_length=200, blank=True)
    language_of_instruction = models.CharField(COURSE.label_of("language_of_instruction"), max_length=100, blank=True)
    lecturers = models.JSONField(COURSE.label_of("lecturers"), default=list, blank=True)
    note = FreeText(COURSE.label_of("note"), blank=True)
    total_hours = models.FloatField(COURSE.label_of("total_hours"), null=True, blank=True)
    theory = models.FloatField(COURSE.label_of("theory"), null=True, blank=True)
    demonstration = models.FloatField(COURSE.label_of("demonstration"), null=True, blank=True)
    simulation = models.FloatField(COURSE.label_of("simulation"), null=True, blank=True)
    operation = models.FloatField(COURSE.label_of("operation"), null=True, blank=True)
    assessment = models.FloatField(COURSE.label_of("assessment"), null=True, blank=True)
    experiment_hours = models.FloatField(
        COURSE.label_of("experiment_hours"),
        null=True,
        blank=True,
        help_text=_("the part of simulation that the plan calls experiment"),
    )
    hours_assumed = models.BooleanField(COURSE.label_of("hours_assumed"), default=False)
    elective_group = models.ForeignKey(
        ElectiveGroup,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="courses",
        verbose_name=ELECTIVE_GROUP.label,
    )
    locked = models.BooleanField(
        _("locked"),
        null=True,
        blank=True,
        help_text=_("advice by hours leaves it as it is; empty for what its kind says"),
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["curriculum", "order", "code"]
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.UniqueConstraint(fields=["curriculum", "code"], name="course_code_is_unique_in_its_curriculum"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__gte": 0, f"{name}__lte": MOST_HOURS}) | Q(**{f"{name}__isnull": True}),
                    name=f"course_{name}_hours_are_between_0_and_{MOST_HOURS}",
                )
                for name in HOUR_FIELDS
            ),
            models.CheckConstraint(
                condition=Q(credits__gte=0, credits__lte=MOST_CREDITS) | Q(credits__isnull=True),
                name=f"course_credits_are_between_0_and_{MOST_CREDITS}",
            ),
        ]

    @property
    def hours(self) -> dict[str, float | None]:
        return {mode: getattr(self, mode) for mode in HOUR_FIELDS}

    def get_absolute_url(self) -> str:
        return self.curriculum.page("course", self.pk)


class EquivalenceQuerySet(OfCourses["CourseEquivalence"]):
    pass


class CourseEquivalence(models.Model):
    """A course of the school and the reference course that it offers under its own name."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="equivalences", verbose_name=_("course"))
    reference_course = models.ForeignKey(
        ReferenceCourse, models.CASCADE, related_name="equivalences", verbose_name=_("reference course")
    )

    objects = EquivalenceQuerySet.as_manager()

    class Meta:
        ordering = ["course", "reference_course"]
        verbose_name = _("course equivalence")
        verbose_name_plural = _("course equivalences")
        constraints = [
            models.UniqueConstraint(fields=["course", "reference_course"], name="equivalence_links_two_courses_once")
        ]

    def __str__(self) -> str:
        return f"{self.course} = {self.reference_course}"
