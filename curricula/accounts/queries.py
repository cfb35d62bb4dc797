from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from curricula.models import Invitation, Membership, School


def members_of(school: School) -> QuerySet[Membership]:
    """Everybody who belongs to a school, by the name they sign in with."""
    return school.memberships.select_related("user", "school").order_by("user__username")


def open_invitations(school: School) -> QuerySet[Invitation]:
    return school.invitations.open().select_related("invited_by", "school")


def first_visit_token() -> str:
    """The same for every process of this installation, because it follows from its key; it is stored nowhere."""
    return salted_hmac("curricula.accounts.first_visit", settings.SECRET_KEY, algorithm="sha256").hexdigest()[:40]


def nobody_is_here() -> bool:
    """Before the first account is made; from then on the token of the first visit opens nothing."""
    return not User.objects.exists()


def may_begin(token: str) -> bool:
    return constant_time_compare(token, first_visit_token()) and nobody_is_here()
