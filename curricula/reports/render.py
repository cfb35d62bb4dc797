"""Every format of a gap report behind one door, for pages and for the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .csv_report import csv_report
from .gap_report import GapReport
from .html_report import html_report
from .json_report import json_report
from .pdf_report import pdf_report
from .xlsx_report import xlsx_report


@dataclass(frozen=True)
class FormatChoice:
    """A format that a page offers: what it is called and what it is for."""

    format: str
    title: str
    use: str


@dataclass(frozen=True)
class Rendered:
    content: bytes
    content_type: str
    filename: str


_FORMATS: Final[dict[str, tuple[Callable[[GapReport], bytes], str]]] = {
    "pdf": (pdf_report, "application/pdf"),
    "xlsx": (xlsx_report, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (csv_report, "text/csv; charset=utf-8"),
    "json": (json_report, "application/json"),
    "html": (html_report, "text/html; charset=utf-8"),
}
FORMATS: Final = tuple(_FORMATS)


def render(report: GapReport, format: str) -> Rendered:  # noqa: A002  the word of the command line
    """The report in one of FORMATS. Raises KeyError for any other."""
    write, _content_type = _FORMATS[format]
    return rendered_before(write(report), key=report.subject.key, format=format)


def rendered_before(content: bytes, *, key: str, format: str) -> Rendered:  # noqa: A002
    """The same of a report on the plan with this key that was written before."""
    _write, content_type = _FORMATS[format]
    return Rendered(content, content_type, f"gap-report-{key.replace('/', '-')}.{format}")
