"""The one door to a curriculum's contents: closed once it is approved, held while somebody writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from curricula.models import Curriculum


class ApprovedCurriculum(ValueError):
    """An approved curriculum is never edited, only revised; the message says so to the reader."""

    def __init__(self) -> None:
        super().__init__(_("This version is approved and is not edited any more: make the next version first."))


@contextmanager
def editing(curriculum: Curriculum) -> Iterator[None]:
    """A transaction for one writer at a time; what changes anything ends it with `touch`.

    Raises ApprovedCurriculum, also when the approval came after the page was opened, and Http404 like `held`.
    """
    with transaction.atomic():
        if not held(curriculum).editable:
            raise ApprovedCurriculum
        yield


def held(curriculum: Curriculum) -> Curriculum:
    """The plan for one writer at a time. Raises Http404 where it was removed after the page was opened."""
    return get_object_or_404(Curriculum.objects.select_for_update(), pk=curriculum.pk)
