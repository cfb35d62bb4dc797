"""What work says of how far it is; nobody need listen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

Said = dict[str, Any]  # plain values only
OFTEN: Final = 0.25  # seconds; what is counted faster is told together


class _Telling:
    def __init__(self, listener: Callable[[Said], None]) -> None:
        self.listener = listener
        self.said: Said = {}
        self.told_at = 0.0

    def tell(self) -> None:
        self.told_at = time.monotonic()
        self.listener(dict(self.said))


_telling: ContextVar[_Telling | None] = ContextVar("telling", default=None)


def tell(**said: Any) -> None:
    """Say which step the present work is at, and of how many things it is; they are counted anew."""
    if (telling := _telling.get()) is not None:
        telling.said = said
        telling.tell()


def count(more: int) -> None:
    """Say that so many more things of this step are done."""
    if (telling := _telling.get()) is not None:
        telling.said["done"] = telling.said.get("done", 0) + more
        if time.monotonic() - telling.told_at > OFTEN:
            telling.tell()


@contextmanager
def telling(listener: Callable[[Said], None]) -> Iterator[None]:
    """Within it, what work says goes to this listener."""
    token = _telling.set(_Telling(listener))
    try:
        yield
    finally:
        _telling.reset(token)
