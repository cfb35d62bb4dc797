from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def some(items: Iterable[T]) -> list[T]:
    """The items, of which there is at least one: a loop of assertions over nothing would claim nothing."""
    found = list(items)
    assert found, "there is nothing to look at"
    return found
