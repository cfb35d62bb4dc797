"""What work says of how far it is; nobody need listen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

Said = dict[str, Any]  # plain values only
_listener: ContextVar[Callable[[Said], None] | None] = ContextVar("listener", default=None)


def tell(**said: Any) -> None:
    """Say how far the present work is, to whoever waits for it."""
    if (listener := _listener.get()) is not None:
        listener(said)


@contextmanager
def telling(listener: Callable[[Said], None]) -> Iterator[None]:
    """Within it, what work says goes to this listener."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
