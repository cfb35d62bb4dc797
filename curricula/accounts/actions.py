"""Accounts and invitations: made, accepted, withdrawn."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from curricula.models import Invitation, Membership, Profile, School
from curricula.models.account import OPEN_FOR
from curricula.rules import RANK


class NotOpen(ValueError):
    def __init__(self) -> None:
        super().__init__(_("This invitation cannot be used any more. Ask for a new one."))


@transaction.atomic
def invite(school: School, *, role: str, email: str, by: Any, from_industry: bool = False) -> tuple[Invitation, str]:
    """A new invitation and the token of its link; an open one to the same address ends, so that one link works."""
    invitation = Invitation(school=school, role=role, email=email, invited_by=by, from_industry=from_industry)
    token = invitation.give_token(lasts=OPEN_FOR)
    if email:
        school.invitations.open().filter(email__iexact=email).update(revoked=timezone.now())
    invitation.save()
    return invitation, token


def revoke(invitation: Invitation) -> None:
    Invitation.objects.open().filter(pk=invitation.pk).update(revoked=timezone.now())


@transaction.atomic
def accept(token: str, *, user: Any) -> School:
    """The person becomes a member; who is one already keeps the higher role and the mark. Raises NotOpen."""
    held = Invitation.objects.open().by_token(token).select_for_update(of=("self",)).select_related("school").first()
    if held is None:
        raise NotOpen
    offered = {"role": held.role, "from_industry": held.from_industry}
    member, new = Membership.objects.get_or_create(user=user, school=held.school, defaults=offered)
    if not new:
        member.role = max(member.role, held.role, key=RANK.__getitem__)
        member.from_industry |= held.from_industry
        member.save(update_fields=["role", "from_industry"])
    held.accepted, held.accepted_by = timezone.now(), user
    held.save(update_fields=["accepted", "accepted_by"])
    return held.school


@transaction.atomic
def accept_as_new(token: str, **person: Any) -> tuple[User, School]:
    """A new account, and its school. Raises NotOpen."""
    user = new_account(**person)
    return user, accept(token, user=user)


def new_account(*, name: str, email: str, password: str | None, **rights: bool) -> User:
    """An account that reads in the language in which it was made; one without a password comes in elsewhere."""
    user = User.objects.create_user(free_username(email), email, password, first_name=name, **rights)
    Profile.objects.create(user=user, language=get_language() or "")
    return user


def free_username(email: str) -> str:
    """What stands before the @, with a number where others have it already."""
    stem = re.sub(r"[^a-z0-9._-]+", "-", email.partition("@")[0].lower()).strip("-") or "member"
    taken = {
        name.lower() for name in User.objects.filter(username__istartswith=stem).values_list("username", flat=True)
    }
    return next(name for n in range(1, len(taken) + 2) if (name := stem if n == 1 else f"{stem}{n}") not in taken)


@transaction.atomic
def save_profile(user: User, *, name: str, email: str, language: str, time_zone: str) -> None:
    user.first_name, user.email = name, email
    user.save(update_fields=["first_name", "email"])
    Profile.objects.update_or_create(user=user, defaults={"language": language, "time_zone": time_zone})
