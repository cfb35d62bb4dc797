from __future__ import annotations

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from competencies.models import Ability, FreeText, Level

from .curriculum import Course
from .of_plan import OfCourses


class MappingQuerySet(OfCourses["Mapping"]):
    def own(self) -> MappingQuerySet:
        """The school's own rows, not those of raters."""
        return self.filter(rater="")

    def accepted(self) -> MappingQuerySet:
        return self.filter(state=Mapping.State.ACCEPTED)

    def handed_in(self) -> MappingQuerySet:
        """Without the rows of second raters who are still at it."""
        at_it = apps.get_model("curricula.Rating").objects.filter(
            course=OuterRef("course"), rater=OuterRef("rater"), handed_in=None
        )
        return self.filter(Q(rater="") | ~Exists(at_it))

    def cells(self) -> MappingQuerySet:
        """What the analysis reads: one accepted row of the school for each course and ability."""
        return self.own().accepted()


class Mapping(models.Model):
    """That a course serves an ability.

    The row without a rater is the school's own: accepted, it is what the analysis reads. Rows with a rater
    (a code, never a name) are what that person found alone, and serve the agreement between raters.
    """

    class Provenance(models.TextChoices):
        DECLARED = "declared", _("declared")
        SYLLABUS = "syllabus", _("in the syllabus")
        ASSESSED = "assessed", _("assessed")
        ARTEFACT = "artefact", _("shown by students' work")

    class Strength(models.TextChoices):
        STRONG = "H", _("strong")
        MEDIUM = "M", _("medium")
        WEAK = "L", _("weak")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        DISPUTED = "disputed", _("disputed")

    course = models.ForeignKey(Course, models.CASCADE, related_name="mappings", verbose_name=_("course"))
    ability = models.ForeignKey(Ability, models.PROTECT, related_name="mappings", verbose_name=_("ability"))
    level = models.CharField(_("level"), max_length=1, choices=Level, blank=True)
    strength = models.CharField(
        _("strength of support"),
        max_length=1,
        choices=Strength,
        blank=True,
        help_text=_("how strongly the course serves the ability, which is no level"),
    )
    share = models.FloatField(_("share of the course"), null=True, blank=True)
    weight = models.FloatField(_("weight in the ability"), null=True, blank=True)
    provenance = models.CharField(_("provenance"), max_length=20, choices=Provenance, default=Provenance.DECLARED)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ACCEPTED)
    rater = models.CharField(_("rater"), max_length=60, blank=True)
    evidence = FreeText(_("evidence"), blank=True)

    objects = MappingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["course", "ability", "rater"]
        verbose_name = _("mapping")
        verbose_name_plural = _("mappings")
        constraints = [
            models.UniqueConstraint(fields=["course", "ability", "rater"], name="mapping_is_one_row_a_cell_and_rater"),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1) | Q(share__isnull=True),
                name="mapping_share_between_0_and_1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} → {self.ability}"


def cells_in(mappings: str) -> Q:
    """The same as `MappingQuerySet.cells`, where rows are counted by the path that leads to their mappings."""
    return Q(**{f"{mappings}__rater": "", f"{mappings}__state": Mapping.State.ACCEPTED})
