"""The text of a syllabus out of .docx, .pdf and .txt; what a file is, is read from its bytes."""

from __future__ import annotations

import re
from contextlib import closing
from typing import IO

from django.utils.translation import gettext_lazy as _

from competencies.tabular.decoding import open_text
from competencies.tabular.documents import DocumentLimits, is_word, read_document
from competencies.tabular.opening import Source, check_size, open_file, size_of
from competencies.tabular.plain_text import plain_text
from competencies.tabular.problems import UnreadableFile
from competencies.tabular.web_tables import is_web_page

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word before 2007, and anything under a password
_NEAR_THE_START = 1024  # a PDF may begin with a few bytes that are none of its own
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_EMPTY_LINES = re.compile(r"\n\s*\n\s*")
_NOT_A_SYLLABUS = _("The file is neither a Word document (.docx) nor a PDF nor plain text; save it as one of them.")

_LIMITS = DocumentLimits()

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


def syllabus_text(source: Source, *, limits: DocumentLimits = _LIMITS) -> str:
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


def _text(file: IO[bytes], limits: DocumentLimits) -> str:
    start = file.read(_NEAR_THE_START)
    file.seek(0)
    if b"%PDF-" in start:
        return read_document("pdf", file.read(), limits=limits)
    if start.startswith(b"{\\rtf"):
        raise _unreadable("not_a_syllabus")
    if start.startswith(_OLE):
        raise _unreadable("old_word")
    if start.startswith(b"PK"):
        if not is_word(file):
            raise _unreadable("not_a_syllabus")
        return read_document("word", file.read(), limits=limits)
    with open_text(file) as text:
        return plain_text(text.read()) if is_web_page(start) else text.read()


def _tidy(text: str) -> str:
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    return _EMPTY_LINES.sub("\n\n", text).strip()


def _unreadable(code: str, **facts: object) -> UnreadableFile:
    return UnreadableFile(code, str(MESSAGES[code]) % facts, **facts)
