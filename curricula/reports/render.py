"""Every format of a gap report behind one door, for pages and for the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse

from competencies.downloads import download
from competencies.tabular.writing import XLSX_TYPE

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

    def download(self) -> HttpResponse:
        return download(self.content, self.content_type, self.filename)


TYPES: Final = {
    "pdf": "application/pdf",
    "xlsx": XLSX_TYPE,
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
}
_WRITERS: Final[dict[str, Callable[[GapReport], bytes]]] = {
    "pdf": pdf_report,
    "xlsx": xlsx_report,
    "csv": csv_report,
    "json": json_report,
    "html": html_report,
}
FORMATS: Final = tuple(_WRITERS)


def rendered(content: bytes, *, name: str, format: str) -> Rendered:  # noqa: A002  the word of the command line
    """A file of one of TYPES."""
    return Rendered(content, TYPES[format], f"{name}.{format}")


def render(report: GapReport, format: str) -> Rendered:  # noqa: A002  the word of the command line
    """The report in one of FORMATS. Raises KeyError for any other."""
    return rendered_before(_WRITERS[format](report), key=report.subject.key, format=format)


def rendered_before(content: bytes, *, key: str, format: str) -> Rendered:  # noqa: A002
    """The same of a report on the plan with this key that was written before."""
    return rendered(content, name=f"gap-report-{key.replace('/', '-')}", format=format)
