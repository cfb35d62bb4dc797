"""The only writers of what was chosen for a committee edition and of a school's logo."""

from __future__ import annotations

from django.db import transaction

from curricula.models import CommitteeChoices, School, SchoolLogo

from .logo import drawn_anew


def save_choices(choices: CommitteeChoices) -> CommitteeChoices:
    choices.save()
    return choices


@transaction.atomic
def save_logo(school: School, content: bytes) -> SchoolLogo:
    """In place of the one before. Raises NotAPicture."""
    picture = drawn_anew(content)
    drawn = {"png": picture.png, "width": picture.width, "height": picture.height}
    return SchoolLogo.objects.update_or_create(school=school, defaults=drawn)[0]


def remove_logo(school: School) -> None:
    SchoolLogo.objects.filter(school=school).delete()
