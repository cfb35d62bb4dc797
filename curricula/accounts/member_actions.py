"""Who belongs to a school; it never loses its last administrator."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curricula.models import Invitation, Membership, School

ADMINISTRATOR = Membership.Role.ADMINISTRATOR


class LastAdministrator(ValueError):
    def __init__(self) -> None:
        super().__init__(_("A school keeps at least one administrator: give the role to somebody else first."))


@transaction.atomic
def change_role(membership: Membership, role: str, *, from_industry: bool = False) -> None:
    """Raises LastAdministrator."""
    if role != ADMINISTRATOR:
        _keep_an_administrator(membership)
    held = Membership.objects.select_for_update().filter(pk=membership.pk).first()
    if held is not None:  # who was removed meanwhile does not come back
        held.role = membership.role = role
        held.from_industry = membership.from_industry = from_industry
        held.save(update_fields=["role", "from_industry"])


@transaction.atomic
def remove_member(membership: Membership) -> None:
    """With the invitations of this person that nobody accepted yet. Raises LastAdministrator."""
    _keep_an_administrator(membership)
    sent = Invitation.objects.open().filter(school=membership.school_id, invited_by=membership.user_id)
    sent.update(revoked=timezone.now())
    membership.delete()


def _keep_an_administrator(membership: Membership) -> None:
    """The school is held meanwhile, so that two administrators cannot remove each other at once."""
    School.objects.select_for_update().get(pk=membership.school_id)
    administrators = Membership.objects.filter(school=membership.school_id, role=ADMINISTRATOR)
    if set(administrators.values_list("pk", flat=True)) == {membership.pk}:
        raise LastAdministrator
