"""Who does the work that a page asked for."""

from __future__ import annotations

import time
from threading import BoundedSemaphore, Thread
from typing import Final

from django.conf import settings
from django.db import connection

from curricula.models import Work

from . import board

AT_ONCE: Final = 2  # of one process of the server
_places = BoundedSemaphore(AT_ONCE)


def start(work: Work) -> None:
    """In a thread of the server, which only watches; in tests at once."""
    if settings.WORK_IN_THREADS:
        Thread(target=_in_its_turn, args=(work,), daemon=True).start()
    else:
        _do(work)


def _in_its_turn(work: Work) -> None:
    try:
        while not _places.acquire(timeout=1):
            board.be_seen(work.handle)
        try:
            _do(work)
        finally:
            _places.release()
    finally:
        connection.close()


def _do(work: Work) -> None:
    from .doing import do  # it ends work, as actions do, which start it

    do(work.pk)


def wait_for(work: Work, *, seconds: float) -> Work:
    """The work as it is once it is over, or after so many seconds."""
    until = time.monotonic() + seconds
    while work.is_unfinished and time.monotonic() < until:
        time.sleep(0.1)
        work.refresh_from_db(fields=("state", "url", "words"))
    return work
