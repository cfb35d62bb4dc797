from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, Final

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models import account_field

from .pending import PendingImport

KEPT_FOR: Final = timedelta(days=1)


def _handle() -> str:
    return uuid.uuid4().hex


class WorkQuerySet(models.QuerySet["Work"]):
    def of(self, user: Any) -> WorkQuerySet:
        return self.filter(user=user)

    def unfinished(self) -> WorkQuerySet:
        return self.filter(state__in=(Work.State.WAITING, Work.State.RUNNING))

    def expired(self) -> WorkQuerySet:
        return self.filter(created__lte=timezone.now() - KEPT_FOR)


class Work(models.Model):
    """What takes longer than a page may wait: done behind it, for the one who asked for it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("at work")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        STOPPED = "stopped", _("stopped")
        FAILED = "failed", _("failed")

    user = account_field("works")
    job = models.CharField(_("job"), max_length=40)  # a code among the jobs
    name = models.CharField(_("name"), max_length=300)  # of the file, as its page names it
    arguments = models.JSONField(_("arguments"), default=dict)
    file = models.ForeignKey(  # the one that is looked into; what was found goes with it
        PendingImport, models.CASCADE, null=True, related_name="works", verbose_name=_("file")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    handle = models.CharField(_("handle"), max_length=32, default=_handle, unique=True)  # of its notes on the way
    back = models.CharField(_("where it was asked for"), max_length=600)
    words = models.TextField(_("why it was not done"), blank=True)
    url = models.CharField(_("where it leads"), max_length=600, blank=True)
    said = models.JSONField(_("what is said there"), default=list, blank=True)
    result = models.BinaryField(_("result"), null=True)
    language = models.CharField(_("language"), max_length=10)
    time_zone = models.CharField(_("time zone"), max_length=64)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    started = models.DateTimeField(_("started"), null=True)
    ended = models.DateTimeField(_("ended"), null=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]
        verbose_name = _("work")
        verbose_name_plural = _("works")
        indexes = [models.Index(fields=["created"], name="work_by_age")]

    def __str__(self) -> str:
        return f"{self.job}: {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("work", args=[self.pk])

    @property
    def is_unfinished(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)
