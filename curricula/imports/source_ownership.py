"""Sources of demand that are not the user's to change: refused when a file is sent, and again when it is saved."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from competencies.models import DemandSource
from competencies.permissions import CHANGE_SOURCE
from curricula.models import PendingImport, School
from curricula.rules import schools_to_import_into


class ForeignSource(ValueError):
    """The source is not the user's; the message says what to do, and of the source nothing but that it is there."""


def expect_own_source(user: Any, slug: str) -> None:
    """Raises ForeignSource where the slug is that of a source that the user may not change."""
    source = DemandSource.objects.filter(slug=slug).first()
    if source is not None and not user.has_perm(CHANGE_SOURCE, source):
        raise ForeignSource(_("This short name is taken by a source that is not yours to change; choose another one."))


def owner_of(pending: PendingImport) -> School | None:
    """The school that something new shall belong to; None for the site."""
    slug = pending.options.get("school")
    return School.objects.get(slug=slug) if slug else None


def expect_owner(pending: PendingImport) -> None:
    """Once more, because rights may have gone since the file was sent. Raises PermissionDenied."""
    slug, user = pending.options.get("school"), pending.user
    if not (schools_to_import_into(user).filter(slug=slug).exists() if slug else user.is_staff):
        raise PermissionDenied
