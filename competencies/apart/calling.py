"""Have work done in a process of its own, wait for it, and end it where it takes too much."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar

from django.conf import settings
from django.utils import timezone, translation

from .orders import BrokeOff, Budget, MemoryUp, Order, TimeUp
from .progress import Said, telling

T = TypeVar("T")
LOADING: Final = 60  # seconds in which the waiting process has loaded the program on a slow machine
BEAT: Final = 0.25  # seconds after which who waits looks up


def _nothing(*_said: Any) -> None:
    pass


def apart(
    work: Callable[[], T],
    *,
    budget: Budget,
    told: Callable[[Said], None] = _nothing,
    beat: Callable[[], None] = _nothing,
) -> T:
    """What the work returns, or what it raises; TimeUp, MemoryUp or BrokeOff where it came to no end.

    `told` gets what the work says of how far it is. `beat` is called four times a second, and ends the work by
    raising. In tests, and where a system has no such processes, the work is done here.
    """
    if not settings.APART or not hasattr(os, "fork"):
        # Within work that is done apart already, whoever listens to that goes on listening.
        with nullcontext() if told is _nothing else telling(told):
            return work()
    order = Order(
        work, budget, translation.get_language() or settings.LANGUAGE_CODE, timezone.get_current_timezone_name()
    )
    with closing(_line()) as line:
        return _awaited(line, order, told, beat)


def _awaited(line: Connection, order: Order, told: Callable[[Said], None], beat: Callable[[], None]) -> Any:
    child = _begun(line, beat)
    ended = False
    try:
        line.send(order)
        until = time.monotonic() + order.budget.seconds
        while True:
            if line.poll(max(0.0, min(BEAT, until - time.monotonic()))):
                what, said = line.recv()
                if what == "told":
                    told(said)
                    continue
                ended = True
                return _answer(what, said)
            if time.monotonic() >= until:
                raise TimeUp
            beat()
    except (EOFError, ConnectionError) as error:
        raise BrokeOff from error
    finally:
        if not ended:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child, signal.SIGKILL)


def _answer(what: str, said: Any) -> Any:
    if what == "done":
        return said
    if what == "memory":
        raise MemoryUp
    raise said


def _begun(line: Connection, beat: Callable[[], None]) -> int:
    """The number of the process that is there for this order alone."""
    until = time.monotonic() + LOADING
    try:
        while time.monotonic() < until:
            if line.poll(BEAT):
                _began, child = line.recv()
                return int(child)
            beat()
    except (EOFError, ConnectionError) as error:
        raise BrokeOff from error
    raise BrokeOff


@dataclass(frozen=True)
class _Server:
    starter: int  # number of the process that started it; a child of that one starts its own
    process: subprocess.Popen[bytes]
    door: str
    alive: int  # closes with the starter, by which the server knows


_server: _Server | None = None
_starting = Lock()


def warm_up() -> None:
    """Start the waiting process now, so that the first one who needs it does not wait for it to load."""
    if settings.APART and hasattr(os, "fork"):
        _running()


def _line() -> Connection:
    for _try in range(2):
        server = _running()
        line = socket.socket(socket.AF_UNIX)
        try:
            line.connect(server.door)
            return Connection(line.detach())
        except OSError:  # it ended meanwhile, as where the machine had no memory left
            line.close()
            _forget(server)
    raise BrokeOff


def _running() -> _Server:
    global _server
    with _starting:
        if _server is None or _server.starter != os.getpid() or _server.process.poll() is not None:
            _server = _started()
        return _server


def _forget(server: _Server) -> None:
    global _server
    with _starting:
        if _server is server:
            _server = None


def _started() -> _Server:
    folder = tempfile.mkdtemp(prefix="talentgap-")  # of this user alone
    path = str(Path(folder) / "door")
    reads, alive = os.pipe()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen(64)
        handed = (door.fileno(), reads)
        command = [sys.executable, "-m", "competencies.apart.server", *map(str, handed)]
        # One thread for sums: a child has but the one that made it.
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        process = subprocess.Popen(  # noqa: S603 - our own module, no word of the user's in the command
            command, cwd=settings.BASE_DIR, env=environment, pass_fds=handed, start_new_session=True
        )
    os.close(reads)
    return _Server(os.getpid(), process, path, alive)
