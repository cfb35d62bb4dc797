"""The feedback loop of a program: what was decided on a plan, what its figures were then, and what was done."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from competencies.citations import plain_word
from competencies.models import FreeText, person_field

from .curriculum import Curriculum
from .of_plan import NeverChanged
from .scenario import Scenario
from .school import Program


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def light(self) -> Self:
        """Without what is frozen, which only the page of one snapshot reads."""
        return self.defer("inputs", "result")


class Snapshot(NeverChanged):
    """What an analysis said of a plan on one day, with everything that it takes to say it again; never changed."""

    class Kind(models.TextChoices):
        BY_HAND = "by_hand", _("made by hand")
        APPROVAL = "approval", _("at approval")

    curriculum = models.ForeignKey(Curriculum, models.CASCADE, related_name="snapshots", verbose_name=_("curriculum"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.BY_HAND)
    note = FreeText(_("note"), blank=True, max_length=1000)
    made_by = person_field(_("made by"), related="snapshots", blank=True)
    created = models.DateTimeField(_("created"), default=timezone.now)
    framework = models.CharField(_("framework"), max_length=100)  # its slug: the framework itself may go
    framework_version = models.CharField(_("version of the framework"), max_length=50, blank=True)
    vocabulary_version = models.PositiveIntegerField(_("version of the search words"), default=0)
    made_with = models.JSONField(_("made with"), default=dict)  # program, method and libraries
    parameters = models.JSONField(_("parameters"), default=dict)
    counts = models.JSONField(_("evidence counts"), default=dict)
    findings = models.JSONField(_("findings"), default=list)  # of each ability that counts, for lists and the loop
    inputs = models.BinaryField(_("inputs"))
    result = models.BinaryField(_("result"))
    digest = models.CharField(_("check sum"), max_length=64)  # of inputs and result

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-id"]
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")

    def __str__(self) -> str:
        return f"{self.curriculum.name} · {timezone.localtime(self.created):%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return self.curriculum.page("snapshot", self.pk)


class Decision(models.Model):
    """One step of a plan's review: who decided what, why, and by which document. It is never changed."""

    class Kind(models.TextChoices):
        SENT = "sent", _("sent to review")
        PASSED = "passed", _("passed")
        RETURNED = "returned", _("returned")
        WITHDRAWN = "withdrawn", _("taken back")

    curriculum = models.ForeignKey(Curriculum, models.CASCADE, related_name="decisions", verbose_name=_("curriculum"))
    kind = models.CharField(_("decision"), max_length=20, choices=Kind)
    step = models.CharField(_("step"), max_length=100, blank=True)
    by = person_field(_("by"), related="decisions", blank=True)
    decided_on = models.DateField(_("date"), default=timezone.localdate)
    reason = FreeText(_("reason"), blank=True, max_length=2000)
    document = models.CharField(
        _("minutes or document number"), max_length=200, blank=True, help_text=_("what a committee would look up")
    )
    alone = models.BooleanField(_("by who sent it, because the school has no other director"), default=False)
    created = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        ordering = ["created", "id"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="returned") | ~Q(reason=""), name="decision_that_returns_a_plan_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return " · ".join(filter(None, (self.step, str(self.get_kind_display()))))


class Action(models.Model):
    """Something that somebody does about a gap of a program; it goes on over its plans and their versions."""

    class Actor(models.TextChoices):
        GOVERNMENT = "government", _("government")
        SCHOOL = "school", _("school")
        ENTERPRISE = "enterprise", _("enterprise")
        INDUSTRY = "industry", _("industry body")
        SOCIETY = "society", _("society")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        UNDER_WAY = "under_way", _("under way")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    class Origin(models.TextChoices):
        BY_HAND = "by_hand", _("entered by hand")
        RECOMMENDATION = "recommendation", _("recommendation")
        SCENARIO = "scenario", _("scenario")
        DISPUTED = "disputed", _("disputed cell")

    program = models.ForeignKey(Program, models.CASCADE, related_name="actions", verbose_name=_("program"))
    title = models.CharField(_("what is done"), max_length=200)
    ability = models.CharField(_("ability"), max_length=100, blank=True)  # codes, which stay in each next version
    course = models.CharField(_("course"), max_length=100, blank=True)
    origin = models.CharField(_("came from"), max_length=20, choices=Origin, default=Origin.BY_HAND)
    scenario = models.ForeignKey(
        Scenario, models.SET_NULL, null=True, blank=True, related_name="actions", verbose_name=_("scenario")
    )
    actor = models.CharField(_("actor"), max_length=20, choices=Actor, default=Actor.SCHOOL)
    owner = person_field(_("in charge"), related="actions", blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    evidence = FreeText(_("evidence"), blank=True, max_length=2000, help_text=_("what shows that it was done"))
    evidence_link = models.URLField(_("link to the evidence"), blank=True)
    note = FreeText(_("note"), blank=True, max_length=2000)
    created = models.DateTimeField(_("created"), default=timezone.now)
    closed_on = models.DateField(_("done or dropped on"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-created", "-id"]
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("done", "dropped"), closed_on__isnull=False)
                | Q(state__in=("open", "under_way"), closed_on__isnull=True),
                name="action_is_closed_on_a_day_once_it_is_done_or_dropped",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def named(self) -> str:
        """What is done, in the reader's language where it is written in both."""
        return plain_word(self.title)

    @property
    def closed(self) -> bool:
        return self.state in (self.State.DONE, self.State.DROPPED)
