"""What an analysis found of a plan, in one row, so that a list of thousands of plans costs one query."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .curriculum import Curriculum


class PlanFigures(models.Model):
    """The figures of one version of a plan as they were last computed. `stamp` says from what.

    A gap is compared with the last time that other abilities were gaps, and not with the last analysis, because that
    is made anew after every cell that somebody writes.
    """

    curriculum = models.OneToOneField(Curriculum, models.CASCADE, related_name="figures", verbose_name=_("curriculum"))
    stamp = models.CharField(_("computed from"), max_length=200)
    made_with = models.CharField(_("made with"), max_length=64)
    computed = models.DateTimeField(_("computed"), default=timezone.now)
    sentences = models.JSONField(_("finding"), default=dict)  # language → sentence
    counts = models.JSONField(_("findings"), default=dict)  # label → abilities
    gaps = models.PositiveIntegerField(_("gaps"), null=True, blank=True)  # None where none can be measured
    aligned = models.PositiveIntegerField(_("aligned"), null=True, blank=True)  # with the gaps, or None
    undecided = models.PositiveIntegerField(_("inconclusive"), null=True, blank=True)
    gap_abilities = models.JSONField(_("abilities with a gap"), default=dict)  # code → language → title
    gaps_before = models.PositiveIntegerField(_("gaps before"), null=True, blank=True)
    opened = models.JSONField(_("gaps opened"), default=dict)
    closed = models.JSONField(_("gaps closed"), default=dict)
    gaps_changed = models.DateTimeField(_("gaps changed"), null=True, blank=True)
    courses = models.PositiveIntegerField(_("courses"), default=0)
    mapped_courses = models.PositiveIntegerField(_("courses mapped"), default=0)
    mapped_part = models.FloatField(_("courses mapped, part"), null=True, blank=True)
    postings = models.PositiveIntegerField(_("postings"), default=0)
    evidence_first = models.DateField(_("evidence from"), null=True, blank=True)
    evidence_last = models.DateField(_("evidence to"), null=True, blank=True)

    class Meta:
        ordering = ["curriculum"]
        verbose_name = _("figures of a plan")
        verbose_name_plural = _("figures of plans")
        indexes = [models.Index(fields=["gaps_changed"], name="plan_figures_by_change")]

    def __str__(self) -> str:
        return str(self.curriculum)

    @property
    def gap_change(self) -> int | None:
        """Gaps more than before; None where there is no before, or no number."""
        if self.gaps is None or self.gaps_before is None or self.gaps_changed is None:
            return None
        return self.gaps - self.gaps_before
