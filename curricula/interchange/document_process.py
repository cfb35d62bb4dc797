"""Reads the text of a PDF or of a Word file in a process of its own and writes it to standard output.

A small document can ask for any amount of memory or time; here it has little of both and nothing to lose. It is
started by `syllabus.py` and knows no Django.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

ENCRYPTED, BROKEN, TOO_LARGE = 3, 4, 5
MEMORY = 2**31
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAID_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # for programs of long ago


class Encrypted(Exception):
    pass


def limit_resources(*, seconds: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system has these limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def pdf_pieces(data: bytes, wanted: dict[str, Any]) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError

    logging.disable()
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Encrypted
    try:
        if len(reader.pages) > wanted["max_pages"]:
            raise MemoryError
        for page in reader.pages:
            yield page.extract_text() + "\n"
    except FileNotDecryptedError as error:
        raise Encrypted from error


def word_pieces(data: bytes, wanted: dict[str, Any]) -> Iterator[str]:
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("word/document.xml") as stream:
        document = stream.read(wanted["max_unpacked_bytes"] + 1)
    if len(document) > wanted["max_unpacked_bytes"]:
        raise MemoryError
    yield from _said(fromstring(document))


def _said(element: Any) -> Iterator[str]:
    waiting = [iter([element])]
    while waiting:
        one = next(waiting[-1], None)
        if one is None:
            waiting.pop()
            continue
        if isinstance(one, str):
            yield one
        elif one.tag == WORD + "t":
            yield one.text or ""
        elif one.tag in (WORD + "tab", WORD + "br", WORD + "cr"):
            yield "\t" if one.tag == WORD + "tab" else "\n"
        elif one.tag != SAID_TWICE:
            waiting.append(iter([*one, "\n"]) if one.tag == WORD + "p" else iter(one))


READERS: dict[str, Callable[[bytes, dict[str, Any]], Iterator[str]]] = {"pdf": pdf_pieces, "word": word_pieces}


def main(kind: str, wanted: dict[str, Any]) -> int:
    data = sys.stdin.buffer.read()
    limit_resources(seconds=wanted["max_seconds"])
    left = wanted["max_letters"]
    try:
        for piece in READERS[kind](data, wanted):
            left -= len(piece)
            if left < 0:
                return TOO_LARGE
            sys.stdout.buffer.write(piece.encode("utf-8", "ignore"))
    except Encrypted:
        return ENCRYPTED
    except (MemoryError, RecursionError):
        return TOO_LARGE
    except Exception:  # whatever a damaged file makes the readers raise
        return BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], json.loads(sys.argv[2])))
