"""What belongs to a school, or to the site where it names none.

Schools live in `curricula`, which this app does not know: the setting OWNER_MODEL names their model, as
AUTH_USER_MODEL names that of users. It promises a `slug`, a name as its text, and `objects.with_member(user)`.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def owner_model() -> Any:
    return apps.get_model(settings.OWNER_MODEL)


class Owned(models.Model):
    owner = models.ForeignKey(
        settings.OWNER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("belongs to"),
        help_text=_("a school; to the site where it is empty"),
    )

    class Meta:
        abstract = True


class PublishableQuerySet(models.QuerySet[Any]):
    """Records that are the site's, or published to all, or open to the members of their school alone."""

    published = Q(published=True)

    def readable_by(self, user: Any) -> PublishableQuerySet:
        return self._open_to(Q(owner__in=owner_model().objects.with_member(user)))

    def open_to(self, school: Any) -> PublishableQuerySet:
        """What the plans of a school may count, whoever looks at them."""
        return self._open_to(Q(owner=school))

    def _open_to(self, own: Q) -> Any:
        return self.filter(Q(owner=None) | self.published | own).select_related("owner")
