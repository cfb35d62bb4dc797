"""The abilities of a gap report as one plain CSV table: keys of the JSON schema as headers, no preamble."""

from __future__ import annotations

import csv
from typing import Final

from competencies.tabular.writing import csv_bytes
from curricula.analysis.frames import MODES

from .gap_report import ABILITY, AbilityLine, GapReport

HOURS: Final = tuple(f"{mode}_hours" for mode in MODES)
COLUMNS: Final = tuple(
    column for name, told in ABILITY.items() for column in (HOURS if name == "hours" else (name,)) if told.csv
)


def csv_report(report: GapReport) -> bytes:
    """UTF-8 with a byte-order mark, so that a spreadsheet program reads Chinese; what is unknown is empty."""
    # Quoted text cannot break up where a semicolon separates the columns.
    rows = ([_cell(line, name) for name in COLUMNS] for line in report.abilities)
    return csv_bytes([COLUMNS, *rows], quoting=csv.QUOTE_NONNUMERIC)


def _cell(line: AbilityLine, name: str) -> str | float | int | None:
    value = line.hours[MODES[HOURS.index(name)]] if name in HOURS else getattr(line, name)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ("; " if name == "courses" else " ").join(value)
    return value
