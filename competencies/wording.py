"""What the codes of the analysis and of the readers are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from competencies.analysis.effective import LEAST_EMPLOYERS, Repetition

Words = Mapping[str, "str | Promise"]

NEAR_REASONS: Final[Words] = {
    "undated": _("the same words, one of the two undated"),
    "another_day": _("the same words on another day"),
    "another_place": _("the same words for another place"),
    "another_employer": _("the same words of another employer"),
    "another_title": _("the same words under another title"),
    "same_words": _("the same words, written a little otherwise"),
    "small_edits": _("nearly the same words"),
}
TREND_STATES: Final[Words] = {
    "rising": _("rising"),
    "falling": _("falling"),
    "new": _("new"),
    "open": _("no change shown"),
    "too_few": _("too few mentions"),
}
TREND_TONES: Final = {"rising": "ok", "new": "ok", "falling": "over", "open": "na", "too_few": "na"}
NO_TREND: Final[Words] = {
    "no_dated": _("No posting has a date and was searched with the terms of today, so there is no trend."),
    "too_few_postings_before": _("The earlier twelve months hold too few postings for a trend."),
    "too_few_postings_after": _("The latest twelve months hold too few postings for a trend."),
    "too_few_employers_before": _("The earlier twelve months hold postings of too few employers for a trend."),
    "too_few_employers_after": _("The latest twelve months hold postings of too few employers for a trend."),
}
UNDEFINED: Final[Words] = {
    "no_postings": _("no posting of this position"),
    "no_mentions": _("its postings mention no ability"),
}
CONCERNS: Final[Words] = {
    "no_postings": _("It holds no postings."),
    "too_few": _("With fewer than 93 postings a rate is known to no better than 10 points."),
    "former_vocabulary": _("Some postings were searched with former terms; search them again."),
    "old": _("Its newest posting is more than a year old."),
    "no_employers": _("No posting names its employer, so intervals cannot allow for one that repeats itself."),
    "one_employer": _("More than a quarter of the postings are of one employer."),
    "undated": _("More than a quarter of the postings have no date and feed no trend."),
    "repeating": _("More than a quarter of the postings nearly repeat another one."),
    "without_mention": _("In more than a quarter of the postings no term was found."),
    "gaps": _("Between its first and its last month there are months without a posting."),
}


# What was measured, where and when: docs/matching.md; by the slug of the framework whose terms were tried.
TERMS_PRECISION: Final[Words] = {
    "cross-border-e-commerce": _(
        "Precision of the search words: a person read 232 of the mentions that they find in two public files of "
        "postings, English and Chinese, in November 2026; 221 were right, 95.3 % (91.7 % to 97.3 %). The rules had "
        "been mended by some of them: before, 222 of 240 were right. How much they miss was not measured, nor these "
        "sources. Intervals cover sampling only."
    ),
}
TERMS_UNMEASURED: Final = _(
    "How often the search words of this framework find what they mean has not been measured. Intervals cover sampling "
    "only."
)


def cost_of_repetition(repetition: Repetition) -> str:
    """What the repetition of employers costs, in a sentence."""
    names = {
        "n": f"{repetition.postings:,}",
        "employers": f"{repetition.effective_employers:,.0f}",
        "largest": f"{repetition.largest:,}",
    }
    if repetition.employers == 1:
        return gettext("All %(n)s postings are of one employer, so no interval can be given.") % names
    names["effective"] = f"{repetition.effective_postings:,.0f}"
    if not repetition.noticeable:
        words = gettext("Employers hardly repeat themselves: %(n)s postings count as %(effective)s.")
    elif repetition.of_one:
        words = gettext("%(n)s postings count as about %(effective)s: one employer posted %(largest)s of them.")
    else:
        words = gettext(
            "%(n)s postings count as about %(effective)s: employers repeat themselves and speak for about "
            "%(employers)s of equal size."
        )
    return words % names


def unknown_demand_text(reason: str, repetition: Repetition, *, needed: int) -> str:
    """Why the postings do not tell what employers ask for; "" where they do."""
    if not reason:
        return ""
    if reason == "too_few_postings":
        words = ngettext(
            "Employers' demand is unknown: %(n)s posting, %(needed)s needed.",
            "Employers' demand is unknown: %(n)s postings, %(needed)s needed.",
            repetition.postings,
        )
        return words % {"n": f"{repetition.postings:,}", "needed": needed}
    words = gettext(
        "Employers' demand is unknown: the employers behind the %(n)s postings count as %(employers)s of equal size, "
        "%(needed)s needed."
    )
    few = {"n": f"{repetition.postings:,}", "employers": f"{repetition.effective_employers:.1f}"}
    return words % {**few, "needed": LEAST_EMPLOYERS}
