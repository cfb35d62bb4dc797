from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from curricula.models import School


class NotOurOwnWords:
    """A password is more than the name of a school or of this program with some digits after it."""

    def __init__(self, min_left: int = 8) -> None:
        self.min_left = min_left

    def validate(self, password: str, user: Any = None) -> None:
        left = _plain(password)
        for name in sorted(_names(), key=len, reverse=True):
            left = left.replace(name, "")
        if left != _plain(password) and len(left) < self.min_left:
            raise ValidationError(self.get_help_text(), code="password_of_our_own_words")

    def get_help_text(self) -> str:
        return _("The password is little more than the name of a school or of this program.")


def _names() -> Iterator[str]:
    yield "talentgap"
    for school in School.objects.all():
        yield from (name for name in map(_plain, (school.slug, school.title_en, school.title_zh)) if len(name) > 3)


def _plain(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())
