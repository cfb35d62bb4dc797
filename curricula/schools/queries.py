from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet

from curricula.models import Membership, School


def schools_of(user: Any) -> QuerySet[Membership]:
    """The user's own memberships, each with its school and how much the school holds."""
    return (
        Membership.objects.filter(user=user)
        .select_related("school")
        .annotate(
            programs=Count("school__programs", distinct=True), members=Count("school__memberships", distinct=True)
        )
        .order_by("school__slug")
    )


def schools_of_nobody() -> QuerySet[School]:
    """Schools without any member, as the command line makes them."""
    return School.objects.filter(memberships__isnull=True).order_by("slug")


def members_of(school: School) -> QuerySet[Membership]:
    """Everybody who belongs to a school, by the name they sign in with."""
    return school.memberships.select_related("user", "school").order_by("user__username")
