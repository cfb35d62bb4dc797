"""What members say to each other about a part of a plan."""

from __future__ import annotations

import re
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models import Ability, FreeText, account_field, person_field
from curricula.limits import MOST_CODE

from .curriculum import Curriculum
from .of_plan import OfPlan
from .scenario import Scenario

STORED_MENTION: Final = re.compile(r"@\[(\d{1,18})\]")  # of a member, by number


class CommentQuerySet(OfPlan):
    def threads(self) -> Self:
        """The first comment of each."""
        return self.filter(begins=None)


class Comment(models.Model):
    """A comment that begins a thread on a course, an ability, a cell, a finding, a scenario or the plan, or answers.

    Members who are mentioned stand in the text as numbers, so that no name stays where its account is forgotten.
    """

    curriculum = models.ForeignKey(Curriculum, models.CASCADE, related_name="comments", verbose_name=_("curriculum"))
    course = models.CharField(_("course"), max_length=MOST_CODE, blank=True)
    ability = models.ForeignKey(
        Ability, models.CASCADE, null=True, blank=True, related_name="comments", verbose_name=_("ability")
    )
    finding = models.BooleanField(_("on the finding"), default=False)
    scenario = models.ForeignKey(
        Scenario, models.CASCADE, null=True, blank=True, related_name="comments", verbose_name=_("scenario")
    )
    begins = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("answers")
    )
    text = FreeText(_("comment"), max_length=4000)
    author = person_field(_("by"))
    created = models.DateTimeField(_("created"), default=timezone.now)
    resolved = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = person_field(_("resolved by"))

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created", "id"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(finding=False) | Q(ability__isnull=False), name="comment_on_a_finding_names_its_ability"
            ),
            models.CheckConstraint(
                condition=Q(begins=None) | Q(resolved=None), name="only_a_thread_as_a_whole_is_resolved"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.curriculum} · {self.created:%Y-%m-%d}"


class CommentNotice(models.Model):
    """That a comment is for somebody to read: it mentions the person, or answers in a thread of his or hers."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="notices", verbose_name=_("comment"))
    user = account_field("comment_notices")
    mentioned = models.BooleanField(_("mentioned"), default=False)
    seen = models.DateTimeField(_("seen"), null=True, blank=True)
    mailed = models.DateTimeField(_("mailed"), null=True, blank=True)

    class Meta:
        ordering = ["-comment__created", "-id"]
        verbose_name = _("notice of a comment")
        verbose_name_plural = _("notices of comments")
        constraints = [models.UniqueConstraint(fields=["comment", "user"], name="comment_is_told_a_person_once")]

    def __str__(self) -> str:
        return f"{self.comment} → {self.user}"
