"""The text of a syllabus out of .docx, .pdf and .txt; what a file is, is read from its bytes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from competencies.tabular.archives import members
from competencies.tabular.decoding import open_text
from competencies.tabular.limits import MEGABYTE
from competencies.tabular.opening import Source, check_size, open_file, size_of
from competencies.tabular.problems import UnreadableFile

_READER = Path(__file__).with_name("document_process.py")
_PROBLEMS = {3: "encrypted", 4: "broken_document", 5: "too_long"}  # by the exit code of the reading process
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word before 2007, and anything under a password
_NEAR_THE_START = 1024  # a PDF may begin with a few bytes that are none of its own
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_EMPTY_LINES = re.compile(r"\n\s*\n\s*")
_NOT_A_SYLLABUS = _("The file is neither a Word document (.docx) nor a PDF nor plain text; save it as one of them.")

MESSAGES = {
    "empty_file": _("The file is empty."),
    "too_large": _("The file has %(size)d MB; at most %(most)d MB are read. Leave the pictures out."),
    "too_long": _("The document is longer than a syllabus can be. Send the pages on this course only."),
    "encrypted": _("The document is locked with a password; save it without one."),
    "broken_document": _("The document is damaged. Open it, save it again, or paste its text."),
    "old_word": _(
        "The document is in the format of Word before 2007, or locked; save it as .docx without a password."
    ),
    "not_a_syllabus": _NOT_A_SYLLABUS,
    "not_text": _NOT_A_SYLLABUS,
    "line_too_long": _NOT_A_SYLLABUS,
    "unknown_encoding": _("The letters of the text cannot be read; save it as UTF-8."),
    "no_text": _("No text was found: the pages may be pictures. Paste the text instead."),
}


@dataclass(frozen=True)
class SyllabusLimits:
    """Far above any syllabus, far below what harms the machine."""

    max_bytes: int = 20 * MEGABYTE
    max_unpacked_bytes: int = 20 * MEGABYTE
    max_pages: int = 200
    max_letters: int = 400_000
    max_seconds: int = 30


def syllabus_text(source: Source, *, limits: SyllabusLimits = SyllabusLimits()) -> str:
    """The words of the document, a paragraph a line. Raises `UnreadableFile`, which says what to do."""
    try:
        with closing(open_file(source)) as file:
            check_size(size_of(file), most=limits.max_bytes)
            text = _tidy(_text(file, limits))
    except UnreadableFile as error:
        if error.code not in MESSAGES:
            raise
        raise _unreadable(error.code, **error.facts) from error
    if not text:
        raise _unreadable("no_text")
    if len(text) > limits.max_letters:
        raise _unreadable("too_long")
    return text


def _text(file: IO[bytes], limits: SyllabusLimits) -> str:
    start = file.read(_NEAR_THE_START)
    file.seek(0)
    if b"%PDF-" in start:
        return _read_apart("pdf", file.read(), limits)
    if start.startswith(_OLE):
        raise _unreadable("old_word")
    if start.startswith(b"PK"):
        if not is_word(file):
            raise _unreadable("not_a_syllabus")
        return _read_apart("word", file.read(), limits)
    with open_text(file) as text:
        return text.read()


def word_tables(data: bytes, *, limits: SyllabusLimits) -> list[dict[str, Any]]:
    """The tables of a Word file: name, rows of texts and merged cells of each. Raises `UnreadableFile`."""
    return [json.loads(line) for line in _read_apart("tables", data, limits).splitlines()]


def is_word(file: IO[bytes]) -> bool:
    found = any(member.filename == "word/document.xml" for member in members(file))
    file.seek(0)
    return found


def _read_apart(kind: str, data: bytes, limits: SyllabusLimits) -> str:
    # -P keeps this folder's modules from standing in for those of the standard library
    command = [sys.executable, "-P", str(_READER), kind, json.dumps(asdict(limits))]
    try:
        done = subprocess.run(  # noqa: S603 our own file, no word of the user's in the command
            command, input=data, capture_output=True, timeout=2 * limits.max_seconds, check=True
        )
    except subprocess.CalledProcessError as error:
        raise _unreadable(_PROBLEMS.get(error.returncode, "too_long")) from error
    except subprocess.TimeoutExpired as error:
        raise _unreadable("too_long") from error
    return done.stdout.decode()


def _tidy(text: str) -> str:
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    return _EMPTY_LINES.sub("\n\n", text).strip()


def _unreadable(code: str, **facts: object) -> UnreadableFile:
    return UnreadableFile(code, str(MESSAGES[code]) % facts, **facts)
