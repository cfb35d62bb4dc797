"""A file read in a process of its own; what it takes too much of becomes a refusal in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from competencies.apart.calling import apart
from competencies.apart.orders import BrokeOff, Budget, MemoryUp

from .file_problems import unreadable

T = TypeVar("T")


def read_apart(reading: Callable[[], T], *, budget: Budget) -> T:
    """Raises UnreadableFile where the reading does or needs too much memory; TimeUp where it takes too long."""
    try:
        return apart(reading, budget=budget)
    except MemoryUp as error:
        raise unreadable("too_much_memory", megabytes=budget.megabytes) from error
    except BrokeOff as error:
        raise unreadable("broke_off") from error
