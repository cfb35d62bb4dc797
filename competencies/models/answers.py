"""What employers answered and what statistics count: kept apart from postings, and never added up with them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .demand import DemandSource
from .framework import Ability, Position


def _lies_on_its_scale(rating: str) -> models.CheckConstraint:
    on_scale = Q(**{f"{rating}__gte": F("scale_low"), f"{rating}__lte": F("scale_high")})
    return models.CheckConstraint(
        condition=Q(**{f"{rating}__isnull": True}) | on_scale, name=f"{rating}_lies_on_its_scale"
    )


class SurveyAnswer(models.Model):
    """How important one respondent finds an ability, and how competent the graduates that he or she knows."""

    source = models.ForeignKey(DemandSource, models.CASCADE, related_name="answers", verbose_name=_("source"))
    respondent = models.CharField(_("respondent"), max_length=60, help_text=_("a code, never a name"))
    ability = models.ForeignKey(Ability, models.CASCADE, related_name="answers", verbose_name=_("ability"))
    importance = models.FloatField(_("importance"), null=True, blank=True)
    competence = models.FloatField(_("competence"), null=True, blank=True)
    scale_low = models.FloatField(_("lowest answer"))
    scale_high = models.FloatField(_("highest answer"))

    class Meta:
        ordering = ["source", "respondent", "ability"]
        verbose_name = _("survey answer")
        verbose_name_plural = _("survey answers")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "respondent", "ability"], name="respondent_answers_once_for_an_ability"
            ),
            models.CheckConstraint(condition=Q(scale_low__lt=F("scale_high")), name="survey_scale_rises"),
            models.CheckConstraint(condition=Q(scale_low__gte=0), name="survey_scale_begins_at_0_or_above"),
            models.CheckConstraint(
                condition=Q(importance__isnull=False) | Q(competence__isnull=False),
                name="survey_answer_holds_importance_or_competence",
            ),
            _lies_on_its_scale("importance"),
            _lies_on_its_scale("competence"),
        ]

    def __str__(self) -> str:
        return f"{self.respondent} · {self.ability}"


class OfficialFigure(models.Model):
    """How many openings or graduates somebody counted in a period."""

    class Kind(models.TextChoices):
        OPENINGS = "openings", _("openings")
        GRADUATES = "graduates", _("graduates")

    source = models.ForeignKey(DemandSource, models.CASCADE, related_name="figures", verbose_name=_("source"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    position = models.ForeignKey(
        Position,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("position"),
        help_text=_("empty where the figure is about the whole field"),
    )
    region = models.CharField(_("region"), max_length=200, blank=True)
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    number = models.PositiveBigIntegerField(_("number"))
    citation = models.CharField(_("citation"), max_length=300, blank=True)

    class Meta:
        ordering = ["kind", "-last", "first", "region", "position"]
        verbose_name = _("official figure")
        verbose_name_plural = _("official figures")
        constraints = [
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="figure_begins_before_it_ends"),
            models.UniqueConstraint(
                fields=["source", "kind", "position", "region", "first", "last"],
                name="figure_of_a_position_is_stated_once_for_a_period",
            ),
            # Two rows without a position would not clash above: to a database, nothing equals nothing.
            models.UniqueConstraint(
                fields=["source", "kind", "region", "first", "last"],
                condition=Q(position__isnull=True),
                name="figure_of_the_field_is_stated_once_for_a_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.first:%Y}: {self.number}"
