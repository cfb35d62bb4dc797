from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from competencies.models import DemandSource, person_field

from .curriculum import Curriculum
from .school import School


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def present(self) -> ImportRunQuerySet:
        """Those into something that is not removed."""
        return self.filter(
            Q(curriculum=None) | Q(curriculum__removed_at=None), school__removed_at=None, source__removed_at=None
        )

    def standing(self) -> ImportRunQuerySet:
        return self.filter(undone_at=None)

    def of_same(self, run: ImportRun) -> ImportRunQuerySet:
        """All into the same plan, source, framework, or records of a school."""
        into = {"curriculum": run.curriculum_id, "source": run.source_id, "school": run.school_id}
        if run.curriculum_id or run.source_id:
            return self.filter(**into)
        return self.filter(**into, kind=run.kind, target=run.target)


class ImportRun(models.Model):
    """A file that was saved, with what it changed, so that it can be undone as a whole."""

    user = person_field(_("user"))
    kind = models.CharField(_("kind"), max_length=20)  # a code among the kinds of imports
    name = models.CharField(_("file name"), max_length=300)
    target = models.CharField(_("where it goes"), max_length=320)
    school = models.ForeignKey(School, models.CASCADE, null=True, related_name="+", verbose_name=_("school"))
    curriculum = models.ForeignKey(
        Curriculum, models.CASCADE, null=True, related_name="+", verbose_name=_("curriculum")
    )
    source = models.ForeignKey(
        DemandSource, models.CASCADE, null=True, related_name="+", verbose_name=_("demand source")
    )
    replaced = models.ForeignKey(
        DemandSource, models.SET_NULL, null=True, related_name="+", verbose_name=_("the source that it replaced")
    )
    counts: Any = models.JSONField(_("how much it changed"))
    changes: Any = models.JSONField(_("what it changed"))
    created = models.DateTimeField(_("saved"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone"), null=True)
    undone_by = person_field(_("undone by"))

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.name} → {self.target}"

    def get_absolute_url(self) -> str:
        return reverse("import-run", args=[self.pk])
