"""Every reason and warning that the gap analysis gives: its code and the names of its values, stated once.

Shares, parts, rates and their ends lie between 0 and 1; hours are hours; `codes` (of abilities),
`course_codes`, `cycle` and `pairs` hold one code a line, because a code may have spaces or commas in it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from .frames import PAIRS, Notice

WARNINGS: Final[dict[str, tuple[str, ...]]] = {
    "no_demand_source": (),
    "no_postings": (),
    "no_postings_for_positions": ("other_positions",),
    "too_few_postings": ("postings", "needed"),
    "too_few_employers": ("postings", "employers", "needed"),  # effective ones
    "undated_postings": ("undated", "postings"),
    "no_trend": ("postings", "postings_before", "needed"),
    "no_trend_of_employers": ("employers", "employers_before", "needed"),
    "no_mentions": ("postings",),
    "employers_unknown": ("postings", "of"),
    "not_searchable": ("abilities", "of", "hours_part"),
    "least_evidence": ("evidence", "cells", "of"),  # so many mappings are not judged by
    "positions_not_chosen": ("positions",),
    "mapping_unfinished": ("part", "most"),
    "map_next": ("courses", "course_codes"),  # the first of so many courses without a mapping, most hours first
    "practice_not_stated": ("part", "course_codes"),
    "hours_not_split": ("courses", "of"),
    "practice_rests_on_few": ("courses", "of"),  # that state practice; a blank of the others is a 0 by this alone
    "assessment_not_stated": ("courses",),
    "electives_by_part": ("groups", "courses", "taken_hours", "listed_hours"),
    "electives_counted_whole": ("groups", "courses"),
    "electives_open": ("groups", "of"),  # without a rule, without courses, or not to be told by its rule
    "no_requirements": (),
    "requirement_levels_assumed": ("requirements", "of"),
    "no_courses": (),
    "hours_missing": ("courses", "of"),
    "no_mappings": ("courses",),
    "courses_unmapped": ("courses", "of"),
    "unmapped_hours": ("hours", "part"),
    "shares_assumed": ("cells", "of"),
    "levels_missing": ("cells", "of"),
    "course_terms_unknown": ("courses", "of"),
    "map_first": ("abilities", "codes"),
    "agreement_unknown": ("raters",),
    "agreement_undefined": ("raters", "cells"),
    "raters_disagree": ("raters", "alpha", "low", "needed"),
    "prerequisite_cycle": ("cycle",),
    "one_ability": ("pairs",),  # indices over a single ability, one code a line
} | {f"undefined.{pair}": ("reason",) for pair in PAIRS}

UNDEFINED: Final[dict[str, tuple[str, ...]]] = {  # why an index has no value
    "no_theory_hours": ("abilities",),
    "theory_not_stated": (),
    "no_practice_hours": ("abilities",),
    "no_demand": ("postings",),
    "no_required_weight": ("abilities",),
}

_SIZE: Final = ("share", "hours", "of_hours", "demand_share", "difference", "margin", "p", "q")
_CHANGE: Final = ("mentions", "postings", "mentions_before", "postings_before", "p", "q")
_RATE: Final = ("mentions", "postings", "low", "high", "floor")

FIRST_WARNINGS: Final = (  # they bear on every number
    "positions_not_chosen",
    "signed_off_unmapped",
    "unmapped_hours",
    "practice_not_stated",
    "practice_rests_on_few",
)

REASONS: Final[dict[str, tuple[str, ...]]] = {  # behind a label or a flag
    "required": ("weight", "positions"),
    "not_required": (),
    "demanded": _RATE,  # Wilson low above the floor
    "seldom_demanded": _RATE,  # Wilson high below the floor
    "demand_unclear": _RATE,  # the interval holds the floor
    "too_few_employers": ("postings", "employers", "needed"),
    "demand_not_searchable": (),
    "no_mapping": (),
    "no_exposure": ("courses",),
    "hours_unstated": ("courses",),
    "exposed": ("hours", "courses"),
    "no_practice": ("taught_hours",),
    "practice_open": ("taught_hours",),  # neither practice nor a total is stated
    "practice_between": ("low", "high"),  # hours: what is not split into modes may be practice
    "rising": _CHANGE,
    "falling": _CHANGE,
    "steady": _CHANGE,
    "exposure_below": _SIZE,
    "exposure_above": _SIZE,
    "practice_below": _SIZE,
    "practice_above": _SIZE,
    "exposure_unsure": (*_SIZE, "low", "high"),  # low and high of the demanded share, 90 %
    "practice_unsure": (*_SIZE, "low", "high"),
    "exposure_within": ("share", "demand_share", "low", "high"),
    "practice_within": ("share", "demand_share", "low", "high"),
    "no_practice_in_curriculum": (),
    "above_required": ("share", "required_share"),
    "not_above_required": ("share", "required_share"),
    "asked_by_most": ("mentions", "postings"),
    "asked_by_half_or_fewer": ("mentions", "postings"),
    "level_below": ("reached", "required"),
    "level_met": ("reached", "required"),
    "level_unstated": ("required",),
    "chain_incomplete": ("introduced", "developed", "assessed"),
    "settled_by_postings": ("needed_postings", "needed_employers", "postings", "employers"),
    "on_the_margin": (),  # no number of postings would tell
    "settled_by_shares": ("course_codes",),
    "settled_by_practice": ("course_codes",),
    "by_presence": (),  # a social or methodological ability
    "beside_required": ("share", "required_share"),  # the size, shown and not judged
    "never_assessed": ("hours",),
    "assessment_open": (),  # no course of the plan states hours of assessment
}

ADVICE: Final[dict[str, tuple[str, ...]]] = {  # behind a recommendation; hours is what the step would move
    "add_untaught": ("target_share", "hours"),
    "add_emerging": ("target_share", "hours", "mentions", "postings", "mentions_before", "postings_before"),
    "add_required": ("hours", "positions"),  # demand unknown, so no size is a target
    "practise_required": ("hours", "course_theory_hours"),
    "shift_to_practice": ("target_share", "share", "hours", "course_theory_hours", "course_practice_hours"),
    "give_more_hours": ("target_share", "share", "hours", "course_hours"),
    "raise_level": ("reached", "required", "course_hours"),
    "assess": ("course_hours",),
    "retire_obsolete": ("share", "hours", "course_hours", *_CHANGE[:4]),
    "retire_excess": ("target_share", "share", "hours", "course_hours"),
}

CODES: Final = WARNINGS | UNDEFINED | REASONS | ADVICE

BESIDE: Final[dict[str, tuple[str, ...]]] = {  # what the questions beside the report answer, in place of a result
    "beyond_hours": ("abilities",),
    "bounds_too_tight": ("bounds", "conflicts"),
    "targets_conflict": ("abilities", "of"),
    "out_of_time": ("seconds",),
    "nothing_to_vary": (),  # the other choice would change nothing here
    "shares_above_one": ("course", "sum"),
    "too_few_gaps": ("gaps", "needed"),
    "gaps_all_equal": ("gaps",),
    "no_exposure_hours": ("curriculum",),
    "demand_differs": (),  # the curricula are judged by other postings, so labels may differ for that alone
    "no_required_levels": ("abilities",),  # required, but no source states a level
    "no_levelled_cells": ("objectives",),  # of the required abilities none is mapped with a level
    "no_levels": ("courses",),  # mapped, but no course states a level
    "chain_terms_unknown": ("courses",),  # that have levels but no term
    "no_exposure_searchable": ("abilities",),
    "no_dated_postings": ("postings", "postings_before"),
    "nothing_in_common": ("postings", "postings_before"),
    "too_thin_to_resample": ("postings", "postings_before"),
    "no_titled_postings": ("postings",),  # no posting names a position in its title
    "one_position": ("position", "postings"),
    "cells_differ": ("pair",),  # an index runs over more abilities in one curriculum than in another
}


def notice(code: str, **values: float | int | str) -> Notice:
    """A Notice whose values are those that its code promises; ValueError names one that is missing or odd."""
    odd = set((CODES | BESIDE)[code]) ^ set(values)
    if odd:
        raise ValueError(f"notice {code} has other values than promised: {', '.join(sorted(odd))}")
    return Notice(
        code, {name: value.item() if isinstance(value, np.generic) else value for name, value in values.items()}
    )
