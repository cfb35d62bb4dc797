"""Fifty people for a minute on two processes of gunicorn and PostgreSQL: no error, no lost edit, memory flat."""

from __future__ import annotations

import csv
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Any

import psycopg2  # type: ignore[import-untyped]

from tests.places import ROOT
from tests.postgres import new_database

USERS, SECONDS = 50, 60
MOST_GROWTH = 1.10  # of the memory of the last third of the time against the third before it


def test_fifty_people_for_a_minute(tmp_path: Path) -> None:
    with new_database() as address:
        port = _free_port()
        place = {"DATABASE_URL": address, "TALENTGAP_STATE": str(tmp_path), "BIND": f"127.0.0.1:{port}"}
        environment = os.environ | place | {"CACHE_URL": "dbcache://talentgap_cache", "WEB_CONCURRENCY": "2"}
        environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # of browser tests; the check of a deployment refuses it
        environment |= {"DJANGO_SETTINGS_MODULE": "talentgap.settings", "OMP_NUM_THREADS": "1"}
        environment |= {"LOAD_PEOPLE": str(tmp_path / "people"), "LOAD_SAID": str(tmp_path / "said")}
        with serving(environment, tmp_path) as server:
            load(environment, tmp_path, port, users=10, seconds=30)  # until all is loaded and was drawn
            with memory_of(server) as memory:
                lines = load(environment, tmp_path, port, users=USERS, seconds=SECONDS)
        said = json.loads((tmp_path / "said").read_text())
        told = figures(lines, said, memory)
        sys.stdout.write(told)
        assert lines["Aggregated"]["Failure Count"] == "0", (tmp_path / "load_failures.csv").read_text()
        assert lost(address, said, json.loads((tmp_path / "people").read_text())) == []
        assert growth(memory) < MOST_GROWTH, told


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def serving(environment: dict[str, str], folder: Path) -> Iterator[int]:
    """The number of the process that serves."""
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "serve", "--prepare"], env=environment, check=True, cwd=ROOT)
    with (folder / "people").open("w") as people:
        command = [sys.executable, "-m", "tests.bench.load_world"]
        subprocess.run(command, env=environment, check=True, cwd=ROOT, stdout=people)
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([*manage, "serve"], env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            yield server.pid
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def load(
    environment: dict[str, str], folder: Path, port: int, *, users: int, seconds: int
) -> dict[str, dict[str, str]]:
    """What locust counted, by the names of its requests."""
    said = ["--users", str(users), "--spawn-rate", "10", "--run-time", f"{seconds}s", "--csv", str(folder / "load")]
    where = ["--headless", "--only-summary", "--host", f"http://127.0.0.1:{port}", "--stop-timeout", "60"]
    command = [sys.executable, "-m", "locust", "-f", "tests/bench/load_users.py", *said, *where]
    subprocess.run(["curl", "-s", "--retry", "60", "--retry-connrefused", "--retry-delay", "1", where[3]], check=True)
    subprocess.run(command, env=environment, cwd=ROOT, check=False)
    with (folder / "load_stats.csv").open() as file:
        return {line["Name"]: line for line in csv.DictReader(file)}


@contextmanager
def memory_of(server: int) -> Iterator[list[float]]:
    """Megabytes of the server and of all that it started, every second; what they share is counted once."""
    found: list[float] = []
    over = Event()

    def watch() -> None:
        while not over.wait(1):
            found.append(sum(map(_megabytes, _family(server))))

    thread = Thread(target=watch)
    thread.start()
    try:
        yield found
    finally:
        over.set()
        thread.join()


def _family(process: int) -> Iterator[int]:
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from _family(int(child))


def _megabytes(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except (OSError, ValueError):  # it ended meanwhile
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def growth(memory: list[float]) -> float:
    third = len(memory) // 3
    return median(memory[-third:]) / median(memory[third : 2 * third])


def lost(address: str, said: dict[str, Any], people: list[dict[str, Any]]) -> list[str]:
    """What somebody was told was saved, and is not there."""
    fields = {each["name"]: (each["course"], each["field"]) for each in people}
    with closing(psycopg2.connect(address)) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("SELECT partner FROM curricula_partnership")
        partners = {row[0] for row in cursor.fetchall()}
        missing = [each for one in said.values() for each in one["files"] if each not in partners]
        for name, one in said.items():
            course, field = fields[name]
            cursor.execute(f"SELECT {field} FROM curricula_course WHERE id = %s", [course])
            who, _space, number = cursor.fetchone()[0].rpartition(" ")
            # The last one to save may have been cut off before it was told so.
            if one["edit"] and (who != name or int(number) < int(one["edit"].split()[-1])):
                missing.append(f"{one['edit']}: {who} {number}")
    return missing


def figures(lines: dict[str, dict[str, str]], said: dict[str, Any], memory: list[float]) -> str:
    rows = ["| what | requests | failed | median ms | 95 % ms |", "|---|--:|--:|--:|--:|"]
    names = ("Request Count", "Failure Count", "50%", "95%")
    rows += [f"| {name} | {' | '.join(line[each] for each in names)} |" for name, line in lines.items()]
    edits, files = sum(one["edits"] for one in said.values()), sum(len(one["files"]) for one in said.values())
    third = len(memory) // 3
    told = f"memory {median(memory[third : 2 * third]):.0f} MB, in the last third {median(memory[-third:]):.0f} MB"
    return "\n".join(rows) + f"\n{edits} edits and {files} files saved; {told}\n"
