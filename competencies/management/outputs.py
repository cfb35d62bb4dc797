"""The file that a command writes: whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from .imports import wrong_usage


def output_path(value: str) -> Path:
    path = Path(value)
    if path.is_dir() or not path.parent.is_dir():
        wrong_usage(f"“{path}” is not a file in an existing folder")
    return path


def write_whole(path: Path, content: bytes) -> None:
    """Beside the target first, so that a reader never meets half a file."""
    try:
        _write(path, content)
    except OSError as error:
        wrong_usage(f"“{path}” cannot be written: {error.strerror}")


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # A temporary file is its owner's alone; what is asked for is as readable as any other new file.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
