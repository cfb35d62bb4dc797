"""Records found by the names that files have for them, and set to what files state."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from competencies.models import Ability, as_kept
from curricula.models import Course

Record = TypeVar("Record", Course, Ability)


def finder(
    records: Iterable[Record], unknown: Callable[[int, str], None], *, once: bool = True
) -> Callable[[int, str], Record | None]:
    """Look records up by code or by title in either language; each unknown name is reported, once or in each row."""
    by_name: dict[str, Record] = {}
    records = list(records)
    for record in records:
        for title in (record.title_en, record.title_zh):
            by_name.setdefault(title.strip().casefold(), record)
    by_name.update({record.code.strip().casefold(): record for record in records})
    by_name.pop("", None)
    reported: set[str] = set()

    def find(row: int, name: str) -> Record | None:
        key = name.strip().casefold()
        found = by_name.get(key)
        if found is None and not (once and key in reported):
            reported.add(key)
            unknown(row, name)
        return found

    return find


def apply(record: Any, stated: dict[str, Any]) -> bool:
    """Set what differs; True when anything did."""
    different = {name: value for name, value in as_kept(record, stated).items() if getattr(record, name) != value}
    for name, value in different.items():
        setattr(record, name, value)
    return bool(different)
