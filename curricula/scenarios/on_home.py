"""What was proposed to a director and is not decided, on the home page."""

from __future__ import annotations

from typing import Any, Final

from curricula.home_blocks import HomeBlock, home_block
from curricula.models import Scenario
from curricula.queries import plans_open_to
from curricula.rules import schools_directed_by

SHOWN: Final = 6


@home_block
def proposed(user: Any) -> HomeBlock | None:
    """None where nothing waits, and for those who do not decide."""
    directed = schools_directed_by(user)
    if not directed:
        return None
    plans = plans_open_to(user).filter(program__school__in=directed)
    waiting = Scenario.objects.filter(state=Scenario.State.PROPOSED, curriculum__in=plans.values("pk"))
    found = list(waiting.select_related("curriculum__program__school", "created_by")[:SHOWN])
    return HomeBlock("curricula/scenarios/_proposed_to_me.html", found) if found else None
