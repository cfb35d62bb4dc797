"""The sheets of .xlsx, .xls and .ods files, read in a process that may die of them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from .archives import check_workbook
from .file_problems import unreadable
from .limits import Limits

WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls", ".ods")
_ZIP, _EMPTY_ZIP, _OLE = b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_READER = Path(__file__).with_name("workbook_process.py")
_PROBLEMS = {3: "encrypted", 4: "broken_workbook"}  # by the exit code of the reading process
_PATIENCE = 1.5  # seconds of the clock for each second of work that the process may do

Area = tuple[int, int, int, int]  # first row, first column, last row, last column, counted from 0


class RawSheet(NamedTuple):
    name: str
    hidden: bool
    merged: tuple[Area, ...]
    rows: Iterator[Sequence[str]]  # all of them, from the first row and column on; gone when the next sheet comes
    plain_text: bool = False  # came from text, not from a workbook
    encoding: str = ""  # of a text


def is_workbook(start: bytes) -> bool:
    return start.startswith((_ZIP, _EMPTY_ZIP, _OLE))


def workbook_sheets(file: IO[bytes], *, limits: Limits, read_hidden: Collection[str] = ()) -> Iterator[RawSheet]:
    """The sheets that hold cells, in order; a hidden one has no rows unless it was asked for by name."""
    with tempfile.TemporaryFile() as answer:
        _read(_checked(file, limits=limits), answer=answer, limits=limits, read_hidden=read_hidden)
        answer.seek(0)
        yield from _sheets(answer, limits=limits)


def _checked(file: IO[bytes], *, limits: Limits) -> bytes:
    file.seek(0)
    data = file.read()
    if data.startswith(b"PK"):
        check_workbook(file, most=limits.max_unpacked_bytes)
    elif _ENCRYPTED_PACKAGE in data:
        raise unreadable("encrypted")
    return data


def _read(data: bytes, *, answer: IO[bytes], limits: Limits, read_hidden: Collection[str]) -> None:
    # -P keeps this folder's modules from standing in for those of the standard library
    command = [sys.executable, "-P", str(_READER), json.dumps(asdict(limits) | {"read_hidden": list(read_hidden)})]
    patience = limits.max_seconds * _PATIENCE
    try:
        subprocess.run(  # noqa: S603 our own file, no word of the user's in the command
            command, input=data, stdout=answer, stderr=subprocess.DEVNULL, timeout=patience, check=True
        )
    except subprocess.CalledProcessError as error:
        raise unreadable(_PROBLEMS.get(error.returncode, "workbook_failed")) from error
    except subprocess.TimeoutExpired as error:
        raise unreadable("workbook_failed") from error


def _sheets(answer: IO[bytes], *, limits: Limits) -> Iterator[RawSheet]:
    for line in answer:
        head = json.loads(line)
        rows, columns = head["extent"]
        limits.check(rows=rows, columns=columns, cells=rows * columns)
        cells = map(json.loads, islice(answer, head["count"]))
        yield RawSheet(head["name"], head["hidden"], tuple(map(tuple, head["merged"])), cells)
        for _unread in cells:
            pass
