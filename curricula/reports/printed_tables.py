"""The tables as pages show them: the abilities in narrow tables instead of one that no page holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from curricula.analysis.frames import EVIDENCE, MODES

from .gap_report import GapReport
from .tables import Table, report_tables

ABOVE: Final = ("areas", "warnings")  # shown before the tables: hours with their size, warnings in full


def printed_tables(report: GapReport) -> dict[str, Table]:
    """Every table by its key; those of the abilities together say all that the sheet says."""
    abilities, *others = report_tables(report)
    with override(report.subject.language):
        others = [_courses(table) if table.key == "courses" else table for table in others if table.key not in ABOVE]
        return {table.key: table for table in (*_abilities(abilities, demand_known=report.demand_known), *others)}


def _courses(table: Table) -> Table:
    """Without the column of what is not stated, which would fill three lines of each row: the dashes say it."""
    shown = [column.key for column in table.columns if column.key != "not_stated"]
    said = _("A dash stands for what the plan does not state.")
    return replace(table.only(*shown, key=table.key, title=table.title), notes=(*table.notes, said))


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
            *("title", *modes, "taught_hours", "practised_hours", "practised_high", "unsplit_hours", "assessed_hours"),
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
            *("title", "area_title", "level_reached", "level_required", "chain_incomplete", "never_assessed"),
            *("theory_status", "practice_status", "exposure_status"),
            key="levels",
            title=_("Abilities: levels, and hours against demand"),
        ),
        table.only(
            *("title", "label_text", *(f"evidence_{band}" for band in EVIDENCE)),
            key="bands",
            title=_("Abilities: what their hours rest on"),
        ),
        table.only(
            *("code", "title", "label_text", "courses", "reasons"),
            key="reasons",
            title=_("Abilities: what stands behind each finding"),
        ),
    )
