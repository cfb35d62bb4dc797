"""A saved source of demand on to the curricula that it judges, and a saved file back again."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from competencies.models import DemandSource
from competencies.saving.undoing import Changes, built_on, take_back
from curricula.models import Curriculum, ImportRun
from curricula.records.editing import editing
from curricula.records.removal import remove_together
from curricula.records.versions import touch
from curricula.wording.phrases import in_a_row

from .flow import ImportKind


class CannotUndo(ValueError):
    """Something was built on an import, or it is undone already; the message says what."""


@transaction.atomic
def judge_by_source(curricula: Iterable[Curriculum], *, source: DemandSource) -> int:
    """Let a source judge these curricula too; how many it did not judge before. Raises ApprovedCurriculum."""
    added = 0
    for curriculum in curricula:
        with editing(curriculum):
            if curriculum.demand_sources.filter(pk=source.pk).exists():
                continue
            curriculum.demand_sources.add(source)
            touch(curriculum)
            added += 1
    return added


def why_not(kind: ImportKind, run: ImportRun) -> str:
    """What keeps an import from being undone, in a sentence; nothing where it can be."""
    if run.undone_at:
        return _("It is undone already.")
    later = ImportRun.objects.of_same(run).standing().filter(created__gt=run.created).order_by("-pk").first()
    if later:
        return _("A later file went into the same place: undo “%(name)s” first.") % {"name": later.name}
    built = built_on(Changes(**run.changes), since=run.created, parts=(ImportRun, *kind.parts))
    if not built:
        return ""
    listed = in_a_row(f"{capfirst(str(model._meta.verbose_name_plural))}: {count}" for model, count in built.items())
    message = _(
        "Something was built on it since, and undoing it would take that away or leave it without ground: %(what)s"
    )
    return message % {"what": listed}


@transaction.atomic
def undo(kind: ImportKind, run: ImportRun, *, by: Any) -> None:
    """Everything as it was before the file; a plan that the file made goes into the bin.

    Raises CannotUndo, ApprovedCurriculum.
    """
    held = get_object_or_404(ImportRun.objects.select_for_update(of=("self",)), pk=run.pk)
    with editing(held.curriculum) if held.curriculum else nullcontext():
        if reason := why_not(kind, held):
            raise CannotUndo(reason)
        changes = Changes(**held.changes)
        if Curriculum._meta.label_lower in changes.created:
            remove_together(Curriculum.everything.filter(pk=held.curriculum_id), by=by)
        else:
            take_back(changes)
            kind.undone(held)
    held.undone_at, held.undone_by = timezone.now(), by
    held.save(update_fields=["undone_at", "undone_by"])
