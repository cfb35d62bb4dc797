"""Models read a new vocabulary behind the pages that ask for it, once for all processes of a site."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Final

from . import semantic
from .vocabulary import Vocabulary

logger = logging.getLogger(__name__)

STALE: Final = 120.0  # seconds without a step, after which a reading counts as ended with its process


@dataclass(frozen=True)
class Reading:
    """How far the models are: titles read, of so many; 0 of 0 before the first step."""

    done: int = 0
    of: int = 0

    @property
    def percent(self) -> int:
        return self.done * 100 // self.of if self.of else 0


def read_behind(vocabulary: Vocabulary, *, folder: Path) -> Reading:
    """Begin to read unless that is under way, here or in another process; how far it is."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / f"{vocabulary.digest}.reading"
    if not _claimed(mark):
        return _reading(mark)
    Thread(target=_read, args=(vocabulary, folder, mark), name=f"reading {vocabulary.digest[:8]}", daemon=True).start()
    return Reading()


def _read(vocabulary: Vocabulary, folder: Path, mark: Path) -> None:
    with _released(mark):
        semantic.read_vocabulary(vocabulary, folder=folder, progress=lambda done, of: _tell(mark, done, of))


@contextmanager
def _released(mark: Path) -> Iterator[None]:
    """A thread has nobody to raise to: the log has the error, and the mark goes, so that the next page tries again."""
    try:
        yield
    except Exception:
        logger.exception("a vocabulary could not be read")
    finally:
        mark.unlink(missing_ok=True)


def _claimed(mark: Path) -> bool:
    """Whether the mark is now ours; one that was left by a process that ended is taken over."""
    with suppress(FileNotFoundError):
        if time.time() - mark.stat().st_mtime > STALE:
            mark.unlink(missing_ok=True)
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    return True


def _tell(mark: Path, done: int, of: int) -> None:
    """In one write, so that a reader finds both numbers or none."""
    with suppress(FileNotFoundError), mark.open("r+", encoding="ascii") as file:
        file.write(f"{done} {of}\n".ljust(32))


def _reading(mark: Path) -> Reading:
    with suppress(FileNotFoundError, ValueError):
        done, of = mark.read_text("ascii").split()
        return Reading(int(done), int(of))
    return Reading()
