"""Sources of demand that are not the user's to change: refused when a file is sent, and again when it is saved."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from competencies.models import DemandSource
from curricula.rules import CHANGE_SOURCE


class ForeignSource(ValueError):
    """The source is another school's; the message says what to do."""


def expect_own_source(user: Any, slug: str) -> None:
    """Raises ForeignSource where the slug is that of a source that the user may not change."""
    source = DemandSource.objects.select_related("made_by").filter(slug=slug).first()
    if source is not None and not user.has_perm(CHANGE_SOURCE, source):
        raise ForeignSource(_("This source belongs to another school or judges its plans; choose another short name."))
