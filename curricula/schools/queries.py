from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from curricula.fields.declaration import RecordKind
from curricula.models import Membership, School, school_records


def schools_of(user: Any) -> QuerySet[Membership]:
    """The user's own memberships, each with its school and how much the school holds."""
    return (
        Membership.objects.filter(user=user)
        .select_related("school")
        .annotate(
            programs=Count("school__programs", filter=Q(school__programs__removed_at=None), distinct=True),
            members=Count("school__memberships", distinct=True),
        )
        .order_by("school__slug")
    )


def schools_of_nobody() -> QuerySet[School]:
    """Schools without any member, as the command line makes them."""
    return School.objects.filter(memberships__isnull=True).order_by("slug")


def schools_to_visit(user: Any) -> QuerySet[School]:
    """Schools with members, none of whom the user is."""
    own = Membership.objects.filter(user=user).values("school")
    return School.objects.filter(memberships__isnull=False).exclude(pk__in=own).distinct().order_by("slug")


@dataclass(frozen=True)
class KeptKind:
    """A kind of record, and how many of it a school keeps."""

    kind: RecordKind
    count: int


def kinds_of(school: School) -> list[KeptKind]:
    """One query a kind, whatever they hold."""
    return [KeptKind(model.kind, model.objects.filter(school=school).count()) for model in school_records().values()]
