"""When somebody was last here, and figures brought up to date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from curricula.evaluation.reports import figures_for
from curricula.models import Curriculum, Profile

VISIT_ENDS: Final = timedelta(minutes=30)  # without opening home
NOTED_EACH: Final = timedelta(minutes=5)


def note_visit(user: Any) -> datetime | None:
    """Since when home tells what changed: the end of the visit before this one; None at the first."""
    profile: Profile = getattr(user, "profile", None) or Profile(user=user)
    now = timezone.now()
    if profile.home_seen is None or now - profile.home_seen > VISIT_ENDS:
        profile.home_before = profile.home_seen
    elif now - profile.home_seen < NOTED_EACH:
        return profile.home_before
    profile.home_seen = now
    profile.save()
    return profile.home_before


def bring_up_to_date(plans: Iterable[Curriculum]) -> int:
    """Compute the figures of these plans anew; how many."""
    return len([figures_for(plan) for plan in plans])
