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
from curricula.models import Curriculum, ImportRun, PendingImport
from curricula.records.editing import editing
from curricula.records.removal import remove_together
from curricula.records.versions import touch
from curricula.wording.phrases import in_a_row

from .flow import REPLACED, ImportKind


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
    if gone := _why_not_back(run):
        return gone
    built = built_on(_changes(run), since=run.created, parts=(ImportRun, DemandSource, *kind.parts))
    if not built:
        return ""
    listed = in_a_row(f"{capfirst(str(model._meta.verbose_name_plural))}: {count}" for model, count in built.items())
    message = _(
        "Something was built on it since, and undoing it would take that away or leave it without ground: %(what)s"
    )
    return message % {"what": listed}


def _why_not_back(run: ImportRun) -> str:
    """A source that a file replaced comes back out of the bin, or the file stays."""
    replaced = run.changes.get(REPLACED) or run.replaced_id
    if not replaced:
        return ""
    old = DemandSource.everything.filter(pk=replaced).first()
    if old is None:
        return _("The source that it replaced was deleted for good after 30 days in the bin and cannot come back.")
    if old.removed_at is None:
        message = _("The source that it replaced is back already, as “%(name)s”: remove the one that you do not want.")
        return message % {"name": old.slug}
    return ""


def _changes(run: ImportRun) -> Changes:
    return Changes(**{name: rows for name, rows in run.changes.items() if name != REPLACED})


def _hold(kind: ImportKind, run: ImportRun) -> None:
    """For one writer at a time, in the order in which a file holds it: no file goes into it while it is undone."""
    kind.scope(PendingImport(kind=run.kind, target=run.target))
    sources = DemandSource.everything.select_for_update(of=("self",), no_key=True).order_by("pk")
    list(sources.filter(pk__in=[pk for pk in (run.source_id, run.replaced_id) if pk]))


@transaction.atomic
def undo(kind: ImportKind, run: ImportRun, *, by: Any) -> None:
    """Everything as it was before the file; a plan or a source that the file made goes into the bin.

    Raises CannotUndo, ApprovedCurriculum.
    """
    held = get_object_or_404(ImportRun.objects.select_for_update(of=("self",)), pk=run.pk)
    _hold(kind, held)
    with editing(held.curriculum) if held.curriculum else nullcontext():
        if reason := why_not(kind, held):
            raise CannotUndo(reason)
        changes = _changes(held)
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
    old = DemandSource.objects.select_for_update(of=("self",), no_key=True).filter(slug=slug).first()
    if old is None:
        return
    plans = list(Curriculum.everything.filter(demand_sources=old))  # one in the bin may come back
    remove_together(DemandSource.everything.filter(pk=old.pk), by=by)
    old.pk, old._state.adding = None, True
    old.save()
    old.curricula.add(*plans)
