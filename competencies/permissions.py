"""Who may change what: asked here, granted by those who know schools."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from competencies.models import Framework, owner_model

COLLECT: Final = "competencies.collect"  # bring in evidence of demand; asked of nothing in particular
CURATE: Final = "competencies.curate"  # a framework and its terms
CHANGE_SOURCE: Final = "competencies.change_source"  # its rows, the positions of its postings, who may read it


def expect_may(user: Any, permission: str, record: Any) -> None:
    if not user.has_perm(permission, record):
        raise PermissionDenied


def framework_for(user: Any, slug: str, *, permission: str = "") -> Framework:
    """The framework, for those who may read it; others do not learn of it. Raises Http404 and PermissionDenied."""
    framework = get_object_or_404(Framework.objects.readable_by(user), slug=slug)
    if permission:
        expect_may(user, permission, framework)
    return framework


def owners_for(user: Any) -> QuerySet[Any]:
    """The schools to which a new framework of this user may belong."""
    schools = owner_model().objects.with_member(user)
    return schools.filter(pk__in=[school.pk for school in schools if user.has_perm(CURATE, Framework(owner=school))])
