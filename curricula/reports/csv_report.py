"""The abilities of a gap report as one plain CSV table: keys of the JSON schema as headers, no preamble."""

from __future__ import annotations

import csv
from typing import Final

from competencies.tabular.writing import csv_bytes
from curricula.analysis.frames import MODES

from .gap_report import AbilityLine, GapReport

HOURS: Final = tuple(f"{mode}_hours" for mode in MODES)
COLUMNS: Final = (
    *("code", "title", "area", "area_title", "label", "label_text", *HOURS),
    *("taught_hours", "practised_hours", "exposure_hours", "assessed_hours"),
    *("taught_share", "practised_share", "exposure_share", "required_share"),
    *("demand_mentions", "demand_rate", "demand_low", "demand_high"),
    *("demand_share", "demand_share_low", "demand_share_high", "gap"),
    *("level_reached", "level_required", "exposure_status", "theory_status", "practice_status"),
    *("trend", "change", "change_low", "change_high"),
    *("demand_unknown", "never_assessed", "provisional", "courses", "reasons"),
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
