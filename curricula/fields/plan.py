"""What a whole plan may hold, and the words for one that would hold more: the same for files, forms and commands."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from curricula.limits import MOST_IN_PLAN

_WORDS: Final = {
    "courses": _(
        "This comes to %(count)s courses; a plan may hold %(most)s. Send the courses of this plan only, or divide it."
    ),
    "cells": _(
        "This comes to %(count)s cells of courses and abilities; a plan may hold %(most)s. Leave a cell blank where "
        "the course does not serve the ability, or divide the plan."
    ),
    "ratings": _(
        "This comes to %(count)s rows of raters; a plan may hold %(most)s. Leave out some of the raters, or "
        "divide the plan."
    ),
    "prerequisites": _(
        "This comes to %(count)s prerequisites; a plan may hold %(most)s. Leave out what another prerequisite implies "
        "already, or divide the plan."
    ),
}


def too_many(**counts: int) -> str:
    """The sentence for the first of these counts that no plan may have; nothing where all fit.

    >>> too_many(courses=60, cells=400)
    ''
    """
    over = ((kind, count, MOST_IN_PLAN[kind]) for kind, count in counts.items() if count > MOST_IN_PLAN[kind])
    found = (str(_WORDS[kind]) % {"count": f"{count:,}", "most": f"{most:,}"} for kind, count, most in over)
    return next(found, "")
