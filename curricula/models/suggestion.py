from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from competencies.models import Ability, Level

from .curriculum import Course
from .of_plan import OfCourses


class DecisionQuerySet(OfCourses["SuggestionDecision"]):
    pass


class SuggestionDecision(models.Model):
    """What a person did with an ability that was proposed for a course; what was undone is kept and counts no more."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        CHANGED = "changed", _("accepted with another level")
        REJECTED = "rejected", _("rejected")

    course = models.ForeignKey(Course, models.CASCADE, related_name="suggestion_decisions", verbose_name=_("course"))
    ability = models.ForeignKey(
        Ability, models.CASCADE, related_name="suggestion_decisions", verbose_name=_("ability")
    )
    score = models.FloatField(_("score"))
    tier = models.CharField(_("tier"), max_length=20, blank=True, help_text=_("which tier of suggestions was at work"))
    words = models.JSONField(_("words"), default=list, blank=True, help_text=_("what led to the ability"))
    level_proposed = models.CharField(_("level proposed"), max_length=1, choices=Level, blank=True)
    level_taken = models.CharField(_("level taken"), max_length=1, choices=Level, blank=True)
    decision = models.CharField(_("decision"), max_length=20, choices=Decision)
    undone = models.BooleanField(_("undone"), default=False)
    who = models.CharField(_("decided by"), max_length=150)
    created = models.DateTimeField(_("created"), auto_now_add=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-id"]
        verbose_name = _("decision on a suggestion")
        verbose_name_plural = _("decisions on suggestions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="rejected") | Q(level_taken=""), name="rejected_suggestion_takes_no_level"
            ),
            models.CheckConstraint(
                condition=~Q(decision="accepted") | Q(level_taken=F("level_proposed")),
                name="accepted_suggestion_takes_the_level_proposed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} → {self.ability}: {self.get_decision_display()}"
