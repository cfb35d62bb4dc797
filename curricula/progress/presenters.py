"""What the page of work that goes on shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from curricula.models import Work

from . import board
from .actions import age
from .jobs import JOBS, Job


@dataclass(frozen=True)
class Step:
    text: Any
    state: str  # "done", "now", "left"


@dataclass(frozen=True)
class Progress:
    work: Work

    @cached_property
    def job(self) -> Job:
        return JOBS[self.work.job]

    @property
    def title(self) -> str:
        """What is being done; once it is over, to what it was to be done."""
        return self.work.name if not self.work.is_unfinished else str(self.job.doing) % {"name": self.work.name}

    @cached_property
    def _said(self) -> dict[str, Any]:
        return board.said(self.work.handle)

    @property
    def is_stopping(self) -> bool:
        return self.work.is_unfinished and board.is_asked_to_stop(self.work.handle)

    @property
    def steps(self) -> Sequence[Step]:
        now = int(self._said.get("step", 0)) if self.work.state == Work.State.RUNNING else -1
        states = ("done" if place < now else "now" if place == now else "left" for place in range(len(self.job.steps)))
        return [Step(text, state) for text, state in zip(self.job.steps, states, strict=True)]

    @property
    def done(self) -> int:
        """How many things of the present step are done; of how many, `of` says where it is known."""
        return int(self._said.get("done", 0))

    @property
    def of(self) -> int:
        return max(self.done, int(self._said.get("of", 0)))

    @property
    def seconds(self) -> int:
        return int(age(self.work))

    @property
    def most(self) -> int:
        return settings.WORK_SECONDS

    @property
    def verdict(self) -> str:
        """Why there is nothing more to wait for."""
        if self.work.words:
            return self.work.words
        if self.work.state == Work.State.STOPPED:
            return _("It was stopped, as you asked.")
        return _("It broke off: the server was started anew in between, or met a fault, which its log names.")
