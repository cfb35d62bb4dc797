"""What other rooms put on the home page: each registers a function, because no feature room knows another.

    @home_block
    def asked_of_me(user: Any) -> HomeBlock | None:
        return HomeBlock("curricula/teaching/_asked.html", {"tasks": tasks_of(user)})

The module that registers is imported by the `urls.py` of its room. A template is included with what is shown as
`block`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True)
class HomeBlock:
    template: str
    shown: Any
    asked: bool = False  # of the reader, by a day


Maker = Callable[[Any], HomeBlock | None]
_MAKERS: Final[list[Maker]] = []


def home_block(make: Maker) -> Maker:
    """Show what `make` returns for a user above the plans; None shows nothing."""
    _MAKERS.append(make)
    return make


def blocks_for(user: Any) -> list[HomeBlock]:
    """What is asked of the reader first, the others in the order in which they were registered."""
    found = [block for block in (make(user) for make in _MAKERS) if block is not None]
    return sorted(found, key=lambda block: not block.asked)
