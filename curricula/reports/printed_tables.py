"""The tables as pages show them: the abilities in narrow tables instead of one that no page holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from curricula.analysis.frames import EVIDENCE, MODES
from curricula.wording import phrases
from curricula.wording.formats import Value

from .gap_report import GapReport
from .sections import METHOD, left_out, section_of
from .table import Table
from .tables import report_tables

ABOVE: Final = ("areas", "warnings")  # shown before the tables: hours with their size, warnings in full


def printed_tables(report: GapReport) -> dict[str, Table]:
    """Every table by its key; those of the abilities together say all that the sheet says."""
    abilities, *others = report_tables(report)
    with override(report.subject.language):
        others = [_printed(table) for table in others if table.key not in ABOVE]
        narrow = [_filled(each) for each in _abilities(abilities, demand_known=report.demand_known) if _says(each)]
        # What is said of whole columns is said once, and not below each table that has some of them.
        again = [replace(table, notes=()) for table in narrow[1:]]
        return {table.key: table for table in _chosen(report, (*narrow[:1], *again, *others))}


def _chosen(report: GapReport, tables: Iterable[Table]) -> Iterator[Table]:
    """Those of the sections that were chosen; the method says which were not."""
    names = phrases.in_a_row(str(section.title) for section in left_out(report.sections))
    told = (_("Left out by choice: %(names)s.") % {"names": names},) if names else ()
    for table in tables:
        if section_of(table.key) in (*report.sections, METHOD):
            yield replace(table, notes=(*table.notes, *told)) if table.key == "parameters" else table


def _printed(table: Table) -> Table:
    if section_of(table.key) == "conditions":
        return _panel(table)
    return _PRINTED[table.key](table) if table.key in _PRINTED else table


def _panel(table: Table) -> Table:
    """Without a column of dashes, and without the part where the heading has named it."""
    once = {cell.value for row in table.rows for cell in row[:1]} == {table.title}
    return _filled(table.without("part") if once else table)


def _says(table: Table) -> bool:
    """Whether a table of demand has any: without a posting it would be a page of dashes."""
    mentions = next((place for place, column in enumerate(table.columns) if column.key == "demand_mentions"), None)
    return mentions is None or any(row[mentions].value is not None for row in table.rows)


def _filled(table: Table) -> Table:
    """Without the columns that are dashes throughout; a note below the first table says why they have no value."""
    kept = [c.key for place, c in enumerate(table.columns) if any(row[place].value is not None for row in table.rows)]
    return table.only(*kept) if table.rows else table


def _recommendations(table: Table) -> Table:
    """Without what hours alone do, which stands above for the first and in a table of its own for all."""
    return table.without("by_hours")


def _courses(table: Table) -> Table:
    """Without the column of what is not stated, which would fill three lines of each row: the dashes say it."""
    said = _("A dash stands for what the plan does not state.")
    return replace(table.without("not_stated"), notes=(*table.notes, said))


def _abilities(table: Table, *, demand_known: bool) -> tuple[Table, ...]:
    modes = tuple(f"{mode}_hours" for mode in MODES if mode != "assessment")  # assessed hours are these
    demand = ("demand_share", "demand_share_low", "demand_share_high") if demand_known else ()
    return (
        table.only(
            *("title", "label_text", "taught_share", "practised_share", "exposure_share", "required_share"),
            *(*demand, "gap"),
            key="shares",
            title=_("Abilities: shares and findings"),
        ),
        table.only(
            *("title", *modes, "taught_hours", "practised_hours"),
            *("practised_high", "unsplit_hours", "assessed_hours"),
            key="hours",
            title=_("Abilities: hours"),
        ),
        table.only(
            *("title", "demand_mentions", "effective_postings", "demand_rate", "demand_low", "demand_high"),
            *("trend_text", "change", "change_low", "change_high"),
            key="demand",
            title=_("Abilities: demand and its change"),
        ),
        table.only(
            *("title", "level_reached", "level_required", "chain_incomplete", "never_assessed"),
            *(("theory_status", "practice_status", "exposure_status") if demand_known else ()),
            key="levels",
            title=_("Abilities: levels, and hours against demand") if demand_known else _("Abilities: levels"),
        ),
        table.only(
            *("title", "area_title", "label_text", *(f"evidence_{band}" for band in EVIDENCE)),
            key="bands",
            title=_("Abilities: what their hours rest on"),
        ),
        table.only(
            *("code", "title", "label_text", "courses", "reasons"),
            key="reasons",
            title=_("Abilities: what stands behind each finding"),
        ),
    )


def _evidence(table: Table) -> Table:
    """What is said under the same words with the same value, such as where the same raters differ, is one row."""
    rows: dict[tuple[Value, ...], list[Value]] = {}
    for *said, note in table.rows:
        rows.setdefault(tuple(said), []).append(note)
    joined = {
        said: notes[0] if len(notes) == 1 else Value("; ".join(n.text for n in notes)) for said, notes in rows.items()
    }
    return replace(table, rows=tuple((*said, note) for said, note in joined.items()))


_PRINTED: Final[dict[str, Callable[[Table], Table]]] = {
    "courses": _courses,
    "recommendations": _recommendations,
    "evidence": _evidence,
}
