"""The panels on the conditions of training as tables of a report, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from competencies.citations import cited
from curricula.wording.formats import Showable, Value

from .panels import Block, PanelSection, Rule
from .table import Column, Table


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
    columns = (
        Column("part", _("Part"), "text"),
        Column("figure", _("What is counted"), "text"),
        Column("value", _("Result"), "text"),
        Column("verdict", _("Finding"), "text"),
        Column("note", _("Of what"), "text"),
    )
    rows = tuple(row for block in section.reading.blocks for row in _rows(section, block))
    return Table(f"panel_{section.name}", section.title, columns, rows, tuple(_notes(section)))


def _rows(section: PanelSection, block: Block) -> Iterator[tuple[Value, ...]]:
    part = block.title or section.title
    if block.verdict or block.sentence:
        yield _row(part, block.sentence or part, None, block.verdict, "")
    for figure in block.figures:
        yield _row(part, figure.label, figure.text, figure.verdict, figure.note)
    for each in block.missing:
        yield _row(part, each.text, None, "", "")


def _row(*cells: Showable) -> tuple[Value, ...]:
    return tuple(Value(cell or None) for cell in cells)


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
    columns = (Column("panel", _("Panel"), "text"), Column("missing", _("No evidence yet: to enter first"), "text"))
    rows = tuple(
        (Value(section.title), Value(" ".join(each.text for each in section.reading.first_steps)))
        for section in sections
    )
    return Table("panels_missing", _("Conditions without evidence"), columns, rows)


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
