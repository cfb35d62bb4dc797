from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from curricula.fields.training_rules import Thresholds

from .school import School


class TrainingRules(models.Model):
    """The thresholds that a school changed, by their names; what it did not change is not stored."""

    school = models.OneToOneField(
        School, models.CASCADE, related_name="training_rules", verbose_name=_("school"), editable=False
    )
    values = models.JSONField(_("thresholds"), default=dict, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("rules on the conditions of training")
        verbose_name_plural = _("rules on the conditions of training")

    def __str__(self) -> str:
        return str(self.school)

    @classmethod
    def of(cls, school: School) -> Thresholds:
        """The thresholds that hold in a school."""
        return Thresholds(cls.objects.filter(school=school).values_list("values", flat=True).first())
