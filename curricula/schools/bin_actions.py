"""What is removed goes into the bin together, comes back together, and is deleted for good after 30 days."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext as _

from competencies.frameworks.queries import free_slug
from competencies.models import DemandSource, Framework, Posting, Removable, kept_since
from competencies.saving.archive import delete_for_good
from competencies.saving.bulk import LISTED_AT_ONCE, batches
from competencies.tabular.problems import some
from curricula.models import Curriculum, Program, RemovedCourse, School
from curricula.records.removal import remove_together

logger = logging.getLogger(__name__)


class CannotComeBack(ValueError):
    """Something stands in the way of a removed record; the message says what to do about it."""


class CannotBeDeleted(ValueError):
    """Something still refers to a record, so it stays; the message says what."""


def versions_of(plan: Curriculum) -> QuerySet[Curriculum]:
    """Every version of a plan, those in the bin among them."""
    return Curriculum.everything.filter(program=plan.program_id, year=plan.year)


@transaction.atomic
def remove_plan(plan: Curriculum, *, by: Any, whole: bool) -> None:
    """This version of a plan, or the plan with all its versions."""
    _held(Program, plan.program_id)
    remove_together(versions_of(plan) if whole else versions_of(plan).filter(pk=plan.pk), by=by)


@transaction.atomic
def remove_program(program: Program, *, by: Any) -> None:
    _held(School, program.school_id)
    remove_together(Program.everything.filter(pk=program.pk), Curriculum.everything.filter(program=program), by=by)


@transaction.atomic
def remove_school(school: School, *, by: Any) -> None:
    remove_together(School.everything.filter(pk=school.pk), *_of_school(school), by=by)


def _of_school(school: School) -> tuple[QuerySet[Any], ...]:
    """What comes and goes with a school beside itself."""
    return (
        Program.everything.filter(school=school),
        Curriculum.everything.filter(program__school=school),
        DemandSource.everything.filter(owner=school),
    )


@transaction.atomic
def remove_source(source: DemandSource, *, by: Any) -> None:
    """With its rows; the plans that it judged remember it."""
    remove_together(DemandSource.everything.filter(pk=source.pk), by=by)


@transaction.atomic
def restore_plan(plan: Curriculum) -> None:
    """The versions that went together. Raises CannotComeBack."""
    program = _held(Program, plan.program_id)
    if program.removed_at:
        raise CannotComeBack(_("Its program “%(name)s” is removed: bring that back first.") % {"name": program})
    together = versions_of(plan).filter(removed_at=plan.removed_at)
    first = min(together.values_list("version", flat=True), default=0)
    if versions_of(plan).filter(removed_at=None, version__gte=first).exists():
        message = _("There is another plan of %(name)s by now: remove that one first.")
        raise CannotComeBack(message % {"name": plan.name})
    _restore(together)


@transaction.atomic
def restore_program(program: Program) -> None:
    """With the plans that went with it. Raises CannotComeBack."""
    _held(School, program.school_id)
    if Program.objects.filter(school=program.school_id, slug=program.slug).exists():
        message = _("There is another program “%(slug)s” by now: remove that one first.")
        raise CannotComeBack(message % {"slug": program.slug})
    plans = Curriculum.everything.filter(program=program, removed_at=program.removed_at)
    _restore(plans, Program.everything.filter(pk=program.pk))


@transaction.atomic
def restore_school(school: School) -> None:
    """With everything that went with it. Raises CannotComeBack."""
    if School.objects.filter(slug=school.slug).exists():
        message = _("There is another school “%(slug)s” by now: remove that one first.")
        raise CannotComeBack(message % {"slug": school.slug})
    together = [found.filter(removed_at=school.removed_at) for found in _of_school(school)]
    for source in together[-1]:
        _expect_a_name(source)
    _restore(*together, School.everything.filter(pk=school.pk))


@transaction.atomic
def restore_source(source: DemandSource) -> None:
    """Under a free name where another owner took its own. Raises CannotComeBack."""
    _expect_a_name(source)
    _restore(DemandSource.everything.filter(pk=source.pk))


def _expect_a_name(source: DemandSource) -> None:
    """What one's own school took can be removed first; what others took must not keep a source away."""
    taken = DemandSource.objects.filter(slug=source.slug).first()
    if taken is None:
        return
    if taken.owner_id == source.owner_id:
        message = _("There is another source “%(slug)s” by now: remove that one first.")
        raise CannotComeBack(message % {"slug": source.slug})
    owner = source.owner.slug if source.owner else ""
    source.slug = free_slug(source.slug, owner=owner, among=DemandSource.objects.all())
    source.save()


def _restore(*records: QuerySet[Any]) -> None:
    for found in records:
        found.update(removed_at=None, removed_by=None)


def _held(model: type[Removable], pk: int) -> Any:
    """One at a time removes and brings back what belongs to a record."""
    return model.everything.select_for_update().get(pk=pk)  # type: ignore[attr-defined]


def empty_bin(*, most: int | None = None) -> int:
    """Delete what was removed more than 30 days ago; how many records that were removed by themselves.

    What something still refers to stays, is logged, and keeps nothing else.

    With `most` no more than so many, for a page that does it on its way.
    """
    emptied = 0
    for model in (School, Program, Curriculum, DemandSource):
        kept: list[int] = []
        while most is None or emptied < most:
            expired = model.everything.filter(removed_at__lte=kept_since()).exclude(pk__in=kept)
            gone = expired.order_by("removed_at").first()
            if gone is None:
                break
            try:
                with transaction.atomic():
                    _delete(gone)
            except CannotBeDeleted as refusal:
                logger.warning("kept in the bin: %s", refusal)
                kept.append(gone.pk)
            else:
                emptied += 1
    return emptied + RemovedCourse.objects.expired().delete()[0]


@transaction.atomic
def delete_school_for_good(school: School) -> None:
    """At once, whether or not it is in the bin. Raises CannotBeDeleted, and then all of it stays."""
    _delete(School.everything.select_for_update().get(pk=school.pk))


def _delete(record: Any) -> None:
    """A school last of all that it owns; its frameworks on which others stand go over to the site."""
    if isinstance(record, School):
        for found in (*_of_school(record)[1:], Framework.objects.filter(owner=record)):
            for each in found:
                _delete(each)
    if isinstance(record, DemandSource):
        for batch in batches(record.postings.values_list("pk", flat=True), LISTED_AT_ONCE):
            Posting.objects.filter(pk__in=batch).delete()
    try:
        with transaction.atomic():
            delete_for_good(record)
    except ProtectedError as error:
        if not isinstance(record, Framework):
            named = some(sorted({str(each) for each in error.protected_objects}))
            message = _("“%(name)s” stays, because something else still refers to it: %(what)s.")
            raise CannotBeDeleted(message % {"name": record, "what": named}) from error
        Framework.objects.filter(pk=record.pk).update(owner=None)
