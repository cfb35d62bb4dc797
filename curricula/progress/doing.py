"""Work done in a process of its own, watched by whoever runs it: a thread of the server, or a worker."""

from __future__ import annotations

import logging
import time
from functools import partial

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from competencies.apart.calling import apart
from competencies.apart.orders import BrokeOff, Budget, MemoryUp, TimeUp
from curricula.models import Work

from . import board
from .actions import end
from .jobs import Refused, function_of

logger = logging.getLogger(__name__)
SEEN_EVERY = 1.0  # seconds


class Stopped(Exception):
    """Whoever asked for the work does not want it any more."""


def do(pk: int) -> None:
    """The work of this number, unless somebody else has it or it is over already."""
    claimed = Work.objects.filter(pk=pk, state=Work.State.WAITING)
    if not claimed.update(state=Work.State.RUNNING, started=timezone.now()):
        return
    work = Work.objects.get(pk=pk)
    board.be_seen(work.handle)
    try:
        with translation.override(work.language), timezone.override(work.time_zone):
            _do(work)
    finally:
        board.clear(work.handle)


def _do(work: Work) -> None:
    budget = Budget(settings.WORK_SECONDS, settings.WORK_MEGABYTES)
    told = partial(board.post, work.handle)
    try:
        apart(partial(do_here, work.pk), budget=budget, told=told, beat=Watch(work.handle).beat)
    except Stopped:
        end(work, Work.State.STOPPED)
    except Refused as refusal:
        end(work, Work.State.REFUSED, str(refusal))
    except TimeUp:
        words = _("It took longer than %(seconds)d seconds and was ended. Divide it into smaller parts.")
        end(work, Work.State.REFUSED, words % {"seconds": budget.seconds})
    except MemoryUp:
        words = _("It needed more than %(megabytes)d MB of memory and was ended. Divide it into smaller parts.")
        end(work, Work.State.REFUSED, words % {"megabytes": budget.megabytes})
    except BrokeOff:
        logger.exception("work %s broke off", work.pk)
        end(work, Work.State.FAILED)
    except Exception:
        logger.exception("work %s failed", work.pk)
        end(work, Work.State.FAILED)


def do_here(pk: int) -> None:
    """In the process that may die of it."""
    work = Work.objects.get(pk=pk)
    function_of(work)(work)


class Watch:
    """Shows that somebody is at it, and looks whether it shall stop."""

    def __init__(self, handle: str) -> None:
        self.handle = handle
        self.seen = time.monotonic()

    def beat(self) -> None:
        """Raises Stopped."""
        if board.is_asked_to_stop(self.handle):
            raise Stopped
        if time.monotonic() - self.seen > SEEN_EVERY:
            board.be_seen(self.handle)
            self.seen = time.monotonic()
