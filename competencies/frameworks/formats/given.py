"""What somebody gave to read: a file, or a folder or an archive of files; within the limit of an upload."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from django.conf import settings

from competencies.frameworks.problems import unreadable
from competencies.tabular.archives import members, unpacked
from competencies.tabular.choices import NO_CHOICES, Choices
from competencies.tabular.problems import UnreadableFile

_READ = (".csv", ".tsv", ".txt", ".json", ".xlsx")  # in an archive
_WORKBOOK_PARTS = {"[Content_Types].xml", "content.xml"}


@dataclass(frozen=True)
class Given:
    name: str
    files: Mapping[str, Path | bytes]
    packed: bool = False  # several files belong together, even where there is only one
    choices: Choices = NO_CHOICES  # of whoever sent it; lists heed them

    def first_named(self, *patterns: str) -> str:
        """The name of the first file that has the first of the patterns; "" where none has any."""
        return next((name for pattern in patterns for name in self.files if fnmatch(name, pattern)), "")

    def content(self, name: str = "") -> bytes:
        """The bytes of the file of this name, or of the only one."""
        source = self.files[name or next(iter(self.files))]
        try:
            _check_size(len(source) if isinstance(source, bytes) else source.stat().st_size)
            return source if isinstance(source, bytes) else source.read_bytes()
        except OSError as error:
            raise unreadable("unreadable") from error

    def json(self) -> object:
        return load_json(self.content())

    def holds(self, wanted: Callable[[Any], bool]) -> bool:
        """Whether it is JSON, and of this kind."""
        try:
            return wanted(self.json())
        except UnreadableFile:
            return False


def given(source: Path | bytes, *, name: str = "") -> Given:
    """Raises UnreadableFile."""
    if isinstance(source, Path) and source.is_dir():
        return Given(source.name, {path.name: path for path in sorted(source.iterdir())}, packed=True)
    name = name or getattr(source, "name", "")
    content = Given(name, {name: source}).content()
    file = io.BytesIO(content)
    found = [] if not content.startswith(b"PK") else members(file)
    wanted = [member for member in found if member.filename.lower().endswith(_READ)]
    if not wanted or any(member.filename in _WORKBOOK_PARTS for member in found):
        return Given(name, {name: content})
    _check_size(sum(member.file_size for member in wanted))
    return Given(name, {Path(path).name: data for path, data in unpacked(file, wanted)}, packed=True)


def _check_size(size: int) -> None:
    if size > settings.MAX_UPLOAD_BYTES:
        raise unreadable("too_large", size=settings.MAX_UPLOAD_BYTES // 2**20)


def load_json(data: bytes) -> object:
    """The JSON value of a file; raises UnreadableFile where it is none."""
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise unreadable("not_utf8", position=error.start) from error
    except json.JSONDecodeError as error:
        raise unreadable("bad_json", line=error.lineno, character=error.colno) from error
    except (ValueError, RecursionError) as error:
        raise unreadable("bad_json", message="json_beyond_limits") from error


def _no_constant(name: str) -> None:
    raise ValueError(name)


def text_of(record: Mapping[str, Any], name: str) -> str:
    """What a record of somebody else's says there; "" where that is no text."""
    value = record.get(name)
    return value.strip() if isinstance(value, str) else ""
