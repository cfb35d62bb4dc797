"""A file from a path or from memory, looked at before it is read."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO

from .file_problems import unreadable
from .limits import MEGABYTE

Source = Path | str | bytes
# How PNG, JPEG, GIF, PDF, RAR, 7z and gzip files begin; read as letters they would be refused for their “headers”.
_NO_TABLES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF-", b"Rar!\x1a", b"7z\xbc\xaf", b"\x1f\x8b\x08")


def open_file(source: Source) -> IO[bytes]:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    try:
        return Path(source).open("rb")
    except (OSError, ValueError) as error:
        raise unreadable("cannot_open", reason=getattr(error, "strerror", None) or error) from error


def size_of(file: IO[bytes]) -> int:
    """How many bytes the file has, found without reading it; it is left at its start."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return size


def check_size(size: int, *, most: int) -> None:
    if size == 0:
        raise unreadable("empty_file")
    if size > most:
        raise unreadable("too_large", size=-(-size // MEGABYTE), most=most // MEGABYTE)


def check_kind(start: bytes) -> None:
    """By the first bytes of a file that shall hold a table."""
    if start.startswith(_NO_TABLES):
        raise unreadable("no_table")
