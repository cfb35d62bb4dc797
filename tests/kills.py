"""Ends commands by SIGKILL at random moments: nothing may be left by half, and a second run must finish.

`python -m tests.kills KILLS [postgres://…]`: each task in turn on copies of a prepared database, SQLite unless an
address of a server is given. What a database holds is its tables with their columns and numbers of rows; after a kill
it must be as before the command or as after it (between two migrations also as after some of them).
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

POSTINGS: Final = 600
EARLIER: Final = (("competencies", "0006_outside"), ("curricula", "0012_strength_of_support"))
State = dict[str, tuple[tuple[str, ...], int]]  # table → its columns, and how many rows


@dataclass
class Place:
    """A folder, or a server of PostgreSQL, with a database that is made anew from a copy for each kill."""

    folder: Path
    server: str = ""  # postgres://user@host/; empty means SQLite
    own: str = field(default_factory=lambda: f"talentgap_kills_{os.getpid()}")

    def address(self, name: str) -> str:
        return f"{self.server}{self.own}_{name}" if self.server else f"sqlite:///{self.folder / name}.sqlite3"

    def use(self, name: str) -> None:
        """Django's connection from now on; it is opened when it is asked for the first time."""
        from django.db import connections

        connections.close_all()
        connections["default"].settings_dict["NAME"] = self.address(name).removeprefix("sqlite:///").split("/")[-1]
        if not self.server:
            connections["default"].settings_dict["NAME"] = str(self.folder / f"{name}.sqlite3")

    def copy(self, base: str, name: str) -> None:
        from django.db import connections

        connections.close_all()
        if self.server:
            self.tell(f'DROP DATABASE IF EXISTS "{self.own}_{name}" WITH (FORCE)')
            self.tell(f'CREATE DATABASE "{self.own}_{name}" TEMPLATE "{self.own}_{base}"')
            return
        for path in self.folder.glob(f"{name}.sqlite3*"):
            path.unlink()
        shutil.copy(self.folder / f"{base}.sqlite3", self.folder / f"{name}.sqlite3")

    def create(self, name: str) -> None:
        if self.server:
            self.tell(f'CREATE DATABASE "{self.own}_{name}"')

    def tell(self, statement: str) -> None:
        import psycopg2

        with closing(psycopg2.connect(self.server + "postgres")) as server:
            server.autocommit = True
            server.cursor().execute(statement)

    def drop(self) -> None:
        from django.db import connections

        connections.close_all()
        for name in ("full", "empty", "old", "try") if self.server else ():
            self.tell(f'DROP DATABASE IF EXISTS "{self.own}_{name}" WITH (FORCE)')


@contextmanager
def prepared(folder: Path, server: str = "") -> Iterator[Place]:
    """Three databases: with a framework; with postings too, and terms to search them by; and of an earlier version."""
    from django.core.management import call_command

    from tests.bench.posting_files import posting_file
    from tests.framework_files import DOCUMENT, as_file

    place = Place(folder, server)
    try:
        place.create("empty")
        place.use("empty")
        call_command("migrate", verbosity=0)
        (folder / "framework.json").write_bytes(as_file(DOCUMENT))
        command = {"format": "talentgap", "slug": "trade", "stdout": (folder / "said").open("w")}
        call_command("import_framework", str(folder / "framework.json"), **command)
        posting_file(folder / "postings.csv", POSTINGS)
        place.copy("empty", "full")
        place.use("full")
        import_postings(folder)
        _add_terms()
        place.copy("full", "old")
        place.use("old")
        for app, name in EARLIER:
            call_command("migrate", app, name, verbosity=0)
        yield place
    finally:
        place.drop()


def _add_terms() -> None:
    """Words that stand in about every posting, so that the search finds thousands of mentions."""
    from competencies.demand.actions.terms import add_term
    from competencies.models import Ability, Posting

    ability = Ability.objects.get(code="MK.1")
    for word in sorted({word.strip(".").lower() for word in Posting.objects.latest("pk").text.split()})[:40]:
        add_term(ability, word)


def import_postings(folder: Path) -> None:
    from django.core.management import call_command

    said = (folder / "said").open("w")
    options = {"source": "board", "framework": "trade", "stdout": said, "stderr": said}
    call_command("import_postings", str(folder / "postings.csv"), **options)


def search_again(folder: Path) -> None:
    from django.core.management import call_command

    said = (folder / "said").open("w")
    call_command("retag_postings", "board", stdout=said, stderr=said)


def migrate(folder: Path) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def backup(folder: Path) -> None:
    from django.core.management import call_command

    call_command("backup", str(folder / "backup.zip"), stdout=(folder / "said").open("w"))


@dataclass(frozen=True)
class Task:
    base: str
    run: Callable[[Path], None]
    in_steps: bool = False  # each step whole, and the whole of them not


TASKS: Final = {
    "import": Task("empty", import_postings),
    "search": Task("full", search_again),
    "migration": Task("old", migrate, in_steps=True),
    "backup": Task("full", backup),
}


def state() -> State:
    from django.db import connection

    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        found: State = {}
        for table in tables:
            columns = (each.name for each in connection.introspection.get_table_description(cursor, table))
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            found[table] = (tuple(sorted(columns)), cursor.fetchone()[0])
    connection.close()
    return found


def in_a_process(task: Task, folder: Path, *, kill_after: float | None = None) -> tuple[bool, float]:
    """Whether it ended by itself, as it should, and the seconds that it took."""
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            task.run(folder)
            os._exit(0)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError("the command failed")
    return not os.WIFSIGNALED(status), time.monotonic() - start


@dataclass
class Tried:
    """One task: how often it was ended, what was there then, and what was wrong."""

    name: str
    kills: int = 0
    found: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def tried(name: str, place: Place, *, kills: int, draw: Random) -> Tried:
    """Kills spread over the time that the task takes; one that comes after its end counts for nothing."""
    task, told = TASKS[name], Tried(name)
    place.copy(task.base, "try")
    place.use("try")
    before = state()
    _ended, whole = in_a_process(task, place.folder)
    after = state()
    for _try in range(5 * kills):
        if told.kills == kills:
            break
        place.copy(task.base, "try")
        (place.folder / "backup.zip").unlink(missing_ok=True)
        ended, _seconds = in_a_process(task, place.folder, kill_after=draw.uniform(0, whole))
        if ended:
            continue
        told.kills += 1
        _judge(told, task, place.folder, before, after)
    return told


def _judge(told: Tried, task: Task, folder: Path, before: State, after: State) -> None:
    left = state()
    how = "as before" if left == before else "as after" if left == after else "between"
    told.found[how] += 1
    if how == "between" and not task.in_steps:
        told.faults.append(f"{told.name}: left by half: {_difference(before, left)}")
    if (folder / "backup.zip").exists():
        _expect_whole(folder / "backup.zip")
    in_a_process(task, folder)
    if (now := state()) != after:
        told.faults.append(f"{told.name}: a second run did not finish: {_difference(after, now)}")
    if told.name == "backup":
        _expect_whole(folder / "backup.zip")


def _difference(one: State, other: State) -> list[Any]:
    return [
        (name, one.get(name), other.get(name))
        for name in one.keys() | other.keys()
        if one.get(name) != other.get(name)
    ]


def _expect_whole(path: Path) -> None:
    from zipfile import ZipFile

    from talentgap.archive import _checked_manifest

    with ZipFile(path) as archive:
        _checked_manifest(archive)


def main(kills: int, server: str = "", seed: int = 2026) -> int:
    import django

    django.setup()
    faults = []
    with tempfile.TemporaryDirectory() as folder, prepared(Path(folder), server) as place:
        for name in TASKS:
            told = tried(name, place, kills=kills // len(TASKS), draw=Random(f"{seed}{name}"))
            faults += told.faults
            ends = ", ".join(f"{how} {told.found[how]}" for how in ("as before", "between", "as after"))
            sys.stdout.write(f"| {name} | {told.kills} | {ends} | {len(told.faults)} |\n")
            sys.stdout.flush()
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    return bool(faults)


if __name__ == "__main__":
    # The address has the kind of database only: which one is used is said for each kill.
    server = sys.argv[2].rsplit("/", 1)[0] + "/" if len(sys.argv) > 2 else ""
    with tempfile.TemporaryDirectory() as state_folder:
        os.environ |= {"TALENTGAP_STATE": state_folder, "DJANGO_SETTINGS_MODULE": "talentgap.settings"}
        if server:
            os.environ["DATABASE_URL"] = server + "postgres"
        sys.exit(main(int(sys.argv[1]), server))
