from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from competencies.models import FreeText, person_field

from .curriculum import Curriculum


class Scenario(models.Model):
    """What if: a list of edits to one version of a plan, kept until they become a version of their own."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("proposed")
        APPLIED = "applied", _("applied")
        WITHDRAWN = "withdrawn", _("withdrawn")

    curriculum = models.ForeignKey(Curriculum, models.CASCADE, related_name="scenarios", verbose_name=_("curriculum"))
    title = models.CharField(_("title"), max_length=200)
    edits = models.JSONField(_("edits"), default=list, blank=True, help_text=_("as edit_to_json writes them"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    note = FreeText(_("note"), blank=True)
    created_by = person_field(_("made by"), related="scenarios", blank=True)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    changed = models.DateTimeField(_("changed"), auto_now=True)
    applied_as = models.ForeignKey(
        Curriculum,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="made_of",
        verbose_name=_("the version it became"),
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["-changed", "-id"]
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_as__isnull=True) | Q(state="applied"),
                name="scenario_became_a_version_only_when_applied",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.curriculum.page("scenario", self.pk)

    @property
    def stamp(self) -> str:
        """Which state of the scenario a page showed."""
        return self.changed.isoformat()

    @property
    def editable(self) -> bool:
        return self.state == self.State.DRAFT
