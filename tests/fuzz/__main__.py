"""`make fuzz`: FILES generated files by SEED, in WORKERS processes that a file may end; a table of how they ended.

Each process has a database of its own. One that does not answer in time, or dies, is a fault of its file. Interrupted,
it tells of the files that were tried until then.
"""

from __future__ import annotations

import json
import os
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from threading import Event
from typing import Any, Final

from tests.places import ROOT

ENDS: Final = ("saved", "refused", "not read", "fault")
LAST_WORD: Final = 600  # seconds after which a process that says nothing is ended
MOST_MEMORY: Final = 1024  # MB of one process, Django and the statistics included
_interrupted = Event()
_at_work: Final[set[subprocess.Popen]] = set()


def _interrupt(*_signal: object) -> None:
    _interrupted.set()
    for process in _at_work:
        process.kill()


def worker(first: int, end: int, step: int, seed: int) -> None:
    """Says each trial as a line of JSON."""
    import django
    from django.conf import settings

    django.setup()
    settings.APART = False  # each trial measures this process
    from .trying import prepared, try_file

    universe = prepared()
    for number in range(first, end, step):
        trial = try_file(number, seed=seed, universe=universe)
        who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        memory = [resource.getrusage(one).ru_maxrss // 1024 for one in who]
        sys.stdout.write(json.dumps(asdict(trial) | {"memory": memory}) + "\n")
        sys.stdout.flush()


def prepare() -> None:
    """The database that each worker gets a copy of."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from .trying import prepared

    call_command("migrate", verbosity=0)
    prepared()
    connection.close()


def told(base: Path, first: int, end: int, step: int, seed: int) -> list[dict[str, Any]]:
    """What a worker says of each file; where it says nothing more, the next one goes on behind the file."""
    trials: list[dict[str, Any]] = []
    while (number := first + len(trials) * step) < end and not _interrupted.is_set():
        with tempfile.TemporaryDirectory() as state:
            shutil.copytree(base, state, dirs_exist_ok=True)
            trials += _of_one_process(number, end, step, seed, state)
        if (lost := first + len(trials) * step) < end and not _interrupted.is_set():
            trials.append({"number": lost, "kind": "?", "end": "fault", "fault": "the process was lost", "seconds": 0})
    return trials


def _command(*words: object) -> list[str]:
    return [sys.executable, "-m", "tests.fuzz", *map(str, words)]


def _place(state: object) -> dict[str, Any]:
    given = {"TALENTGAP_STATE": str(state), "TALENTGAP_DEMO": "1", "DJANGO_SETTINGS_MODULE": "talentgap.settings"}
    return {"cwd": ROOT, "env": os.environ | given | {"ALLOWED_HOSTS": "testserver", "OMP_NUM_THREADS": "1"}}


def _of_one_process(first: int, end: int, step: int, seed: int, state: str) -> list[dict[str, Any]]:
    errors = (Path(state) / "errors").open("w")
    work: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": errors, "start_new_session": True} | _place(state)
    process = subprocess.Popen(_command("worker", first, end, step, seed), **work)
    _at_work.add(process)
    said: list[dict[str, Any]] = []
    assert process.stdout is not None
    try:
        while select.select([process.stdout], [], [], LAST_WORD)[0] and (line := process.stdout.readline()):
            said.append(json.loads(line))
            if said[-1]["fault"]:
                sys.stderr.write(f"{said[-1]['number']} {said[-1]['kind']}: {said[-1]['fault']}\n")
    finally:
        _at_work.discard(process)
        process.kill()
        process.wait()
        errors.close()
    return said


def main(files: int, seed: int, workers: int) -> int:
    start = time.monotonic()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _interrupt)
    with tempfile.TemporaryDirectory() as base, ThreadPoolExecutor(workers) as pool:
        subprocess.run(_command("prepare"), check=True, **_place(base))
        parts = pool.map(lambda n: told(Path(base), n, files, workers, seed), range(workers))
        trials = [one for part in parts for one in part]
    sys.stdout.write(table(trials))
    measured = [one for one in trials if "memory" in one]
    memory = [max(one["memory"][n] for one in measured) for n in (0, 1)]
    hungriest = next(one for one in measured if one["memory"][0] == memory[0])
    slowest = max(trials, key=lambda one: one["seconds"])
    faults = [one["number"] for one in trials if one["end"] == "fault"]
    took = f"{len(trials)} files in {time.monotonic() - start:.0f} s by {workers} processes"
    sys.stdout.write(
        f"seed {seed}: {took}; the slowest took "
        f"{slowest['seconds']:.1f} s (number {slowest['number']}); largest process {memory[0]} MB "
        f"(number {hungriest['number']}), of a reader of workbooks and documents {memory[1]} MB; "
        f"faults {len(faults)} {faults[:20]}\n"
    )
    return 1 if faults or max(memory) > MOST_MEMORY else 0


def table(trials: list[dict[str, Any]]) -> str:
    """Kinds by ends, as docs/robustness.md shows it."""
    by_kind = Counter((one["kind"], one["end"]) for one in trials)
    lines = ["| kind | " + " | ".join(ENDS) + " |", "|---|" + "--:|" * len(ENDS)]
    lines += [
        f"| {kind} | " + " | ".join(str(by_kind[kind, end]) for end in ENDS) + " |"
        for kind in sorted({kind for kind, _end in by_kind})
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    elif sys.argv[1] == "worker":
        worker(*map(int, sys.argv[2:]))
    else:
        sys.exit(main(*map(int, sys.argv[1:])))
