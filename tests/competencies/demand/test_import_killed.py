"""An import that is killed half-way leaves nothing behind, and a second run finishes; on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import pty
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2  # type: ignore[import-untyped]
import pytest

from tests.bench.posting_files import posting_file
from tests.framework_files import DOCUMENT, as_file
from tests.places import ROOT
from tests.postgres import new_database

POSTINGS = 6_000


class Place:
    """A database of its own with a framework in it, and the commands that work on it."""

    def __init__(self, folder: Path, address: str) -> None:
        self.address = address
        self.environment = os.environ | {"DATABASE_URL": address, "TALENTGAP_STATE": str(folder), "DEBUG": "1"}
        self.run("migrate", "--verbosity", "0")
        framework = folder / "framework.json"
        framework.write_bytes(as_file(DOCUMENT))
        self.run("import_framework", str(framework), "--format", "talentgap", "--slug", "trade")
        self.file = posting_file(folder / "postings.csv", POSTINGS)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), *arguments]

    def run(self, *arguments: str) -> str:
        done = subprocess.run(self.command(*arguments), env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def import_postings(self) -> list[str]:
        return self.command("import_postings", str(self.file), "--source", "board", "--framework", "trade")

    def count(self, table: str) -> int:
        with closing(self._connected()) as connection:
            cursor = connection.cursor()
            cursor.execute(f"SELECT COUNT(*) FROM competencies_{table}")
            return int(cursor.fetchone()[0])

    def _connected(self) -> Any:
        if self.address.startswith("sqlite"):
            return sqlite3.connect(self.address.removeprefix("sqlite:///"))
        return psycopg2.connect(self.address)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "sqlite":
        yield Place(tmp_path, f"sqlite:///{tmp_path / 'db.sqlite3'}")
        return
    with new_database() as address:
        yield Place(tmp_path, address)


def killed_once_it_shows_progress(place: Place) -> str:
    """What it had shown on its terminal when it was killed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        place.import_postings(), env=place.environment, stdout=subprocess.DEVNULL, stderr=theirs
    )
    os.close(theirs)
    shown = b""
    while b"postings" not in shown:
        shown += os.read(ours, 1024)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    os.close(ours)
    return shown.decode()


def test_a_killed_import_leaves_nothing_and_a_second_run_finishes(place: Place) -> None:
    shown = killed_once_it_shows_progress(place)
    done = int(shown.strip().split()[0])
    assert 0 < done < POSTINGS
    assert [place.count(table) for table in ("demandsource", "posting", "postingmention")] == [0, 0, 0]
    told = place.run(*place.import_postings()[2:])
    assert told.startswith(f"created {POSTINGS}, changed 0, unchanged 0, refused 0")
    assert place.count("posting") == POSTINGS
