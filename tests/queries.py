"""What an answer costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(ask: Callable[..., Any], *given: Any, **named: Any) -> int:
    """How many queries it makes; a page must open: one that says what went wrong costs the same for any rows."""
    with CaptureQueriesContext(connection) as made:
        answer = ask(*given, **named)
    assert getattr(answer, "status_code", 200) == 200
    return len(made)
