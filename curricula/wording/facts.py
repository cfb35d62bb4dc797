"""What a record holds, in the reader's words: one place for page, list, history and report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.utils.text import capfirst

from curricula.fields.declaration import Field, Place, RecordKind
from curricula.fields.values import Choice, Money, Written

from . import formats, phrases


class Fact(NamedTuple):
    name: str
    label: str
    text: str  # in the reader's words, a dash where nothing is stated
    cell: Written  # as a file has it, None where nothing is stated


def said(value: Any) -> str:
    """Any value without its field: truths, figures, days and lists in words, a dash for nothing."""
    if value is None or value == "" or value == [] or value == ():
        return formats.MISSING
    if isinstance(value, bool):
        return formats.flag(value)
    if isinstance(value, list | tuple):
        return phrases.in_a_row(map(str, value))
    if isinstance(value, date):
        return formats.day(value)
    return formats.number(value) if isinstance(value, int | float) else str(value)


def said_of(field: Field, record: Any) -> str:
    """What a record holds in one of its fields."""
    value = field.held(record)
    if isinstance(field.value, Choice):
        return str(dict(field.value.choices).get(value, said(value)))
    if isinstance(field.value, Money):
        return said(value[0]) if value[0] is None else f"{said(value[0])} {value[1]}"
    return said(value)


def facts(kind: RecordKind, record: Any, place: Place) -> Iterator[Fact]:
    """Every field that stands in a place."""
    for field in kind.at(place):
        cell = field.cell(record)
        yield Fact(field.name, capfirst(str(field.label)), said_of(field, record), cell=None if cell == "" else cell)


def page_facts(kind: RecordKind, record: Any) -> list[Fact]:
    """What is not stated is left out where nobody misses it."""
    return [fact for fact in facts(kind, record, Place.PAGE) if fact.cell is not None or kind[fact.name].missed]
