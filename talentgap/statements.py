"""A statement that goes on for ever is ended by PostgreSQL, wherever pages are served."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


def bound_statements() -> None:
    """From now on in this process. SQLite knows no such limit; there a page's process is ended by gunicorn."""
    connection_created.connect(_bound)


def _bound(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    if connection.vendor == "postgresql" and settings.STATEMENT_SECONDS > 0:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, false)", [f"{settings.STATEMENT_SECONDS}s"])
