"""PostgreSQL ends a statement of a page that goes on for ever, and the page says to try again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.utils import OperationalError

from talentgap import errors
from tests.postgres import new_database

SLEEPS = """
import talentgap.wsgi
from django.db import connection
from django.test import RequestFactory
with connection.cursor() as cursor:
    try:
        cursor.execute("SELECT pg_sleep(%s)", [SECONDS])
    except Exception as error:
        from talentgap.errors import failed
        print(type(error).__name__, failed(RequestFactory().get("/")).status_code)
    else:
        print("it slept")
"""


@pytest.mark.parametrize(("limit", "sleeps", "said"), [("1", "20", "OperationalError 503"), ("0", "1.5", "it slept")])
def test_a_statement_without_end_is_ended(limit: str, sleeps: str, said: str, tmp_path: Path) -> None:
    with new_database() as url:
        set_here = {"DATABASE_URL": url, "STATEMENT_SECONDS": limit, "TALENTGAP_STATE": str(tmp_path)}
        command = [sys.executable, "-c", SLEEPS.replace("SECONDS", sleeps)]
        place: dict[str, Any] = {"cwd": settings.BASE_DIR, "env": os.environ | set_here, "timeout": 60}
        done = subprocess.run(command, capture_output=True, text=True, check=True, **place)
    assert done.stdout.strip() == said


def test_what_the_database_ended_is_not_called_a_fault_of_the_program() -> None:
    assert errors._is_unavailable(OperationalError("canceling statement due to statement timeout"))
