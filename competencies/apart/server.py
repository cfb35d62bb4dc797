"""`python -m competencies.apart.server`: waits with everything loaded, and makes a child for each order.

A fresh Python takes a second or two to load the program; a child of a process that has it takes milliseconds. The
process has one thread, so that no child is born holding a lock of another one, and it ends with who started it.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any

from .orders import MEGABYTE, Order


def main(door_fd: int, starter_fd: int) -> None:
    """Serve those who come to the door until the starter's end of the pipe closes."""
    _load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children that ended leave nothing behind
    with socket.socket(fileno=door_fd) as door:
        path = Path(door.getsockname())
        while True:
            ready, _writable, _failed = select.select([door.fileno(), starter_fd], [], [])
            if starter_fd in ready:
                path.unlink()
                path.parent.rmdir()
                return
            line, _address = door.accept()
            if os.fork() == 0:
                door.close()
                os.close(starter_fd)
                _serve_and_end(Connection(line.detach()))
            line.close()


def _load() -> None:
    import django

    django.setup()
    from django.conf import settings

    for name in settings.LOADED_APART:
        import_module(name)
    gc.freeze()  # what is loaded is shared by all children for as long as nobody looks for garbage in it


def _serve_and_end(line: Connection) -> None:
    try:
        _serve(line)
    finally:
        os._exit(0)


def _serve(line: Connection) -> None:
    os.setpgid(0, 0)  # what it starts itself ends with it
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    line.send(("began", os.getpid()))
    order: Order = line.recv()
    Thread(target=_end_with_asker, args=(line,), daemon=True).start()
    _limit(order)
    try:
        answer: tuple[str, Any] = ("done", _done(order, line))
        line.send(answer)
    except MemoryError:
        answer = ("memory", None)
        line.send(answer)
    except BaseException as error:  # whatever it is, it is the asker's
        _raise_there(error, line)


def _done(order: Order, line: Connection) -> Any:
    from django.conf import settings
    from django.db import connections
    from django.utils import timezone, translation

    from .progress import telling

    settings.APART = False  # this is the place for it
    listened = telling(lambda said: line.send(("told", said)))
    with translation.override(order.language), timezone.override(order.time_zone), listened:
        try:
            return order.work()
        finally:
            connections.close_all()


def _raise_there(error: BaseException, line: Connection) -> None:
    error.add_note("".join(traceback.format_exception(error)))
    try:
        line.send(("raised", error))
    except Exception:  # an error that cannot be pickled
        line.send(("raised", RuntimeError("\n".join(error.__notes__))))


def _end_with_asker(line: Connection) -> None:
    with suppress(EOFError, OSError):
        line.recv()
    os._exit(0)


def _limit(order: Order) -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system has these limits
        import resource

        memory = _memory_now() + order.budget.megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        seconds = int(order.budget.seconds) + 2  # who asked ends it before; this ends it where nobody is left to
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _memory_now() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
