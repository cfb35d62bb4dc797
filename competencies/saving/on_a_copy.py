"""Trying a large file on SQLite without keeping everybody else from saving."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings


@contextmanager
def on_a_copy(connection: Any) -> Iterator[None]:
    """Let what is tried here, and taken back afterwards, write into a copy of the database.

    SQLite has one writer at a time, so that trying a file for half a minute would hold up every other one. The copy
    has no name once it is open, so that it goes with the process, however that ends. Elsewhere nothing is copied.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block or connection.is_in_memory_db():
        yield
        return
    name, path = connection.settings_dict["NAME"], _copied(connection)
    connection.close()
    connection.settings_dict["NAME"] = path
    try:
        with connection.cursor() as cursor:
            # Nothing is written beside a file that has no name.
            cursor.execute("PRAGMA journal_mode=MEMORY")
            cursor.execute("PRAGMA temp_store=MEMORY")
        path.unlink()
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


def _copied(connection: Any) -> Path:
    """A file that only its owner reads, because it holds what schools entered."""
    handle, name = tempfile.mkstemp(dir=settings.STATE_DIR, suffix=".copy")
    os.close(handle)
    connection.ensure_connection()
    with closing(sqlite3.connect(name)) as copy:
        connection.connection.backup(copy)
    return Path(name)
