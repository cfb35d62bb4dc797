"""The formats in which frameworks come and go: each module here that has FORMATS adds its own; no database."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path

from competencies.frameworks.problems import unreadable
from competencies.frameworks.rows import ParsedFramework, refused
from competencies.tabular.choices import NO_CHOICES, Choices
from competencies.tabular.problems import UnreadableFile
from competencies.tabular.recognised import RecognisedFile

from .given import Given, given


class CellTooLong(ValueError):
    """A text is longer than a cell of a workbook can be; the message begins with it."""


@dataclass(frozen=True)
class Format:
    """A kind of framework file.

    `detects` looks at what was given and may raise nothing but UnreadableFile, and so may `reads`; `reads` is told
    the slug under which the framework will be saved, "" where the file says it. `writes` may raise CellTooLong.
    """

    name: str
    detects: Callable[[Given], bool]
    reads: Callable[[Given, str], ParsedFramework]
    writes: Callable[[ParsedFramework], bytes] | None = None


@cache
def formats() -> dict[str, Format]:
    """By name; a format with many signs of its own is asked before one that takes nearly any table."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return {one.name: one for module in modules for one in getattr(module, "FORMATS", ())}


def read_format(
    name: str, source: Path | bytes, *, slug: str = "", file_name: str = "", choices: Choices = NO_CHOICES
) -> ParsedFramework:
    """A framework file, checked; what cannot be read at all comes back as one refusal."""
    try:
        return formats()[name].reads(replace(given(source, name=file_name), choices=choices), slug)
    except UnreadableFile as error:
        told = refused(error.problem(file_name or getattr(source, "name", "")), slug=slug)
        return told.model_copy(update={"recognised": error.recognised or RecognisedFile()})


def read_any(content: bytes, *, file_name: str, slug: str = "", choices: Choices = NO_CHOICES) -> ParsedFramework:
    """A framework in whatever format it is. Raises UnreadableFile."""
    found = replace(given(content, name=file_name), choices=choices)
    name = next((name for name, one in formats().items() if one.detects(found)), "")
    if not name:
        raise unreadable("unknown_format", found=_beginning(content))
    return formats()[name].reads(found, slug)


def _beginning(content: bytes) -> str:
    return " ".join(content[:300].decode("utf-8", "replace").split())[:80]


def detected(source: Path | bytes, *, file_name: str = "") -> str:
    """The name of the format that the file is in; "" where no format knows it."""
    try:
        found = given(source, name=file_name)
        return next((name for name, one in formats().items() if one.detects(found)), "")
    except UnreadableFile:
        return ""
