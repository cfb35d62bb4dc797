"""What is dear to compute, kept in the cache for a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.core.cache import cache

HOUR: Final = 3600
Computed = TypeVar("Computed")


def kept(key: str, compute: Callable[[], Computed]) -> Computed:
    """The same for an hour; the key says all that it was computed from."""
    found: Any = cache.get(key)
    if found is None:
        found = compute()
        cache.set(key, found, HOUR)
    return found
