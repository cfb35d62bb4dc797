"""The abilities of a gap report as one plain CSV table: keys of the JSON schema as headers, no preamble."""

from __future__ import annotations

import csv
from typing import Any

from competencies.tabular.writing import csv_bytes

from .gap_report import GapReport
from .tables import ability_cells


def csv_report(report: GapReport) -> bytes:
    """UTF-8 with a byte-order mark, so that a spreadsheet program reads Chinese; what is unknown is empty."""
    # Quoted text cannot break up where a semicolon separates the columns.
    columns = list(ability_cells(lambda told: told.csv))
    rows = ([_written(each.key, each.value(line).value) for each in columns] for line in report.abilities)
    return csv_bytes([[each.key for each in columns], *rows], quoting=csv.QUOTE_NONNUMERIC)


def _written(name: str, value: Any) -> str | float | int | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ("; " if name == "courses" else " ").join(value)
    return value
