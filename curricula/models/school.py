from __future__ import annotations

import secrets
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from competencies.models import PRESENT, Bilingual, PresentManager, Removable, account_field


def new_salt() -> str:
    """What makes the codes of one school's people its own."""
    return secrets.token_hex(16)


class SchoolManager(PresentManager):
    def with_member(self, user: Any) -> models.QuerySet[School]:
        """Those whose records the user reads: as a member, or as staff who entered it. None for a visitor."""
        if not user.is_authenticated:
            return self.none()
        visited = apps.get_model("curricula.StaffVisit").objects.current(user).values("school")
        member = Membership.objects.filter(user=user).values("school")
        return self.filter(models.Q(pk__in=member) | models.Q(pk__in=visited))


class School(Removable, Bilingual):
    """The owner of curricula; what it records is open to its members only."""

    slug = models.SlugField(_("slug"), max_length=100)
    sample = models.BooleanField(_("invented sample data"), default=False)
    hours_per_week = models.FloatField(
        _("hours in a week of practice"),
        default=16,
        help_text=_("used where a plan counts practice in weeks"),
    )
    # Their names in order; a school that names none has one.
    review_steps = models.JSONField(_("steps of review"), default=list, blank=True)
    keeps_own_codes = models.BooleanField(
        _("keeps its own codes of people"),
        default=False,
        help_text=_("else staff and student numbers are stored as codes that nobody can read back"),
    )
    # Off for a new school, because who teaches a course knows it; on for those from before it could be said.
    faculty_map_all = models.BooleanField(
        _("faculty map every course"),
        default=False,
        help_text=_("else those alone that they teach; directors map every course in any case"),
    )
    students_see_plans = models.BooleanField(
        _("students see approved plans"),
        default=False,
        help_text=_("a public page of each approved plan says which abilities are learnt in which course"),
    )
    person_salt = models.CharField(max_length=64, default=new_salt, editable=False)
    history = HistoricalRecords(excluded_fields=["removed_at", "removed_by", "person_salt"])
    objects = SchoolManager()
    everything = models.Manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        constraints = [
            models.UniqueConstraint(fields=["slug"], condition=PRESENT, name="school_slug_is_unique"),
            models.CheckConstraint(
                condition=Q(hours_per_week__gt=0, hours_per_week__lte=168),
                name="school_week_has_between_0_and_168_hours",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.slug


class MembershipManager(models.Manager["Membership"]):
    """Those in schools that are not removed."""

    def get_queryset(self) -> models.QuerySet[Membership]:
        return super().get_queryset().filter(school__removed_at=None)


class Membership(models.Model):
    """Who may do what with a school's records; each role includes the ones before it."""

    class Role(models.TextChoices):
        VIEWER = "viewer", _("viewer")
        FACULTY = "faculty", _("faculty")
        DIRECTOR = "director", _("director")
        ADMINISTRATOR = "administrator", _("administrator")

    user = account_field("memberships")
    school = models.ForeignKey(School, models.CASCADE, related_name="memberships", verbose_name=_("school"))
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.VIEWER)
    # What such a member comments on a plan is an opinion of industry in its committee edition; it gives no right.
    from_industry = models.BooleanField(_("speaks for industry"), default=False)

    history = HistoricalRecords()
    objects = MembershipManager()

    class Meta:
        ordering = ["school", "user"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "school"], name="membership_gives_one_role_in_a_school")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.school} · {self.get_role_display()}"

    @property
    def directs(self) -> bool:
        return self.role in (self.Role.DIRECTOR, self.Role.ADMINISTRATOR)


class Program(Removable, Bilingual):
    school = models.ForeignKey(School, models.CASCADE, related_name="programs", verbose_name=_("school"))
    slug = models.SlugField(_("slug"), max_length=100)
    host_major = models.CharField(_("host major"), max_length=200, blank=True)
    degree = models.CharField(_("degree"), max_length=100, blank=True)
    objects = PresentManager()
    everything = models.Manager()

    class Meta:
        ordering = ["school", "slug"]
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "slug"], condition=PRESENT, name="program_slug_is_unique_in_its_school"
            )
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("home") + f"#{self.school.slug}-{self.slug}"
