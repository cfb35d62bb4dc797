"""A questionnaire for stakeholders, the links by which it is answered, and answers that name nobody."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from competencies.citations import plain_word
from competencies.models import FreeText, person_field
from curricula.fields.questionnaire import AUDIENCES

from .school import School
from .token_link import TokenLink, TokenLinkQuerySet


class Questionnaire(models.Model):
    """One round of asking; `asked` says by audience how many were asked, where that is known."""

    school = models.ForeignKey(School, models.CASCADE, related_name="questionnaires", verbose_name=_("school"))
    title = models.CharField(_("title"), max_length=200)
    introduction = FreeText(
        _("introduction"), blank=True, max_length=2000, help_text=_("what those who are asked read first")
    )
    asked = models.JSONField(_("how many are asked"), default=dict, blank=True)
    closes = models.DateField(_("closes on"), null=True, blank=True, help_text=_("the last day; empty for no end"))
    created = models.DateTimeField(_("created"), default=timezone.now)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-created", "-id"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return self.named

    def get_absolute_url(self) -> str:
        return reverse("questionnaire", args=[self.school.slug, self.pk])

    @property
    def named(self) -> str:
        """Its title, in the reader's language where it is written in both."""
        return str(plain_word(self.title))

    @property
    def is_open(self) -> bool:
        return self.closes is None or timezone.localdate() <= self.closes


class LinkQuerySet(TokenLinkQuerySet):
    def open(self) -> Self:
        """Those that still take an answer, of schools that are there."""
        today = Q(questionnaire__closes=None) | Q(questionnaire__closes__gte=timezone.localdate())
        unused = Q(single=False) | Q(answers=0)
        return self.filter(
            today, unused, revoked=None, expires__gt=timezone.now(), questionnaire__school__removed_at=None
        )


class QuestionnaireLink(TokenLink):
    """A link that answers without an account; of its secret only the hash is kept.

    An answer does not know its link, so that who handed out a link for one answer cannot look up what was said.
    """

    token_bytes = 24  # shorter to print and to type

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="links", verbose_name=_("questionnaire")
    )
    audience = models.CharField(_("who is asked"), max_length=20, choices=AUDIENCES.choices)
    single = models.BooleanField(_("one answer a link"), default=True)
    created = models.DateTimeField(_("created"), default=timezone.now)
    created_by = person_field(_("made by"))
    revoked = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    answers = models.PositiveIntegerField(_("answers"), default=0)
    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-id"]
        verbose_name = _("link to a questionnaire")
        verbose_name_plural = _("links to questionnaires")
        constraints = [
            models.CheckConstraint(
                condition=Q(single=False) | Q(answers__lte=1), name="link_for_one_answer_takes_one_answer"
            ),
            models.CheckConstraint(condition=Q(expires__gt=F("created")), name="link_expires_after_it_is_made"),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} · {self.get_audience_display()}"


class QuestionnaireAnswer(models.Model):
    """What one person answered: the day, not the minute, and neither the link nor the machine."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="answered", verbose_name=_("questionnaire")
    )
    audience = models.CharField(_("who is asked"), max_length=20, choices=AUDIENCES.choices)
    answers = models.JSONField(_("answers"), default=dict)  # code of the question → yes, no, unsure
    text = FreeText(_("in their own words"), blank=True, max_length=2000)
    answered = models.DateField(_("answered on"), null=True, blank=True)
    number = models.CharField(_("number in the file"), max_length=40, blank=True)

    class Meta:
        ordering = ["questionnaire", "id"]
        verbose_name = _("answer to a questionnaire")
        verbose_name_plural = _("answers to questionnaires")
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"],
                condition=~Q(number=""),
                name="answer_of_a_file_is_listed_once_in_its_questionnaire",
            )
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} · {self.get_audience_display()}"
