"""What was changed in one record, from the history that it keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from curricula.models import person_name


@dataclass(frozen=True)
class Version:
    """What one person did to a record at one moment."""

    when: datetime
    who: str  # "" where no person was signed in
    changes: tuple[Any, ...]  # none where it was created


def versions_of(history: Any, changed: Callable[[Any, Any], Iterable[Any]], *near: str) -> list[Version]:
    """Newest first; `changed` tells two states apart, and `near` names what it reads beside them."""
    states = list(history.select_related("history_user", *near).order_by("-history_date", "-history_id"))
    return [
        Version(
            when=state.history_date,
            who=person_name(state.history_user) if state.history_user else "",
            changes=tuple(changed(before, state)) if before else (),
        )
        for state, before in zip(states, [*states[1:], None], strict=True)
    ]
