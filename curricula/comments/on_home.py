"""Comments that are for somebody to read, on the home page."""

from __future__ import annotations

from typing import Any

from curricula.home_blocks import HomeBlock, home_block

from .queries import for_me


@home_block
def comments(user: Any) -> HomeBlock | None:
    """None where everything is read."""
    waiting = for_me(user)
    return HomeBlock("curricula/comments/_for_me.html", waiting) if waiting else None
