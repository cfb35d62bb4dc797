"""The tables of one framework on their way to what a file says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from competencies.models import Ability, Framework
from competencies.saving.bulk import LISTED_AT_ONCE, batches, referred_to, remove_all, synchronise
from competencies.saving.outcome import Counts, Progress
from competencies.tabular.problems import Problem

from .rows import SECTIONS, Row

Wanted = Mapping[Any, Mapping[str, Any]]


@dataclass
class Tables:
    """Keeps the ids of what is saved under their codes, the counts, and what there is to warn of."""

    framework: Framework
    total: int
    progress: Progress | None = None
    done: int = 0
    counted: defaultdict[type[Model], Counts] = field(default_factory=lambda: defaultdict(Counts))
    warnings: list[Problem] = field(default_factory=list)
    ids: dict[type[Model], dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def counts(self) -> Counts:
        return sum(self.counted.values(), Counts())

    def stored(self, model: Any) -> dict[str, Any]:
        records = {record.code: record for record in model.objects.filter(framework=self.framework)}
        self.ids[model].update({code: record.pk for code, record in records.items()})
        return records

    def named(self, model: Any, rows: Iterable[Any]) -> set[int]:
        """The ids of the records that the file names; what it does not name keeps its parts."""
        return {self.ids[model][row.code] for row in rows}

    def values_of(self, row: Row) -> dict[str, Any]:
        """What the model stores of a row, with the ids of what it refers to."""
        ids = {
            f"{name}_id": self.ids[SECTIONS[section].stored_as].get(getattr(row, name))
            for name, section in row.refers.items()
            if name not in row.tables
        }
        return row.stored_values() | ids

    def listed(self, rows: Iterable[Any]) -> dict[Any, dict[str, Any]]:
        """What the framework's own records shall be, in the order of the file."""
        own = {"framework_id": self.framework.pk}
        return {row.code: self.values_of(row) | own | {"order": order} for order, row in enumerate(rows)}

    def save_listed(self, kind: type[Row], rows: Sequence[Any]) -> None:
        """Records with a code and an order; those that the file does not name stay for `remove_absent`."""
        self.synchronise(kind.stored_as, wanted=self.listed(rows), existing=self.stored(kind.stored_as))

    def save_parts(self, kind: type[Row], rows: Sequence[Any], *, of: Iterable[Any]) -> None:
        """Records that are parts of others, which are named in the file: those that are not in it go."""
        keys = [f"{name}_id" if name in kind.refers else name for name in kind.key]
        wanted: dict[Hashable, dict[str, Any]] = {}
        for row in rows:
            values = self.values_of(row)
            wanted[tuple(values[key] for key in keys)] = values
        owners = self.named(SECTIONS[kind.refers[kind.within]].stored_as, of)
        stored = kind.stored_as._default_manager.filter(**{f"{kind.within}__framework": self.framework})
        found = {tuple(getattr(record, key) for key in keys): record for record in stored}
        existing = {key: record for key, record in found.items() if getattr(record, f"{kind.within}_id") in owners}
        self.replace(kind.stored_as, wanted=wanted, existing=existing)

    def synchronise(self, model: Any, *, wanted: Wanted, existing: Mapping[Any, Any]) -> None:
        counts, created = synchronise(model, wanted=wanted, existing=existing, step=self.step)
        self.counted[model] += counts
        self.ids[model].update({record.code: record.pk for record in created if hasattr(record, "code")})

    def replace(self, model: Any, *, wanted: Wanted, existing: Mapping[Any, Any]) -> None:
        """Records that are parts of others: those not wanted go."""
        self.synchronise(model, wanted=wanted, existing=existing)
        absent = [record for key, record in existing.items() if key not in wanted]
        remove_all(model, absent)
        self.counted[model] += Counts(removed=len(absent))

    def remove_absent(self, model: Any, rows: Sequence[Any], *, parts: Mapping[Any, str]) -> None:
        """Removes what the file does not name, with its parts, unless something else refers to it."""
        codes = {row.code for row in rows}
        absent = {record.pk: record for code, record in self.stored(model).items() if code not in codes}
        kept = referred_to(model, absent, except_by=[*parts, model])
        if model is Ability:
            kept |= areas_above(kept, absent)
        gone = [record for pk, record in absent.items() if pk not in kept]
        for part, name in parts.items():
            self._remove_parts(part, name, gone)
        remove_all(model, gone)
        self.counted[model] += Counts(unchanged=len(kept), removed=len(gone))
        for pk in sorted(kept):
            message = _("%(code)s is not in the file, but it is in use, so it was kept.") % {"code": absent[pk].code}
            self.warn(column=model._meta.model_name, value=absent[pk].code, code="absent_kept", message=message)

    def _remove_parts(self, part: Any, name: str, owners: Sequence[Model]) -> None:
        for batch in batches((owner.pk for owner in owners), LISTED_AT_ONCE):
            found = list(part.objects.filter(**{f"{name}__in": batch}))
            remove_all(part, found)
            self.counted[part] += Counts(removed=len(found))

    def warn(self, *, column: str, value: str, code: str, message: str) -> None:
        self.warnings.append(Problem(0, column, value, code, message))

    def step(self, rows: int) -> None:
        self.done += rows
        if self.progress:
            self.progress(self.done, self.total)


def areas_above(kept: Iterable[int], absent: Mapping[int, Any]) -> set[int]:
    """The absent areas over absent abilities that stay: an ability does not outlive its area."""
    found: set[int] = set()
    for pk in kept:
        parent = absent[pk].parent_id
        while parent in absent and parent not in found:
            found.add(parent)
            parent = absent[parent].parent_id
    return found
