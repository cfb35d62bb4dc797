from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .base import person_field
from .framework import Ability, Framework


class OwnTerm(models.Model):
    """A word by which one school finds an ability of a framework of others; it counts for that school's plans only."""

    owner = models.ForeignKey(
        settings.OWNER_MODEL, models.CASCADE, related_name="own_terms", verbose_name=_("belongs to")
    )
    ability = models.ForeignKey(Ability, models.CASCADE, related_name="own_terms", verbose_name=_("ability"))
    text = models.CharField(_("text"), max_length=200)
    language = models.CharField(_("language"), max_length=10)
    history = HistoricalRecords()

    class Meta:
        ordering = ["owner", "ability", "language", "text"]
        verbose_name = _("word of one's own")
        verbose_name_plural = _("words of one's own")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "ability", "language", "text"], name="own_term_is_listed_once_for_an_ability"
            )
        ]

    def __str__(self) -> str:
        return self.text


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
    user = person_field(_("user"), blank=True, help_text=_("empty where a file changed it"))
    made = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        ordering = ["-version", "-id"]
        verbose_name = _("change of the vocabulary")
        verbose_name_plural = _("changes of the vocabulary")
        indexes = [models.Index(fields=["framework", "-version"], name="vocabulary_change_by_version")]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_kind_display()} {self.text}"
