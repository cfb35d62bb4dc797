"""What was changed in a record of a framework, newest first, from the history that it keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst

from competencies.models import Position, Requirement

_NOT_SAID = ("id", "order", "outside")


@dataclass(frozen=True)
class Line:
    """One field that a person changed at one moment; before and after are empty where the record came or went."""

    when: datetime
    who: str  # "" where no person was signed in
    subject: str  # a requirement of a position; "" for the record itself
    action: str  # "+", "~" or "-"
    field: str = ""
    before: str = ""
    after: str = ""


def changes_of(record: Any) -> list[Line]:
    """Of the record, and of a position also what it asked for; none for what keeps no history."""
    if not hasattr(record, "history"):
        return []
    lines = list(_lines(list(_newest_first(record.history.all()))))
    if isinstance(record, Position):
        lines += _lines_of_requirements(record)
    return sorted(lines, key=lambda line: line.when, reverse=True)


def _lines_of_requirements(position: Position) -> Iterator[Line]:
    by_item: defaultdict[int, list[Any]] = defaultdict(list)
    for state in _newest_first(Requirement.history.filter(position=position)):
        by_item[state.id].append(state)
    for states in by_item.values():
        yield from _lines(states, subject=str(states[0].item))


def _newest_first(states: Any) -> Any:
    return states.select_related("history_user").order_by("-history_date", "-history_id")


def _lines(states: Sequence[Any], *, subject: str = "") -> Iterator[Line]:
    for state, before in zip(states, [*states[1:], None], strict=True):
        who = state.history_user.get_username() if state.history_user else ""
        about = (state.history_date, who, subject)
        if state.history_type != "~" or before is None:
            yield Line(*about, state.history_type)
        else:
            yield from (Line(*about, "~", *told) for told in _differences(before, state))


def _differences(before: Any, after: Any) -> Iterator[tuple[str, str, str]]:
    for field in after.tracked_fields:
        if field.name not in _NOT_SAID and getattr(before, field.attname) != getattr(after, field.attname):
            yield capfirst(str(field.verbose_name)), _text(before, field), _text(after, field)


def _text(state: Any, field: Any) -> str:
    shown = getattr(state, f"get_{field.name}_display", None)
    value = shown() if shown else getattr(state, field.attname)
    if field.is_relation:
        value = field.related_model._default_manager.filter(pk=value).first() or value
    if isinstance(value, list):
        value = ", ".join(str(part.get("text", part) if isinstance(part, dict) else part) for part in value)
    return "–" if value in (None, "") else str(value)
