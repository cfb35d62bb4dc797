from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models import Framework, account_field
from competencies.tabular.choices import Choices

KEPT_FOR = timedelta(days=1)


class PendingQuerySet(models.QuerySet["PendingImport"]):
    def fresh(self) -> PendingQuerySet:
        return self.filter(created__gt=_oldest())

    def of(self, user: Any) -> PendingQuerySet:
        return self.filter(user=user)

    def kept_for(self, user: Any) -> PendingQuerySet:
        """Files that wait until what was chosen beside them is corrected; they go nowhere yet."""
        return self.fresh().of(user).filter(target="")

    def to_preview(self, user: Any) -> PendingQuerySet:
        return self.fresh().of(user).exclude(target="")

    def expired(self) -> PendingQuerySet:
        return self.filter(created__lte=_oldest())


class PendingImport(models.Model):
    """A file between its upload and the decision to save it; only the one who uploaded it ever sees it."""

    at_hand: Any = None  # set on one object in hand: what it was read as when it was sent, by what is chosen now

    user = account_field("pending_imports")
    kind = models.CharField(_("kind"), max_length=20)  # a code among the kinds of imports
    name = models.CharField(_("file name"), max_length=300)
    content = models.BinaryField(_("content"))
    target = models.CharField(
        _("where it goes"),
        max_length=320,
        help_text=_("school/program/year, or the short name of a school or of a demand source"),
    )
    framework = models.ForeignKey(  # none where the records of a school come in
        Framework, models.CASCADE, null=True, related_name="pending_imports", verbose_name=_("framework")
    )
    options = models.JSONField(_("what was chosen beside the file"), default=dict, blank=True)
    created = models.DateTimeField(_("created"), auto_now_add=True)

    objects = PendingQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]
        verbose_name = _("pending import")
        verbose_name_plural = _("pending imports")
        indexes = [models.Index(fields=["created"], name="pending_import_by_age")]

    def __str__(self) -> str:
        return f"{self.name} → {self.target}"

    def get_absolute_url(self) -> str:
        return reverse("import-preview", args=[self.pk])

    @property
    def choices(self) -> Choices:
        """What was said of the file's sheets, columns and words."""
        return Choices.model_validate(self.options.get("choices", {}))

    @property
    def last_time(self) -> Choices:
        """What was chosen for the file before it with these columns."""
        return Choices.model_validate(self.options.get("last_time", {}))

    def choose(self, choices: Choices) -> None:
        self.options["choices"] = choices.model_dump(by_alias=True)
        self.save(update_fields=["options"])

    @property
    def is_long(self) -> bool:
        """Whether it was found to take longer than a page may wait."""
        return bool(self.options.get("long"))

    def take_long(self) -> None:
        self.options["long"] = True
        if self.pk:
            self.save(update_fields=["options"])

    @property
    def chosen_framework(self) -> Framework:
        assert self.framework is not None  # of a kind that asks for one  # noqa: S101
        return self.framework


class ColumnMemory(models.Model):
    """What a school said of a kind of file with these columns, offered for the next one that has them."""

    school = models.ForeignKey("School", models.CASCADE, related_name="column_memories", verbose_name=_("school"))
    kind = models.CharField(_("kind"), max_length=20)
    columns_key = models.CharField(_("columns"), max_length=64)
    choices = models.JSONField(_("what was chosen"))
    changed = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        constraints = [
            models.UniqueConstraint(fields=["school", "kind", "columns_key"], name="a_school_remembers_columns_once")
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.kind}"


def _oldest() -> datetime:
    return timezone.now() - KEPT_FOR
