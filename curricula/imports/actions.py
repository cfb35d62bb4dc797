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
    built = built_on(Changes(**run.changes), since=run.created, parts=(ImportRun, DemandSource, *kind.parts))
    if not built:
        return ""
    listed = in_a_row(f"{capfirst(str(model._meta.verbose_name_plural))}: {count}" for model, count in built.items())
    message = _(
        "Something was built on it since, and undoing it would take that away or leave it without ground: %(what)s"
    )
    return message % {"what": listed}


@transaction.atomic
def undo(kind: ImportKind, run: ImportRun, *, by: Any) -> None:
    """Everything as it was before the file; a plan or a source that the file made goes into the bin.

    Raises CannotUndo, ApprovedCurriculum.
    """
    held = get_object_or_404(ImportRun.objects.select_for_update(of=("self",)), pk=run.pk)
    with editing(held.curriculum) if held.curriculum else nullcontext():
        if reason := why_not(kind, held):
            raise CannotUndo(reason)
        changes = Changes(**held.changes)
        into: Any = held.curriculum or held.source
        if into and into._meta.label_lower in changes.created:
            remove_together(type(into).everything.filter(pk=into.pk), by=by)
            _bring_back(held.replaced)
        else:
            take_back(changes)
            kind.undone(held)
    held.undone_at, held.undone_by = timezone.now(), by
    held.save(update_fields=["undone_at", "undone_by"])


def _bring_back(source: DemandSource | None) -> None:
    if source is not None:
        DemandSource.everything.filter(pk=source.pk).update(removed_at=None, removed_by=None, changed=timezone.now())


@transaction.atomic
def replace_source(slug: str, *, by: Any) -> None:
    """An empty source in place of one that goes into the bin, with its facts, judging the same plans."""
    old = DemandSource.objects.select_for_update(of=("self",)).filter(slug=slug).first()
    if old is None:
        return
    plans = list(Curriculum.everything.filter(demand_sources=old))  # one in the bin may come back
    remove_together(DemandSource.everything.filter(pk=old.pk), by=by)
    old.pk, old._state.adding = None, True
    old.save()
    old.curricula.add(*plans)
