from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .base import Bilingual, in_own_language
from .owned import Owned, PublishableQuerySet


def _code_is_unique(kind: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["framework", "code"], name=f"{kind}_code_is_unique_in_its_framework")


class Level(models.TextChoices):
    INTRODUCED = "I", _("introduced")
    DEVELOPED = "D", _("developed")
    ASSESSED = "A", _("assessed")


class Direction(models.TextChoices):
    TECHNOLOGY = "technology", _("technology development")
    OPERATION = "operation", _("operation and promotion")
    DATA = "data", _("data analysis")


class FrameworkQuerySet(PublishableQuerySet):
    """A school's draft is its members' only; what was published once stays readable, because plans may be on it."""

    published = ~Q(status="draft")

    def to_choose(self, school: Any) -> models.QuerySet[Framework]:
        """What the plans of a school may be put on."""
        return self.open_to(school).exclude(status=Framework.Status.ARCHIVED)


class Framework(Owned, Bilingual):
    """A competency framework: what a field asks of its people, in one version."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    version = models.CharField(_("version"), max_length=40, default="1")
    language = models.CharField(_("language"), max_length=20, default="en")
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PUBLISHED)
    source = models.TextField(_("source"), blank=True)
    sources = models.JSONField(_("cited sources"), default=list, blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    note_zh = models.TextField(_("note in Chinese"), blank=True)
    outside = models.JSONField(_("said by other formats"), default=dict, blank=True)
    vocabulary_version = models.PositiveIntegerField(_("vocabulary version"), default=1)
    changed = models.DateTimeField(_("changed"), auto_now=True)
    note = in_own_language("note")
    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")

    def is_closed_to(self, school: Any) -> bool:
        """It is the draft of another school, or of any where none is named."""
        return self.owner_id is not None and self.status == self.Status.DRAFT and self.owner != school

    @property
    def whose(self) -> str:
        """Whose it is and who may read it, as pages say it."""
        if self.owner is None:
            return gettext("open to all")
        is_draft = self.status == self.Status.DRAFT
        words = gettext("%(school)s, its members only") if is_draft else gettext("%(school)s, published to all")
        return words % {"school": self.owner}

    def get_absolute_url(self) -> str:
        return reverse("framework", args=[self.slug])


class AbilityQuerySet(models.QuerySet["Ability"]):
    def leaves(self) -> AbilityQuerySet:
        """What a course can serve: nobody's parent, and not an empty area of a framework that has areas."""
        with_areas = Ability.objects.filter(parent__isnull=False).values("framework")
        return self.filter(children__isnull=True).filter(Q(parent__isnull=False) | ~Q(framework__in=with_areas))


class Ability(Bilingual):
    """One node of a framework's tree: areas are its upper nodes, leaves are what a course can serve."""

    class Kind(models.TextChoices):
        PROFESSIONAL = "professional", _("professional")
        SOCIAL = "social", _("social")
        METHODOLOGICAL = "methodological", _("methodological")

    class Horizon(models.TextChoices):
        CORE = "core", _("core")
        EMERGING = "emerging", _("emerging")

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="abilities", verbose_name=_("framework"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("area")
    )
    code = models.CharField(_("code"), max_length=120)
    statement_en = models.TextField(_("statement in English"), blank=True)
    statement_zh = models.TextField(_("statement in Chinese"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PROFESSIONAL)
    horizon = models.CharField(_("horizon"), max_length=20, choices=Horizon, default=Horizon.CORE)
    citation = models.CharField(_("citation"), max_length=300, blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    note_zh = models.TextField(_("note in Chinese"), blank=True)
    outside = models.JSONField(_("said by other formats"), default=dict, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    statement, note = in_own_language("statement"), in_own_language("note")
    history = HistoricalRecords()
    objects = AbilityQuerySet.as_manager()

    class Meta:
        ordering = ["framework", "order", "code"]
        verbose_name = _("ability")
        verbose_name_plural = _("abilities")
        constraints = [
            _code_is_unique("ability"),
            models.CheckConstraint(condition=~Q(id=F("parent")), name="ability_is_not_its_own_parent"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("ability", args=[self.framework.slug, self.code])


class AbilityTerm(models.Model):
    """A surface form by which texts mention an ability."""

    ability = models.ForeignKey(Ability, models.CASCADE, related_name="terms", verbose_name=_("ability"))
    text = models.CharField(_("text"), max_length=200)
    language = models.CharField(_("language"), max_length=10)
    history = HistoricalRecords()

    class Meta:
        ordering = ["ability", "language", "text"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(
                fields=["ability", "language", "text"], name="term_is_listed_once_for_an_ability_and_language"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Position(Bilingual):
    """A position in industry that graduates are prepared for."""

    class Layer(models.TextChoices):
        MANAGER = "manager", _("manager")
        SPECIALIST = "specialist", _("specialist")

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="positions", verbose_name=_("framework"))
    code = models.CharField(_("code"), max_length=120)
    direction = models.CharField(_("direction"), max_length=40, choices=Direction, blank=True)
    degree = models.CharField(_("degree"), max_length=40, blank=True)
    layer = models.CharField(_("layer"), max_length=20, choices=Layer, blank=True)
    echelon = models.CharField(_("echelon"), max_length=40, blank=True)
    trade_model = models.CharField(_("trade model"), max_length=40, blank=True)
    occupation_codes = models.JSONField(_("occupation codes"), default=list, blank=True)
    title_terms = models.JSONField(
        _("words in job titles"),
        default=list,
        blank=True,
        help_text=_("by which a posting's title names the position"),
    )
    citation = models.CharField(_("citation"), max_length=300, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["framework", "order", "code"]
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        constraints = [_code_is_unique("position")]

    def get_absolute_url(self) -> str:
        return reverse("position", args=[self.framework.slug, self.code])


class CareerEntry(Bilingual):
    """Where graduates of one degree enter a direction; linked to a position where the titles correspond."""

    framework = models.ForeignKey(
        Framework, models.CASCADE, related_name="career_entries", verbose_name=_("framework")
    )
    position = models.ForeignKey(
        Position,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="career_entries",
        verbose_name=_("position"),
    )
    code = models.CharField(_("code"), max_length=120)
    direction = models.CharField(_("direction"), max_length=40, choices=Direction)
    degree = models.CharField(_("degree"), max_length=40)
    citation = models.CharField(_("citation"), max_length=300, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["framework", "order", "code"]
        verbose_name = _("career entry")
        verbose_name_plural = _("career entries")
        constraints = [_code_is_unique("career_entry")]


class Requirement(models.Model):
    """One item that a position asks for; a compound item stays one requirement with one ability."""

    position = models.ForeignKey(Position, models.CASCADE, related_name="requirements", verbose_name=_("position"))
    ability = models.ForeignKey(Ability, models.CASCADE, related_name="requirements", verbose_name=_("ability"))
    item = models.PositiveIntegerField(_("item"), default=1)
    weight = models.FloatField(_("weight"), default=1)
    level = models.CharField(_("level"), max_length=1, choices=Level, blank=True)
    level_assumed = models.BooleanField(_("level assumed"), default=False)
    statement_en = models.TextField(_("statement in English"), blank=True)
    statement_zh = models.TextField(_("statement in Chinese"), blank=True)
    citation = models.CharField(_("citation"), max_length=300, blank=True)
    statement = in_own_language("statement")
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "item"]
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        constraints = [
            models.CheckConstraint(condition=Q(weight__gt=0), name="requirement_weight_is_above_0"),
            models.UniqueConstraint(fields=["position", "item"], name="requirement_item_is_unique_in_its_position"),
        ]

    def __str__(self) -> str:
        return self.statement


class Certification(Bilingual):
    framework = models.ForeignKey(
        Framework, models.CASCADE, related_name="certifications", verbose_name=_("framework")
    )
    code = models.CharField(_("code"), max_length=120)
    degree = models.CharField(_("degree"), max_length=40, blank=True)
    citation = models.CharField(_("citation"), max_length=300, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["framework", "order", "code"]
        verbose_name = _("certification")
        verbose_name_plural = _("certifications")
        constraints = [_code_is_unique("certification")]


class ReferenceCourse(Bilingual):
    """A course that a paper or a certificate names; schools offer it under names of their own."""

    framework = models.ForeignKey(
        Framework, models.CASCADE, related_name="reference_courses", verbose_name=_("framework")
    )
    code = models.CharField(_("code"), max_length=120)
    citation = models.CharField(_("citation"), max_length=300, blank=True)
    abilities = models.ManyToManyField(
        Ability, related_name="reference_courses", verbose_name=_("abilities"), blank=True
    )
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["framework", "order", "code"]
        verbose_name = _("reference course")
        verbose_name_plural = _("reference courses")
        constraints = [_code_is_unique("reference_course")]


class CertificationCourse(models.Model):
    """One cell entry of a certificate's table: certificate, direction, course."""

    certification = models.ForeignKey(
        Certification, models.CASCADE, related_name="courses", verbose_name=_("certification")
    )
    course = models.ForeignKey(
        ReferenceCourse, models.CASCADE, related_name="certification_courses", verbose_name=_("course")
    )
    direction = models.CharField(_("direction"), max_length=40, choices=Direction, blank=True)
    citation = models.CharField(_("citation"), max_length=300, blank=True)

    class Meta:
        ordering = ["certification", "direction", "id"]
        verbose_name = _("certificate course")
        verbose_name_plural = _("certificate courses")
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "direction", "course"],
                name="certificate_names_a_course_once_in_a_direction",
            )
        ]

    def __str__(self) -> str:
        return f"{self.certification} · {self.course}"


class Crosswalk(models.Model):
    """An ability of one framework and its counterpart in another."""

    class Relation(models.TextChoices):
        EXACT = "exact", _("exact")
        CLOSE = "close", _("close")
        BROADER = "broader", _("broader")
        NARROWER = "narrower", _("narrower")
        RELATED = "related", _("related")

    ability = models.ForeignKey(Ability, models.CASCADE, related_name="crosswalks", verbose_name=_("ability"))
    counterpart = models.ForeignKey(
        Ability, models.CASCADE, related_name="crosswalked_from", verbose_name=_("counterpart")
    )
    relation = models.CharField(_("relation"), max_length=20, choices=Relation)
    citation = models.CharField(_("citation"), max_length=300, blank=True)

    class Meta:
        ordering = ["ability", "counterpart"]
        verbose_name = _("crosswalk")
        verbose_name_plural = _("crosswalks")
        constraints = [
            models.UniqueConstraint(fields=["ability", "counterpart"], name="crosswalk_links_two_abilities_once")
        ]

    def __str__(self) -> str:
        return f"{self.ability} → {self.counterpart}"
