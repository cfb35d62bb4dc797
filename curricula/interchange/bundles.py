"""A zip of tables, as an export in CSV writes it: read as the one curriculum that it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import IO
from zipfile import ZipInfo

from competencies.tabular.archives import members, unpacked
from competencies.tabular.limits import MEGABYTE
from competencies.tabular.opening import open_file
from competencies.tabular.problems import Problem
from competencies.tabular.recognised import RecognisedFile, RecognisedSheet

from .parsed import ParsedCurriculum, ReadSettings
from .problems import in_our_words, unreadable
from .reader import read_curriculum

MOST_TABLES = 20
_TABLES = (".csv", ".tsv", ".txt")


def read_file(
    path_or_bytes: Path | bytes,
    *,
    name: str,
    settings: ReadSettings = ReadSettings(),  # noqa: B008 - frozen
) -> ParsedCurriculum:
    """Any curriculum file, or a zip of such tables. Raises `UnreadableFile`."""
    with in_our_words(), closing(open_file(path_or_bytes)) as file:
        tables = _tables(file)
        if not tables:
            return read_curriculum(path_or_bytes, name=name, settings=settings)
        most = settings.limits.max_unpacked_bytes
        if sum(table.file_size for table in tables) > most or len(tables) > MOST_TABLES:
            raise unreadable("unpacks_too_large", limit=most // MEGABYTE)
        return _joined(list(_read_tables(file, tables, settings)))


def _tables(file: IO[bytes]) -> list[ZipInfo]:
    """The tables of a zip that holds nothing else; a workbook is a zip too, but not of tables."""
    found = members(file)
    return found if all(member.filename.lower().endswith(_TABLES) for member in found) else []


def _read_tables(
    file: IO[bytes], tables: Iterable[ZipInfo], settings: ReadSettings
) -> Iterator[tuple[str, ParsedCurriculum]]:
    for name, data in unpacked(file, tables):
        if data.strip():
            yield name, read_curriculum(data, name=name, settings=settings)


def _joined(parts: list[tuple[str, ParsedCurriculum]]) -> ParsedCurriculum:
    if not parts:
        raise unreadable("empty_file")
    return ParsedCurriculum(
        layout="workbook",
        title=next((part.title for _name, part in parts if part.title), ""),
        columns={header: meaning for _name, part in parts for header, meaning in part.columns.items()},
        ignored_columns=tuple(dict.fromkeys(h for _name, part in parts for h in part.ignored_columns)),
        courses=tuple(course for _name, part in parts for course in part.courses),
        prerequisites=tuple(row for _name, part in parts for row in part.prerequisites),
        mappings=tuple(row for _name, part in parts for row in part.mappings),
        groups=tuple(group for _name, part in parts for group in part.groups),
        warnings=tuple(_in_table(name, problem) for name, part in parts for problem in part.warnings),
        refusals=tuple(_in_table(name, problem) for name, part in parts for problem in part.refusals),
        doubts=tuple(doubt for _name, part in parts for doubt in part.doubts),
        recognised=RecognisedFile(tuple(replace(sheet, name=name, top=()) for name, sheet in _sheets(parts))),
        fields=tuple(dict.fromkeys(field for _name, part in parts for field in part.fields)),
    )


def _sheets(parts: list[tuple[str, ParsedCurriculum]]) -> Iterator[tuple[str, RecognisedSheet]]:
    return ((name, sheet) for name, part in parts for sheet in part.recognised.sheets)


def _in_table(name: str, problem: Problem) -> Problem:
    return replace(problem, sheet=name)
