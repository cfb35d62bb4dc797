from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .school import Membership, School


class Lecturer(models.Model):
    """That a name in the column of lecturers of a school's plans means one of its members.

    It stays in the school: no report and no export of a plan reads it.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="lecturers", verbose_name=_("school"))
    name = models.CharField(_("name in the plans"), max_length=200)
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="lecturers", verbose_name=_("membership"))

    class Meta:
        ordering = ["school", "name"]
        verbose_name = _("lecturer")
        verbose_name_plural = _("lecturers")
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="lecturer_name_means_one_member")]

    def __str__(self) -> str:
        return self.name
