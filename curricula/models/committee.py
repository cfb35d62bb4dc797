"""How the committee edition of a plan is made, and the mark of a school that stands on it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from competencies.models import FreeText

from .curriculum import Curriculum
from .school import School

LEAST_WEEKS = 1
MOST_WEEKS = 30


class CommitteeChoices(models.Model):
    """What somebody chose for the edition of one plan; without it every section is printed."""

    curriculum = models.OneToOneField(
        Curriculum, models.CASCADE, related_name="committee_choices", verbose_name=_("curriculum")
    )
    sections = models.JSONField(_("sections"), default=list)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    prepared_by = models.CharField(
        _("prepared by"),
        max_length=200,
        blank=True,
        help_text=_("an office or a group, as it shall stand on the cover"),
    )
    recipients = FreeText(_("recipients"), max_length=1000, blank=True, help_text=_("who receives it, one a line"))
    reason = FreeText(
        _("why this revision"),
        max_length=2000,
        blank=True,
        help_text=_("where nothing is written, what was said when the plan was sent to review"),
    )
    weeks = models.PositiveSmallIntegerField(
        _("weeks of teaching in a term"),
        default=16,
        help_text=_("by which the hours of a term are divided to give hours a week"),
    )
    changed = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("choices for a committee edition")
        verbose_name_plural = _("choices for committee editions")
        constraints = [
            models.CheckConstraint(
                condition=Q(weeks__gte=LEAST_WEEKS, weeks__lte=MOST_WEEKS),
                name="committee_term_has_between_1_and_30_weeks",
            )
        ]

    def __str__(self) -> str:
        return str(self.curriculum)


class SchoolLogo(models.Model):
    """A picture of the school, drawn anew from what was uploaded, so that nothing but its points is kept."""

    school = models.OneToOneField(School, models.CASCADE, related_name="logo", verbose_name=_("school"))
    png = models.BinaryField(_("picture"))
    width = models.PositiveSmallIntegerField(_("width"))
    height = models.PositiveSmallIntegerField(_("height"))
    changed = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("logo of a school")
        verbose_name_plural = _("logos of schools")

    def __str__(self) -> str:
        return str(self.school)
