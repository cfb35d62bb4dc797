"""Who does the work that a page asked for: what the setting TASKS says."""

from __future__ import annotations

import time

from django_tasks import default_task_backend, task

from curricula.models import Work

from .threads import ThreadBackend


@task()
def do_work(*, pk: int, handle: str) -> None:  # noqa: ARG001 - the handle is for who watches it wait
    """The work of this number; whoever else is given it too finds that it is taken."""
    from .doing import do  # it ends work, as actions do, which start it

    do(pk)


def start(work: Work) -> None:
    """Hand it over."""
    do_work.enqueue(pk=work.pk, handle=work.handle)


def waits_in_threads() -> bool:
    """Whether it waits in a process of the server, and is gone with it."""
    return isinstance(default_task_backend, ThreadBackend)


def wait_for(work: Work, *, seconds: float) -> Work:
    """The work as it is once it is over, or after so many seconds."""
    until = time.monotonic() + seconds
    while work.is_unfinished and time.monotonic() < until:
        time.sleep(0.1)
        work.refresh_from_db(fields=("state", "url", "words"))
    return work
