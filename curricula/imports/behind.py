"""What was found behind a page about a file, and what is still being done about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.core.signing import BadSignature
from django.utils import timezone

from competencies.tabular.problems import UnreadableFile
from curricula.models import PendingImport, Work
from curricula.progress.actions import begin, going_on, let_go
from curricula.progress.presenters import Progress
from curricula.progress.starting import wait_for

from .flow import Found
from .jobs import unpacked

GOOD_FOR: Final = timedelta(minutes=20)  # others work on meanwhile; saving finds everything anew anyway
WAITED_FOR: Final = 1.5  # seconds in which many a file is done after all


def found_before(pending: PendingImport) -> Found | UnreadableFile | None:
    """What the last look into the file found, as long as it is good."""
    looked = pending.works.filter(job="look", state=Work.State.DONE, ended__gt=timezone.now() - GOOD_FOR)
    last = looked.order_by("-ended").first() if pending.is_long else None
    if last is None or last.result is None:
        return None
    try:
        return unpacked(bytes(last.result))
    except (BadSignature, AttributeError, ImportError, TypeError):  # of another key, or of an earlier version
        return None


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
