from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .framework import Framework


class VocabularyChange(models.Model):
    """A term that came or went, and the version of the vocabulary that began with it.

    The ability is named by its code, so that the record outlives it.
    """

    class Kind(models.TextChoices):
        ADDED = "added", _("added")
        WITHDRAWN = "withdrawn", _("withdrawn")

    framework = models.ForeignKey(
        Framework, models.CASCADE, related_name="vocabulary_changes", verbose_name=_("framework")
    )
    version = models.PositiveIntegerField(_("vocabulary version"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    ability_code = models.CharField(_("ability"), max_length=120)
    text = models.CharField(_("text"), max_length=200)
    language = models.CharField(_("language"), max_length=10)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("user"),
        help_text=_("empty where a file changed it"),
    )
    made = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        ordering = ["-version", "-id"]
        verbose_name = _("change of the vocabulary")
        verbose_name_plural = _("changes of the vocabulary")
        indexes = [models.Index(fields=["framework", "-version"], name="vocabulary_change_by_version")]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_kind_display()} {self.text}"
