from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .base import Bilingual, person_field
from .framework import Ability, Framework, Position
from .free_text import FreeText
from .owned import Owned, PublishableQuerySet
from .removable import PRESENT, PresentManager, Removable


class DemandSourceQuerySet(PublishableQuerySet):
    """What is published on a draft is read by those who may read the draft."""

    def _open_to(self, own: Q) -> DemandSourceQuerySet:
        return super()._open_to(own).filter(framework__in=Framework.objects.all()._open_to(own).values("pk"))


class DemandSource(Removable, Owned, Bilingual):
    """Where statements on demand come from, how far they reach, and who may read them."""

    class Kind(models.TextChoices):
        POSTINGS = "postings", _("job postings")
        SURVEY = "survey", _("employer survey")
        FIGURES = "figures", _("official figures")

    slug = models.SlugField(_("slug"), max_length=100)
    framework = models.ForeignKey(
        Framework, models.PROTECT, related_name="demand_sources", verbose_name=_("framework")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.POSTINGS)
    region = models.CharField(_("region"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    collected = models.DateField(_("collected on"))
    covers = models.CharField(_("period covered"), max_length=100, blank=True)
    note = FreeText(_("coverage note"), blank=True)
    sample = models.BooleanField(_("invented sample data"), default=False)
    published = models.BooleanField(_("published to all"), default=False, help_text=_("what is the site's always is"))
    created = models.DateTimeField(_("created"), auto_now_add=True)
    changed = models.DateTimeField(_("changed"), auto_now=True)
    history = HistoricalRecords(excluded_fields=["removed_at", "removed_by"])
    objects = PresentManager.from_queryset(DemandSourceQuerySet)()
    everything = DemandSourceQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("demand source")
        verbose_name_plural = _("demand sources")
        constraints = [models.UniqueConstraint(fields=["slug"], condition=PRESENT, name="source_slug_is_unique")]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("demand-source", args=[self.slug])

    @property
    def whose(self) -> str:
        """Whose it is and who may read it, as pages say it."""
        if self.owner is None:
            return gettext("open to all")
        words = gettext("%(school)s, published to all") if self.published else gettext("%(school)s, its members only")
        return words % {"school": self.owner}


class Posting(models.Model):
    """One advertisement; identical rows are kept once and counted in `copies`."""

    class Education(models.TextChoices):
        """The least that is asked for, rising."""

        NONE = "none", _("no education asked for")
        SECONDARY = "secondary", _("secondary school")
        COLLEGE = "college", _("junior college")
        BACHELOR = "bachelor", _("bachelor")
        MASTER = "master", _("master")
        DOCTOR = "doctor", _("doctorate")

    source = models.ForeignKey(DemandSource, models.CASCADE, related_name="postings", verbose_name=_("source"))
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    title = models.CharField(_("title"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    employer = models.CharField(_("employer"), max_length=300, blank=True)
    region = models.CharField(_("region"), max_length=200, blank=True)
    published = models.DateField(_("published"), null=True, blank=True)
    collected = models.DateField(_("collected on"))
    language = models.CharField(_("language"), max_length=10, blank=True)
    education = models.CharField(_("least education"), max_length=20, choices=Education, blank=True)
    years_low = models.PositiveSmallIntegerField(_("least years of experience"), null=True, blank=True)
    years_high = models.PositiveSmallIntegerField(_("most years of experience"), null=True, blank=True)
    salary = models.CharField(_("salary"), max_length=100, blank=True, help_text=_("as the file has it"))
    salary_low = models.FloatField(_("lowest salary a month"), null=True, blank=True)
    salary_high = models.FloatField(_("highest salary a month"), null=True, blank=True)
    copies = models.PositiveIntegerField(_("identical rows set aside"), default=0)
    near_group = models.CharField(_("near-duplicate group"), max_length=64, blank=True)
    sketch = models.BinaryField(
        _("sketch"), default=b"", help_text=_("by which postings that say nearly the same are found")
    )
    position = models.ForeignKey(
        Position, models.SET_NULL, null=True, blank=True, related_name="postings", verbose_name=_("position")
    )
    position_corrected = models.BooleanField(_("position corrected by a person"), default=False)
    vocabulary_version = models.PositiveIntegerField(_("searched with the vocabulary"), default=1)

    class Meta:
        ordering = ["-published", "id"]
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        constraints = [
            models.UniqueConstraint(fields=["source", "fingerprint"], name="posting_is_kept_once_in_its_source"),
            models.CheckConstraint(condition=~Q(title="") | ~Q(text=""), name="posting_has_a_title_or_a_text"),
        ]
        indexes = [models.Index(fields=["source", "published"], name="posting_by_source_and_date")]

    def __str__(self) -> str:
        return self.title or self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("posting", args=[self.pk])

    @property
    def asks(self) -> bool:
        """Whether it says anything of education, experience or pay."""
        return bool(self.education or self.salary or self.years_high) or self.years_low is not None

    @property
    def experience_text(self) -> str:
        ends = {"low": self.years_low, "high": self.years_high}
        if not self.years_high:
            from_low = ngettext("from %(low)s year", "from %(low)s years", 1 if self.years_low == 1 else 2)
            return from_low % ends if self.years_low else gettext("none asked for")
        return gettext("%(low)s to %(high)s years") % ends

    @property
    def salary_text(self) -> str:
        """What a month pays; "" where the period is not known."""
        ends = [f"{end:,.0f}" for end in (self.salary_low, self.salary_high) if end is not None]
        return gettext("%(pay)s a month") % {"pay": " – ".join(dict.fromkeys(ends))} if ends else ""

    @property
    def terms_found(self) -> list[str]:
        """The words that its mentions were found by, each once, in their order."""
        return list(dict.fromkeys(mention.term for mention in self.mentions.all()))


class PostingMention(models.Model):
    """An ability that a posting mentions, with the words that were found."""

    class Found(models.TextChoices):
        TERM = "term", _("term found in the text")
        PERSON = "person", _("accepted by a person")

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="mentions", verbose_name=_("posting"))
    ability = models.ForeignKey(Ability, models.CASCADE, related_name="mentions", verbose_name=_("ability"))
    term = models.CharField(_("words found"), max_length=200)
    start = models.PositiveIntegerField(_("begins at"), default=0)
    found = models.CharField(_("how found"), max_length=20, choices=Found, default=Found.TERM)
    vocabulary_version = models.PositiveIntegerField(_("vocabulary version"), default=1)

    class Meta:
        ordering = ["posting", "start"]
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(fields=["posting", "ability"], name="mention_counts_an_ability_once_in_a_posting")
        ]

    def __str__(self) -> str:
        return self.term


class PostingCorrection(models.Model):
    """Who gave a posting which position, in place of which, and when."""

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="corrections", verbose_name=_("posting"))
    before = models.ForeignKey(Position, models.SET_NULL, null=True, related_name="+", verbose_name=_("before"))
    after = models.ForeignKey(Position, models.SET_NULL, null=True, related_name="+", verbose_name=_("after"))
    user = person_field(_("user"))
    made = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        ordering = ["-made", "-pk"]
        verbose_name = _("correction of a posting")
        verbose_name_plural = _("corrections of postings")

    def __str__(self) -> str:
        return f"{self.before or '–'} → {self.after or '–'}"
