"""A record taken out with all that goes with it, as rows that can be kept and put back as they were."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS
from django.db.models import CASCADE, SET_NULL, Model
from django.db.models.deletion import Collector
from simple_history.utils import get_history_model_for_model

from .bulk import LISTED_AT_ONCE, add_history, batches, keeps_history

Row = dict[str, Any]  # model, pk, fields: as Django serialises a record
Key = tuple[type[Model], Any]


class _Everything(Collector):
    def can_fast_delete(self, *_args: Any, **_options: Any) -> bool:
        return False  # what is only deleted by a query would not be listed


def goes_with(record: Model) -> list[Model]:
    """The record, and everything that goes with it when it is deleted."""
    collector = _Everything(using=DEFAULT_DB_ALIAS, origin=record)
    collector.collect([record])
    return [each for records in collector.data.values() for each in records]


class Exact(DjangoJSONEncoder):
    """Django's own leaves the microseconds out."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def delete_for_good(record: Model) -> None:
    """The record, all that goes with it, and the history of both, what was deleted in it before included."""
    gone: dict[type[Model], set[Any]] = defaultdict(set)
    for each in goes_with(record):
        gone[type(each)].add(each.pk)
    record.delete()
    models = [model for model in apps.get_models() if keeps_history(model)]
    waiting = list(gone)
    while waiting:
        owner = waiting.pop()
        for model in models:
            if found := set(_belonged(model, owner, gone[owner])) - gone[model]:
                gone[model] |= found
                waiting.append(model)
    for model in models:
        for batch in batches(gone[model], LISTED_AT_ONCE):
            get_history_model_for_model(model).objects.filter(id__in=batch).delete()


def _belonged(model: type[Model], owner: type[Model], keys: Iterable[Any]) -> Iterator[Any]:
    """The numbers of records that are gone and that, while they were there, would have gone with one of the owners."""
    history: Any = get_history_model_for_model(model)
    for field in model._meta.concrete_fields:
        if field.related_model is owner and field.remote_field.on_delete is CASCADE:  # type: ignore[union-attr]
            for batch in batches(keys, LISTED_AT_ONCE):
                found = set(history.objects.filter(**{f"{field.name}__in": batch}).values_list("id", flat=True))
                yield from found - set(model._base_manager.filter(pk__in=found).values_list("pk", flat=True))


def archived(records: Iterable[Model]) -> list[Row]:
    """The records as plain JSON."""
    rows: list[Row] = json.loads(json.dumps(list(serializers.serialize("python", records)), cls=Exact))
    return rows


def put_back(rows: Sequence[Row]) -> list[Row]:
    """Rows become records again, under the numbers that they had; gives back those that name a record that is gone."""
    gone = _gone(rows)
    rows = [_loosened(row, gone) for row in rows]
    left = [row for row in rows if gone.intersection(named_by(row))]
    for found in serializers.deserialize("python", [row for row in rows if row not in left], ignorenonexistent=True):
        found.save()  # as it was, dates included, so that the history is written here
        if keeps_history(type(found.object)):
            add_history(type(found.object), [found.object], "+")
    return left


def loosened(rows: Sequence[Row], *, beside: Sequence[Row]) -> list[Row]:
    """The rows without what they may do without, where it is gone and does not come back `beside` them."""
    gone = _gone([*rows, *beside])
    return [_loosened(row, gone) for row in rows]


def _loosened(row: Row, gone: set[Key]) -> Row:
    """What a row may do without, such as the group of a course, does not keep it away once that is gone."""
    fields = apps.get_model(row["model"])._meta.concrete_fields
    loose = [each for each in fields if each.is_relation and each.remote_field.on_delete is SET_NULL]
    lost = {each.name: None for each in loose if (each.related_model, row["fields"].get(each.name)) in gone}
    return row | {"fields": row["fields"] | lost}


def named_by(row: Row) -> Iterator[Key]:
    """The records that a row points at."""
    for field in apps.get_model(row["model"])._meta.concrete_fields:
        value = row["fields"].get(field.name)
        if field.is_relation and value is not None:
            yield field.related_model, value


def _gone(rows: Iterable[Row]) -> set[Key]:
    """What the rows point at, and neither they nor the database hold."""
    named: dict[type[Model], set[Any]] = defaultdict(set)
    for model, pk in (key for row in rows for key in named_by(row)):
        named[model].add(pk)
    for row in rows:
        named[apps.get_model(row["model"])].discard(row["pk"])
    return {
        (model, pk)
        for model, wanted in named.items()
        for pk in wanted - set(model._base_manager.filter(pk__in=wanted).values_list("pk", flat=True))
    }
