"""What a record holds, in the reader's words: one place for page, list, history and report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


class Change(NamedTuple):
    field: str
    before: str
    after: str


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
    return _said_value(field, field.held(record))


def said_of_stated(field: Field, stated: Mapping[str, Any]) -> str:
    """What a row of a file states of it."""
    values = tuple(stated.get(name) for name in field.attributes)
    return _said_value(field, values if field.parts else values[0])


def _said_value(field: Field, value: Any) -> str:
    if isinstance(field.value, Choice):
        return str(dict(field.value.choices).get(value, said(value)))
    if isinstance(field.value, Money):
        return said(value[0]) if value[0] is None else f"{said(value[0])} {value[1]}"
    return said(value)


def changes(kind: RecordKind, before: Any, after: Any) -> Iterator[Change]:
    """Each field that differs between two states of a record, as it is called on the page."""
    for field in kind.fields:
        old, new = said_of(field, before), said_of(field, after)
        if old != new:
            yield Change(str(field.label), old, new)


def facts(kind: RecordKind, record: Any, place: Place) -> Iterator[Fact]:
    """Every field that stands in a place."""
    for field in kind.at(place):
        cell = field.cell(record)
        yield Fact(field.name, capfirst(str(field.label)), said_of(field, record), cell=None if cell == "" else cell)


def page_facts(kind: RecordKind, record: Any) -> list[Fact]:
    """What is not stated is left out where nobody misses it."""
    return [fact for fact in facts(kind, record, Place.PAGE) if fact.cell is not None or kind[fact.name].missed]
