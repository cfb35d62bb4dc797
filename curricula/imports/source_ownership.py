"""Sources of demand that are not the user's to change: refused when a file is sent, and again when it is saved."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from competencies.models import DemandSource
from competencies.permissions import CHANGE_SOURCE


class ForeignSource(ValueError):
    """The source is not the user's; the message says what to do, and of the source nothing but that it is there."""


def expect_own_source(user: Any, slug: str) -> None:
    """Raises ForeignSource where the slug is that of a source that the user may not change."""
    source = DemandSource.objects.filter(slug=slug).first()
    if source is not None and not user.has_perm(CHANGE_SOURCE, source):
        raise ForeignSource(_("This short name is taken by a source that is not yours to change; choose another one."))
