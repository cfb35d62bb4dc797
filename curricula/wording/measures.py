"""Why a measure beside the report has no value, or is to be read with care, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from curricula.analysis.frames import Notice

from . import formats
from .sentences import SENTENCES

REASONS: Final[Mapping[str, Any]] = {
    "nothing_to_vary": _("Nothing to vary: the other choice changes nothing here."),
    "shares_above_one": _("The shares that the rater gave course %(course)s sum to %(sum)s, and can be at most 1."),
    "too_few_gaps": ngettext_lazy(
        "%(gaps)s gap can be compared; an order needs %(needed)s.",
        "%(gaps)s gaps can be compared; an order needs %(needed)s.",
        "n_gaps",
    ),
    "gaps_all_equal": ngettext_lazy(
        "The %(gaps)s gap that can be compared has no order.",
        "The %(gaps)s gaps that can be compared are all of one size, so they have no order.",
        "n_gaps",
    ),
    "no_exposure_hours": _("No hours of theory or practice of %(curriculum)s reach an ability."),
    "demand_differs": _("The plans are judged by different postings, so a finding may differ for that alone."),
    "no_required_levels": ngettext_lazy(
        "%(abilities)s required ability, and no source states a level for it.",
        "%(abilities)s required abilities, and no source states a level for them.",
        "n_abilities",
    ),
    "no_levelled_cells": ngettext_lazy(
        "The required ability is not mapped with a level.",
        "None of the %(objectives)s required abilities is mapped with a level.",
        "n_objectives",
    ),
    "no_levels": ngettext_lazy(
        "%(courses)s course is mapped to it, with no level stated.",
        "%(courses)s courses are mapped to it, with no level stated.",
        "n_courses",
    ),
    "chain_terms_unknown": ngettext_lazy(
        "%(courses)s course that has a level has no term, so the order is unknown.",
        "%(courses)s courses that have levels have no term, so the order is unknown.",
        "n_courses",
    ),
    "no_exposure_searchable": ngettext_lazy(
        "No hours reach the ability that postings can be searched for.",
        "No hours reach any of the %(abilities)s abilities that postings can be searched for.",
        "n_abilities",
    ),
    "no_dated_postings": _(
        "Two years of dated postings are needed: there are %(postings)s in the last twelve months and "
        "%(postings_before)s in the twelve before."
    ),
    "nothing_in_common": _(
        "The plan has nothing in common with the demand of one of the years (%(postings_before)s and %(postings)s "
        "postings)."
    ),
    "too_thin_to_resample": _(
        "With %(postings_before)s and %(postings)s postings the ratio has no interval, so it is no finding."
    ),
    "no_titled_postings": ngettext_lazy(
        "%(postings)s posting, and its title names no position.",
        "%(postings)s postings, and no title among them names a position.",
        "n_postings",
    ),
    "one_position": ngettext_lazy(
        "%(postings)s posting, for one position only: with nothing to compare, nothing is specific.",
        "%(postings)s postings, all for one position: with nothing to compare, nothing is specific.",
        "n_postings",
    ),
}


NO_POSTINGS: Final = _("There are no postings, so nothing is specific to a position.")


def reason_words(reason: Notice, *, titles: Mapping[str, str] | None = None) -> str:
    """The sentence of a reason; `titles` name what its values only have codes for."""
    numbers = {f"n_{name}": int(value) for name, value in reason.values.items() if not isinstance(value, str)}
    named = titles or {}
    written = {
        name: named.get(value, value) if isinstance(value, str) else formats.number(value)
        for name, value in reason.values.items()
    }
    none = reason.code == "no_titled_postings" and reason.values["postings"] == 0
    return str((NO_POSTINGS if none else REASONS.get(reason.code) or SENTENCES[reason.code]) % {**numbers, **written})
