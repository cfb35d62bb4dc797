from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import FreeText, person_field

from .curriculum import Curriculum


class EvidenceDone(models.Model):
    """That somebody ticked off a piece of evidence which a plan was asked for, in the words in which it was asked."""

    curriculum = models.ForeignKey(
        Curriculum, models.CASCADE, related_name="evidence_done", verbose_name=_("curriculum")
    )
    step = models.CharField(_("step"), max_length=64)
    told = FreeText(_("what was done"))
    done_at = models.DateTimeField(_("ticked off"), auto_now_add=True)
    done_by = person_field(_("by"))

    class Meta:
        ordering = ["-done_at", "-id"]
        verbose_name = _("evidence collected")
        verbose_name_plural = _("evidence collected")
        constraints = [
            models.UniqueConstraint(fields=["curriculum", "step"], name="evidence_is_ticked_off_once_in_a_curriculum")
        ]

    def __str__(self) -> str:
        return self.told
