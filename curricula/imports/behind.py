"""What was found in a file, at once or behind its page, and what is still being done about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.core.signing import BadSignature
from django.db import transaction
from django.utils import timezone

from competencies.tabular.problems import UnreadableFile
from curricula.models import PendingImport, Work
from curricula.progress.actions import begin, going_on, let_go, note_done
from curricula.progress.presenters import Progress
from curricula.progress.starting import wait_for

from .flow import Found, ImportKind, TakesLonger, look_into
from .jobs import packed, stamp_of, unpacked

GOOD_FOR: Final = timedelta(minutes=20)  # others work on meanwhile; saving finds everything anew anyway
WAITED_FOR: Final = 1.5  # seconds in which many a file is done after all


def found_before(kind: ImportKind, pending: PendingImport) -> Found | UnreadableFile | None:
    """What the last look into the file found, as long as it is good."""
    looked = pending.works.filter(job="look", state=Work.State.DONE, ended__gt=timezone.now() - GOOD_FOR)
    last = looked.order_by("-ended").first()
    if last is None or last.result is None:
        return None
    try:
        stamp, seen = unpacked(bytes(last.result))
    # of another key, or of an earlier version
    except (BadSignature, AttributeError, ImportError, TypeError, ValueError):
        return None
    return seen if stamp == stamp_of(kind, pending) else None


def look(kind: ImportKind, pending: PendingImport) -> Work | None:
    """Find anew what the preview shows; what takes longer than a page waits goes on behind it, and is given back.

    It writes: the page of what was found only reads. Raises PermissionDenied, Http404 and what REFUSALS says.
    """
    forget_what_was_found(pending)
    stamp = stamp_of(kind, pending)
    try:
        found = look_into(kind, pending, waits=True)
    except TakesLonger:
        return behind(pending, "look")
    keep_what_was_found(kind, pending, found, stamp=stamp)
    return None


def keep_what_was_found(
    kind: ImportKind, pending: PendingImport, found: Found | UnreadableFile, *, stamp: str = ""
) -> None:
    result = packed((stamp or stamp_of(kind, pending), found))
    address = pending.get_absolute_url()
    with transaction.atomic():
        if PendingImport.objects.select_for_update().filter(pk=pending.pk).first() is None:
            return  # another one took its place meanwhile
        pending.works.filter(job="look").delete()
        note_done("look", user=pending.user, name=pending.name, kept=pending, url=address, result=result)


def looking(pending: PendingImport) -> Work | None:
    """The look into the file that goes on."""
    return _works(pending, "look").unfinished().order_by("-created").first()


def behind(pending: PendingImport, job: str) -> Work:
    """The work that does this about the file: the one that is at it already, or a new one."""
    work = _works(pending, job).unfinished().order_by("-created").first() or _begun(pending, job)
    return wait_for(work, seconds=WAITED_FOR)


def _works(pending: PendingImport, job: str) -> Any:
    return Work.objects.of(pending.user).filter(job=job, arguments__file=pending.pk).defer("result")


def _begun(pending: PendingImport, job: str) -> Work:
    address = pending.get_absolute_url()
    kept = pending if job == "look" else None  # a file that is saved goes, and with it what was found in it
    return begin(job, user=pending.user, name=pending.name, back=address, kept=kept, file=pending.pk)


def forget_what_was_found(pending: PendingImport) -> None:
    """It was found by other choices."""
    let_go(pending.works.unfinished())
    pending.works.all().delete()


def shown_going_on(user: Any) -> list[Progress]:
    """What this person still waits for about files, and what there is to see of it."""
    return [Progress(work) for work in going_on(user) if work.job in ("look", "save")]


def ended_behind(user: Any, pk: int) -> str:
    """What became of a file that is kept no longer, where that was done behind a page."""
    saved = Work.objects.of(user).filter(job="save", arguments__file=pk, state=Work.State.DONE)
    return "saved" if saved.exists() else ""
