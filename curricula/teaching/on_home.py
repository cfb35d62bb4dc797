"""What somebody is asked to map, on the home page."""

from __future__ import annotations

from typing import Any

from curricula.home_blocks import HomeBlock, home_block
from curricula.queries import asked_of_me


@home_block
def asked(user: Any) -> HomeBlock | None:
    """None where nothing waits."""
    waiting = asked_of_me(user)
    return HomeBlock("curricula/teaching/_asked_of_me.html", waiting, asked=True) if waiting else None
