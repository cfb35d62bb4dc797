"""Zip archives, measured before they are opened: a workbook is one, and so is a set of tables."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO

from .file_problems import unreadable
from .limits import MEGABYTE

_CHUNK = 2**20
_ENCRYPTED = 0x1
_KNOWN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    RuntimeError,
    OverflowError,
)


def members(file: IO[bytes]) -> list[zipfile.ZipInfo]:
    """The files in an archive; none where the file is no archive."""
    try:
        with zipfile.ZipFile(file) as archive:
            return [member for member in archive.infolist() if not member.is_dir()]
    except _DAMAGE:
        return []


def unpacked(file: IO[bytes], wanted: Iterable[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each, not more than the archive promised, whatever it would unpack to."""
    try:
        with zipfile.ZipFile(file) as archive:
            for member in wanted:
                with archive.open(member) as stream:
                    yield member.filename, stream.read(member.file_size)
    except _DAMAGE as error:
        raise unreadable("bad_archive") from error


def check_workbook(file: IO[bytes], *, most: int) -> None:
    """Refuse what unpacks to more than `most` bytes, by what it says and by what it does."""
    try:
        with zipfile.ZipFile(file) as archive:
            problem = _problem(archive, most=most)
    except _DAMAGE as error:
        raise unreadable("broken_workbook") from error
    if problem:
        raise unreadable(problem, most=most // MEGABYTE)


def _problem(archive: zipfile.ZipFile, *, most: int) -> str:
    found = archive.infolist()
    if any(member.flag_bits & _ENCRYPTED for member in found):
        return "encrypted"
    if any(member.compress_type not in _KNOWN_METHODS for member in found):
        return "broken_workbook"
    if sum(member.file_size for member in found) > most:
        return "unpacks_too_large"
    return "" if _unpacks_within(archive, found, most=most) else "unpacks_too_large"


def _unpacks_within(archive: zipfile.ZipFile, found: Iterable[zipfile.ZipInfo], *, most: int) -> bool:
    left = most
    for member in found:
        member.file_size = most + 1  # the stated size may lie, and reading would stop at it
        with archive.open(member) as stream:
            while block := stream.read(min(_CHUNK, left + 1)):
                left -= len(block)
                if left < 0:
                    return False
    return True
