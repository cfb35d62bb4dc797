"""Schools and who belongs to them; a school never loses its last administrator."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from curricula.models import Membership, Program, School

ADMINISTRATOR = Membership.Role.ADMINISTRATOR


class LastAdministrator(ValueError):
    def __init__(self) -> None:
        super().__init__(_("A school keeps at least one administrator: give the role to somebody else first."))


class AlreadyMember(ValueError):
    def __init__(self, username: str) -> None:
        super().__init__(_("%(username)s is a member already; change the role in the list.") % {"username": username})


class AlreadyTaken(ValueError):
    def __init__(self) -> None:
        super().__init__(_("The school has members already: one of its administrators can add you."))


@transaction.atomic
def create_school(school: School, *, administrator: Any) -> School:
    """Save a new school, with its first administrator."""
    school.save()
    Membership.objects.create(user=administrator, school=school, role=ADMINISTRATOR)
    return school


@transaction.atomic
def take_school(school: School, *, administrator: Any) -> Membership:
    """The first administrator of a school that the command line made. Raises AlreadyTaken."""
    held = School.objects.select_for_update().get(pk=school.pk)
    if held.memberships.exists():
        raise AlreadyTaken
    return Membership.objects.create(user=administrator, school=held, role=ADMINISTRATOR)


def save_school(school: School) -> None:
    """Save a school's titles and conventions; no figure is computed from them again."""
    school.save()


def save_program(program: Program) -> None:
    """Save a program's titles, host major and degree; no figure is computed from them again."""
    program.save()


@transaction.atomic
def add_member(school: School, *, user: User, role: str) -> Membership:
    """Raises AlreadyMember."""
    membership, made = Membership.objects.get_or_create(user=user, school=school, defaults={"role": role})
    if not made:
        raise AlreadyMember(user.get_username())
    return membership


@transaction.atomic
def change_role(membership: Membership, role: str) -> None:
    """Raises LastAdministrator."""
    if role != ADMINISTRATOR:
        _keep_an_administrator(membership)
    membership.role = role
    Membership.objects.filter(pk=membership.pk).update(role=role)  # who was removed meanwhile does not come back


@transaction.atomic
def remove_member(membership: Membership) -> None:
    """Raises LastAdministrator."""
    _keep_an_administrator(membership)
    membership.delete()


def _keep_an_administrator(membership: Membership) -> None:
    """The school is held meanwhile, so that two administrators cannot remove each other at once."""
    School.objects.select_for_update().get(pk=membership.school_id)
    administrators = Membership.objects.filter(school=membership.school_id, role=ADMINISTRATOR)
    if set(administrators.values_list("pk", flat=True)) == {membership.pk}:
        raise LastAdministrator
