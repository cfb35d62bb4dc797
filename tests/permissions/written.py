"""Which tables a request writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

WRITES = re.compile(r'[\s(]*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# Who is signed in since when and was last at home.
OF_VISITS = {"django_session", "curricula_signedin", "curricula_profile"}


@contextmanager
def writes() -> Iterator[list[str]]:
    """The tables that are written meanwhile."""
    seen: list[str] = []

    def watch(execute: Any, sql: str, *arguments: Any) -> Any:
        if found := WRITES.match(sql):
            seen.append(found[1])
        return execute(sql, *arguments)

    with connection.execute_wrapper(watch):
        yield seen
