"""What is done apart, how much it may take, and how it ends where it does not come to an end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MEGABYTE = 2**20


@dataclass(frozen=True)
class Budget:
    """Seconds of the clock, and memory beside what the program has anyway."""

    seconds: float
    megabytes: int


@dataclass(frozen=True)
class Order:
    work: Callable[[], Any]  # pickled, as is what it returns or raises
    budget: Budget
    language: str
    time_zone: str


class NotDone(Exception):
    """Work that was ended, or ended itself, before it was done; nothing of it holds."""


class TimeUp(NotDone):
    """It took longer than its budget allows."""


class MemoryUp(NotDone):
    """It asked for more memory than its budget allows."""


class BrokeOff(NotDone):
    """Its process ended without a word, as one does that a library aborts."""
