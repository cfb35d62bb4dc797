"""The panels on the conditions of training as tables of a report, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from competencies.citations import cited
from curricula.wording.formats import Showable

from .panels import Block, PanelSection, Rule
from .table import Table, in_order, table_of


def panel_tables(sections: Iterable[PanelSection]) -> Iterator[Table]:
    """The figures of each panel with its finding below, then its listings; at last what could not be said."""
    found = list(sections)
    empty = [section for section in found if section.reading.empty]
    for section in (each for each in found if not each.reading.empty):
        yield _figures(section)
        yield from _listings(section)
    if empty:
        yield _without_records(empty)


def _figures(section: PanelSection) -> Table:
    """A row for each figure; the part that it belongs to stands before it."""
    columns = in_order(
        part=_("Part"),
        figure=_("What is counted"),
        value=_("Result"),
        verdict=_("Finding"),
        note=_("Of what"),
    )
    rows = ([cell or None for cell in row] for block in section.reading.blocks for row in _rows(section, block))
    return table_of(f"panel_{section.name}", section.title, rows, *columns, notes=tuple(_notes(section)))


def _rows(section: PanelSection, block: Block) -> Iterator[tuple[str, ...]]:
    part = block.title or section.title
    if block.verdict or block.sentence:
        yield part, block.sentence or part, "", block.verdict, ""
    for figure in block.figures:
        yield part, figure.label, figure.text, figure.verdict, figure.note
    for each in block.missing:
        yield part, each.text, "", "", ""


def _notes(section: PanelSection) -> Iterator[str]:
    yield section.reading.sentence
    for block in section.reading.blocks:
        yield from block.wanted
        yield from (rule_words(rule) for rule in block.rules)


def rule_words(rule: Rule) -> str:
    """A rule with where it stands and whose threshold it is."""
    whose = {"paper": _("the paper's threshold"), "method": _("threshold of the method")}
    threshold = whose.get(rule.whose, _("the school's threshold"))
    return f"{rule.text} ({'; '.join(filter(None, (cited(rule.source), threshold)))})"


def _listings(section: PanelSection) -> Iterator[Table]:
    for block in section.reading.blocks:
        for listing in block.listings:
            table = listing.table
            yield replace(table, key=f"panel_{section.name}_{table.key}", title=f"{section.title}: {table.title}")


def _without_records(sections: Iterable[PanelSection]) -> Table:
    """Which panels say nothing yet, and what to enter for each."""
    rows = ((each.title, " ".join(step.text for step in each.reading.first_steps)) for each in sections)
    columns = in_order(panel=_("Panel"), missing=_("No evidence yet: to enter first"))
    return table_of("panels_missing", _("Conditions without evidence"), rows, *columns)


def panel_data(section: PanelSection) -> dict[str, Any]:
    """Codes and numbers for programs, sentences beside them."""
    reading = section.reading
    return {
        "name": section.name,
        "papers": list(section.papers),
        "sentence": reading.sentence,
        "no_evidence": reading.empty,
        "missing": [each.kind or each.text for each in reading.first_steps],
        "parts": [_block(block) for block in reading.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "name": block.name,
        "tone": block.tone,
        "figures": {figure.name: _plain(figure.value) for figure in block.figures},
        "tables": {each.table.key: _rows_of(each.table) for each in block.listings},
    }


def _rows_of(table: Table) -> list[dict[str, Any]]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, (_plain(cell.value) for cell in row), strict=True)) for row in table.rows]


def _plain(value: Showable) -> str | int | float | bool | None:
    return value if value is None or isinstance(value, str | int | float | bool) else value.isoformat()
