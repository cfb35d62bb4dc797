"""Bringing a table to what a file says, in a number of queries that does not grow with the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db.models import ForeignObjectRel, ManyToManyRel, Model
from django.utils import timezone
from simple_history.exceptions import NotHistoricalModelError
from simple_history.utils import bulk_create_with_history, bulk_update_with_history, get_history_model_for_model

from competencies.apart.progress import count

from .outcome import Counts

CREATED_AT_ONCE = 2000
CHANGED_AT_ONCE = 200  # an update names each row and each field of it
LISTED_AT_ONCE = 900  # SQLite takes 999 parameters at least
Item = TypeVar("Item")


def synchronise(
    model: type[Model],
    *,
    wanted: Mapping[Any, Mapping[str, Any]],
    existing: Mapping[Any, Any],
    step: Callable[[int], None],
) -> tuple[Counts, list[Any]]:
    """Creates what is missing and changes what differs; gives back the counts and the new objects.

    `step` hears how many rows were dealt with, as they are.
    """
    new = [model(**values) for key, values in wanted.items() if key not in existing]
    differing: dict[str, None] = {}
    changed = []
    for key in wanted.keys() & existing.keys():
        names = _differences(existing[key], wanted[key])
        if names:
            changed.append(existing[key])
            differing.update(dict.fromkeys(names))
    step(len(wanted) - len(new))
    created = create_all(model, new, step=step)
    change_all(model, changed, fields=list(differing))
    return Counts(len(new), len(changed), len(wanted) - len(new) - len(changed)), created


def _differences(record: Model, values: Mapping[str, Any]) -> list[str]:
    """The fields that differ, after `record` was given the wanted values."""
    names = [name for name, value in values.items() if getattr(record, name) != value]
    for name in names:
        setattr(record, name, values[name])
    return names


def create_all(model: type[Model], records: Iterable[Any], *, step: Callable[[int], None]) -> list[Any]:
    created: list[Any] = []
    for batch in batches(records, CREATED_AT_ONCE):
        if keeps_history(model):
            created.extend(bulk_create_with_history(batch, model))
        else:
            created.extend(model._default_manager.bulk_create(batch))
        step(len(batch))
        count(len(batch))
    return created


def change_all(model: type[Model], records: Sequence[Any], *, fields: Sequence[str]) -> None:
    if not records:
        return
    names = [model._meta.get_field(name).name for name in fields]
    if keeps_history(model):
        bulk_update_with_history(records, model, names, batch_size=CHANGED_AT_ONCE)
    else:
        model._default_manager.bulk_update(records, names, batch_size=CHANGED_AT_ONCE)


def remove_all(model: type[Model], records: Sequence[Any]) -> None:
    """Deletes records that nothing refers to; their history gets its last row.

    Django's own delete would send a signal for each and write each history row alone.
    """
    if keeps_history(model):
        add_history(model, records, "-")
    for batch in batches(records, LISTED_AT_ONCE):
        found = model._default_manager.filter(pk__in=[record.pk for record in batch])
        found._raw_delete(found.db)


def add_history(model: type[Model], records: Iterable[Model], kind: str) -> None:
    """Rows of history as they stand, for what was written past the signals; `kind` is "+", "~" or "-"."""
    history: Any = get_history_model_for_model(model)
    rows = [_history_row(history, record, kind) for record in records]
    history.objects.bulk_create(rows, batch_size=CREATED_AT_ONCE)


def _history_row(history: Any, record: Model, kind: str) -> Any:
    values = {field.attname: getattr(record, field.attname) for field in history.tracked_fields}
    user = history.get_default_history_user(record)
    return history(history_date=timezone.now(), history_type=kind, history_user=user, **values)


def keeps_history(model: type[Model]) -> bool:
    try:
        get_history_model_for_model(model)
    except NotHistoricalModelError:
        return False
    return True


def referred_to(model: type[Model], ids: Iterable[int], *, except_by: Iterable[type[Model]] = ()) -> set[int]:
    """Which of the records others refer to, whatever app the others live in."""
    found: set[int] = set()
    for relation in model._meta.related_objects:
        if relation.related_model in except_by:
            continue
        for batch in batches(ids, LISTED_AT_ONCE):
            found.update(_referring(relation, batch))
    return found


def kinds_referring(record: Model, *, except_by: Iterable[type[Model]] = ()) -> list[type[Model]]:
    """The kinds of records that refer to this one, whatever app they live in."""
    relations = [one for one in record._meta.related_objects if one.related_model not in except_by]
    found = [
        one.field.model if isinstance(one, ManyToManyRel) else one.related_model
        for one in relations
        if _referring(one, [record.pk])
    ]
    return list(dict.fromkeys(found))


def _referring(relation: ForeignObjectRel, ids: Sequence[int]) -> Iterable[int]:
    if isinstance(relation, ManyToManyRel):
        name = relation.field.m2m_reverse_field_name()
        through: Any = relation.through
        return through._base_manager.filter(**{f"{name}__in": ids}).values_list(f"{name}_id", flat=True)
    referring: Any = relation.related_model
    name = relation.field.name
    return referring._base_manager.filter(**{f"{name}__in": ids}).values_list(f"{name}_id", flat=True).distinct()


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
