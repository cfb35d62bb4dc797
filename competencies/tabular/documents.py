"""Texts and tables out of PDF and Word files, read in a process that may die of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from .archives import members
from .file_problems import unreadable
from .limits import MEGABYTE, Limits
from .workbooks import RawSheet

_READER = Path(__file__).with_name("document_process.py")
_PROBLEMS = {3: "encrypted", 4: "broken_document", 5: "too_long"}  # by the exit code of the reading process


@dataclass(frozen=True)
class DocumentLimits:
    """Far above any syllabus, far below what harms the machine."""

    max_bytes: int = 20 * MEGABYTE
    max_unpacked_bytes: int = 20 * MEGABYTE
    max_pages: int = 200
    max_letters: int = 400_000
    max_seconds: int = 30


def is_word(file: IO[bytes]) -> bool:
    """The file is left at its start. Raises UnreadableFile."""
    found = any(member.filename == "word/document.xml" for member in members(file))
    file.seek(0)
    return found


def word_sheets(file: IO[bytes], *, limits: Limits) -> Iterator[RawSheet]:
    """Each table of a Word file as a sheet, named by what stands above it. Raises UnreadableFile."""
    most = DocumentLimits(max_unpacked_bytes=limits.max_unpacked_bytes, max_letters=limits.max_bytes)
    tables = [json.loads(line) for line in read_document("tables", file.read(), limits=most).splitlines()]
    if not tables:
        raise unreadable("no_table_in_word")
    for table in tables:
        yield RawSheet(table["name"], False, tuple(map(tuple, table["merged"])), iter(table["rows"]))


def read_document(kind: str, data: bytes, *, limits: DocumentLimits) -> str:
    """What the reader for this kind writes. Raises UnreadableFile."""
    # -P keeps this folder's modules from standing in for those of the standard library
    command = [sys.executable, "-P", str(_READER), kind, json.dumps(asdict(limits))]
    try:
        done = subprocess.run(  # noqa: S603 our own file, no word of the user's in the command
            command, input=data, capture_output=True, timeout=2 * limits.max_seconds, check=True
        )
    except subprocess.CalledProcessError as error:
        raise unreadable(_PROBLEMS.get(error.returncode, "too_long")) from error
    except subprocess.TimeoutExpired as error:
        raise unreadable("too_long") from error
    return done.stdout.decode()
