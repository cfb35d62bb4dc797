"""Schools and their programs are made and saved."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from curricula.models import Membership, Program, School, StaffVisit

ADMINISTRATOR = Membership.Role.ADMINISTRATOR


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


def enter_school(school: School, *, staff: Any, why: str) -> StaffVisit:
    """Staff read the school from now on, until the visit ends; its administrators see that and why."""
    return StaffVisit.objects.create(school=school, user=staff, why=why)
