"""What a file changed in the database, kept so that it can be taken back as a whole while nothing is built on it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, Q, QuerySet, UniqueConstraint
from django.db.models.functions import Left
from simple_history.utils import get_history_model_for_model

from .archive import Exact, Row, loosened, put_back
from .bulk import LISTED_AT_ONCE, batches, change_all, keeps_history, remove_all

Values = tuple[Any, ...]


@dataclass(frozen=True)
class Rows:
    """Rows that a file may make, change or remove; `names` are the fields that it may change, all unless given.

    `filled` are long texts that it only ever fills where nothing stands: of them the first character says enough.
    """

    found: QuerySet[Any]
    names: tuple[str, ...] | None = None
    filled: tuple[str, ...] = ()

    @property
    def model(self) -> type[Model]:
        return self.found.model

    def fields(self) -> list[Field[Any, Any]]:
        fields = self.model._meta.concrete_fields
        return [each for each in fields if not each.primary_key and (self.names is None or each.name in self.names)]

    def values(self) -> Iterator[tuple[Any, Values]]:
        columns = [Left(field.attname, 1) if field.name in self.filled else field.attname for field in self.fields()]
        for pk, *values in self.found.order_by().values_list("pk", *columns).iterator():
            yield pk, tuple(values)


@dataclass(frozen=True)
class Changes:
    """By the label of their model the numbers of new rows; changed and removed rows as they were before."""

    created: dict[str, list[Any]]
    changed: list[Row]
    removed: list[Row]

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.removed)

    def counts(self) -> dict[str, list[int]]:
        """By the label of a model how many rows are new, changed and removed."""
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for label, keys in self.created.items():
            found[label][0] = len(keys)
        for place, rows in ((1, self.changed), (2, self.removed)):
            for row in rows:
                found[row["model"]][place] += 1
        return dict(found)

    def as_json(self) -> dict[str, Any]:
        plain: dict[str, Any] = json.loads(json.dumps(vars(self), cls=Exact))
        return plain


class Snapshot:
    """Rows before a file; what was changed is asked after it."""

    def __init__(self, rows: Sequence[Rows]) -> None:
        self._before = {each.model: dict(each.values()) for each in rows}

    def changes(self, rows: Sequence[Rows]) -> Changes:
        found = Changes({}, [], [])
        for each in rows:
            self._compare(each, self._before.get(each.model, {}), found)
        return found

    def _compare(self, rows: Rows, before: dict[Any, Values], found: Changes) -> None:
        label, names = rows.model._meta.label_lower, [field.name for field in rows.fields()]
        left = dict(before)
        for pk, values in rows.values():
            old = left.pop(pk, None)
            if old is None:
                found.created.setdefault(label, []).append(pk)
            elif old != values:
                differing = {name: was for name, was, now in zip(names, old, values, strict=True) if was != now}
                found.changed.append({"model": label, "pk": pk, "fields": differing})
        gone = ((pk, dict(zip(names, old, strict=True))) for pk, old in left.items())
        found.removed.extend({"model": label, "pk": pk, "fields": fields} for pk, fields in gone)


def built_on(changes: Changes, *, since: datetime, parts: Collection[type[Model]] = ()) -> Counter[type[Model]]:
    """What somebody changed in these rows later, and what refers to new ones; `parts` only ever go with their row."""
    found: Counter[type[Model]] = Counter()
    touched: dict[str, list[Any]] = defaultdict(list)
    for label, keys in changes.created.items():
        touched[label] += keys
    for row in changes.changed:
        touched[row["model"]].append(row["pk"])
    for label, keys in changes.created.items():
        found += _referring(apps.get_model(label), keys, own=touched, parts=parts)
    for label, keys in touched.items():
        found += _changed_later(apps.get_model(label), keys, since=since)
    for label, rows in _by_model(changes.removed).items():
        found += _in_their_place(apps.get_model(label), rows, own=set(changes.created.get(label, ())))
    return found


def _changed_later(model: type[Model], keys: Sequence[Any], *, since: datetime) -> Counter[type[Model]]:
    if not keeps_history(model):
        return Counter()
    history: Any = get_history_model_for_model(model)
    later = (history.objects.filter(id__in=batch, history_date__gt=since) for batch in batches(keys, LISTED_AT_ONCE))
    ids = {pk for found in later for pk in found.values_list("id", flat=True)}
    return +Counter({model: len(ids)})


def _referring(
    model: type[Model], keys: Sequence[Any], *, own: Mapping[str, Sequence[Any]], parts: Collection[type[Model]]
) -> Counter[type[Model]]:
    found: Counter[type[Model]] = Counter()
    for relation in model._meta.related_objects:
        owner: Any = relation.related_model
        if owner in parts or relation.many_to_many:
            continue
        new = set(own.get(owner._meta.label_lower, ()))  # what the file made or changed is no work of others
        for batch in batches(keys, LISTED_AT_ONCE):
            rows = owner._base_manager.filter(**{f"{relation.field.name}__in": batch}).values_list("pk", flat=True)
            found[owner] += len(set(rows) - new)
    return +found


def _in_their_place(model: type[Model], removed: Sequence[Row], *, own: Collection[Any]) -> Counter[type[Model]]:
    """Rows that say again what was removed, so that it cannot come back beside them."""
    found: set[Any] = set()
    for rule in model._meta.constraints:
        if isinstance(rule, UniqueConstraint) and rule.fields:
            gone = {_values_of(model, row, rule.fields) for row in removed}
            there = model._base_manager.filter(rule.condition or Q())
            for batch in batches({values[0] for values in gone}, LISTED_AT_ONCE):
                rows = there.filter(**{f"{rule.fields[0]}__in": batch}).values_list("pk", *rule.fields)
                found |= {pk for pk, *values in rows if tuple(values) in gone and None not in values}
    return +Counter({model: len(found.difference(own))})


def _values_of(model: type[Model], row: Row, names: Sequence[str]) -> Values:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    return tuple(field.to_python(row["fields"].get(field.name)) for field in fields)


def _by_model(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["model"]].append(row)
    return found


def take_back(changes: Changes) -> None:
    """Everything as it was before."""
    for label, keys in changes.created.items():
        _take_out(apps.get_model(label), keys)
    for label, rows in _by_model(loosened(changes.changed, beside=changes.removed)).items():
        _change_back(apps.get_model(label), rows)
    put_back(changes.removed)


def _take_out(model: type[Model], keys: Sequence[Any]) -> None:
    for batch in batches(keys, LISTED_AT_ONCE):
        found = model._base_manager.filter(pk__in=batch).order_by()  # an order by what is gone would find nothing
        if keeps_history(model):
            remove_all(model, list(found))
        else:
            found.delete()


def _change_back(model: type[Model], rows: Sequence[Row]) -> None:
    held: dict[Any, Any] = {}
    for batch in batches([row["pk"] for row in rows], LISTED_AT_ONCE):
        held |= model._base_manager.in_bulk(batch)
    for row in (row for row in rows if row["pk"] in held):
        for name, value in row["fields"].items():
            field: Any = model._meta.get_field(name)
            setattr(held[row["pk"]], field.attname, field.to_python(value))
    change_all(model, list(held.values()), fields=list({name: None for row in rows for name in row["fields"]}))
