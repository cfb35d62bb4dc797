"""Files of postings in memory, and what the reader makes of them on one day."""

import datetime
import json
from pathlib import Path

import pytest

from competencies.demand.readers.postings import ParsedPostings, PostingRow, read_postings
from competencies.tabular.problems import UnreadableFile

TODAY = datetime.date(2026, 3, 20)


def read(text: str, *, name: str = "postings.csv", encoding: str = "utf-8") -> ParsedPostings:
    return read_postings(text.encode(encoding), name=name, today=TODAY)


def one(header: str, *cells: str) -> PostingRow:
    """The only posting of a JSON line, which needs no quoting."""
    content = dict(zip(header.split(","), cells, strict=True))
    (row,) = read(json.dumps(content), name="one.jsonl").rows
    return row


def refused(data: bytes | Path, *, name: str = "postings.csv", **options: int) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_postings(data, name=name, today=TODAY, **options)
    return caught.value
