"""Work done without a worker: a thread of the server watches the process that does it.

Nothing has to be started beside the server. What a server that ends leaves behind is told as broken off, or begun
again where it had not begun.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import BoundedSemaphore, Thread
from typing import Any, Final

from django.db import connections
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id

from . import board

AT_ONCE: Final = 2  # of one process of the server
_places = BoundedSemaphore(AT_ONCE)


class ThreadBackend(BaseTaskBackend):
    """A backend of django-tasks."""

    def enqueue(self, task: Task, args: Sequence[Any], kwargs: Mapping[str, Any]) -> TaskResult:
        self.validate_task(task)
        Thread(target=_in_its_turn, args=(task, args, kwargs), daemon=True).start()
        moments = dict.fromkeys(("enqueued_at", "started_at", "finished_at", "last_attempted_at"))
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
            **moments,
        )


def _in_its_turn(task: Task, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    try:
        while not _places.acquire(timeout=1):
            board.be_seen(kwargs["handle"])
        try:
            task.call(*args, **kwargs)
        finally:
            _places.release()
    finally:
        connections.close_all()
