"""The list of any kind of record and what it is filtered by, made from the declaration of its fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, QuerySet, TextField
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from competencies.listing import ListColumn, ListTable, holding, linked, search_input, select_input
from curricula.fields.declaration import Field, Place, RecordKind
from curricula.fields.values import Choice, Money, NameList, Number, Part
from curricula.models import SchoolRecord
from curricula.wording.facts import said_of


def record_table(kind: RecordKind) -> type[ListTable]:
    """The fields that are declared for the list; the first one opens the record."""
    first, *others = kind.at(Place.LIST)
    columns: dict[str, Any] = {field.name: _column(field) for field in (first, *others)}
    columns |= {f"render_{field.name}": _written(field) for field in others}
    columns[f"render_{first.name}"] = lambda _table, record: linked(record.get_absolute_url(), said_of(first, record))
    return type("RecordTable", (ListTable,), columns)


def _column(field: Field) -> ListColumn:
    number = isinstance(field.value, Number | Part | Money)
    return ListColumn(
        capfirst(field.label),
        css="num" if number else "",
        accessor=field.attributes[0],
        orderable=not isinstance(field.value, NameList),
    )


def _written(field: Field) -> Callable[[ListTable, Any], str]:
    return lambda _table, record: said_of(field, record)


def record_filter(model: type[SchoolRecord]) -> type[FilterSet]:
    """Words in any text of the list, and one choice for each field that is one."""
    fields = list(model.kind.at(Place.LIST))
    texts = [f.name for f in fields if isinstance(model._meta.get_field(f.attributes[0]), CharField | TextField)]

    def search(_filter: FilterSet, records: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        return records.filter(holding(words, *texts))

    filters: dict[str, Any] = {
        "q": CharFilter(label=_("Search"), method="search", widget=search_input(_("Search"))),
        "search": search,
    }
    for field in fields:
        if isinstance(field.value, Choice):
            label = capfirst(field.label)
            choices = {"choices": field.value.choices, "empty_label": label, "widget": select_input()}
            filters[field.name] = ChoiceFilter(label=label, **choices)
    return type("RecordFilter", (FilterSet,), filters)
