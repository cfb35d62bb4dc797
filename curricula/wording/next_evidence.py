"""The evidence to collect next in words: what to do, how long it takes, and what it would settle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from curricula.analysis.next_evidence import Step

from . import formats, phrases
from .edit_sentences import course_words
from .formats import plural
from .names import Names

MOST_NAMED = 5  # courses in a sentence


def step_words(step: Step, names: Names, positions: Sequence[str]) -> str:
    """What to do. `positions`: codes of those that the plan prepares for; none named is all of them."""
    values = {"n": formats.count(step.pieces), "courses": _courses(step.courses, names)}
    if step.kind == "postings":
        return _postings(step, [names.positions.get(code, code) for code in positions])
    sentences = {
        "shares": ngettext(
            "State %(n)s share that is assumed now, of %(courses)s.",
            "State %(n)s shares that are assumed now, of %(courses)s.",
            step.pieces,
        ),
        "practice": ngettext(
            "Say how many hours of %(courses)s are practice.",
            "Say how many hours of these courses are practice: %(courses)s.",
            step.pieces,
        ),
        "levels": ngettext(
            "State the level of %(n)s mapping of %(courses)s.",
            "State the levels of %(n)s mappings of %(courses)s.",
            step.pieces,
        ),
        "raters": ngettext(
            "Let a second person rate %(n)s cell of the matrix without seeing the first rating: %(courses)s.",
            "Let a second person rate %(n)s cells of the matrix without seeing the first ratings: %(courses)s.",
            step.pieces,
        ),
    }
    return sentences[step.kind] % values


_COLLECT: Final = {
    "": gettext_lazy(
        "Collect postings until there are %(postings)s of about %(employers)s employers, %(more)s more than now."
    ),
    "enough": gettext_lazy(
        "Collect postings until there are %(postings)s of at least %(employers)s employers, %(more)s more than now."
    ),
    "further": gettext_lazy("Collect %(more)s postings more, each of another employer."),
    "anew": gettext_lazy(
        "Collect %(more)s postings of at least %(employers)s employers with about as many each, and judge the plan by "
        "these instead: those at hand speak for too few employers."
    ),
}


def _postings(step: Step, positions: Sequence[str]) -> str:
    values = {
        "postings": formats.count(step.postings),
        "employers": formats.count(step.employers),
        "more": formats.count(step.pieces),
        "positions": phrases.in_a_row(positions),
    }
    said = [_COLLECT[step.how if step.how or step.chances else "enough"] % values]
    if positions:
        said.append(_("They count for: %(positions)s.") % values)
    return phrases.space().join(said)


def _courses(codes: Sequence[str], names: Names) -> str:
    return phrases.listed(phrases.first_of([course_words(code, names) for code in codes], MOST_NAMED))


def work_words(minutes: int) -> str:
    """Minutes below an hour and a half, else hours."""
    if minutes < 90:
        return plural("about %(n)s minute", "about %(n)s minutes", minutes)
    return plural("about %(n)s hour", "about %(n)s hours", round(minutes / 60))


def worth_words(step: Step, undecided: int) -> str:
    """What it settles on average, or that nobody can tell beforehand."""
    if not step.chances:
        return plural(
            "%(n)s finding hangs on it; how many it would change cannot be told beforehand.",
            "%(n)s findings hang on it; how many it would change cannot be told beforehand.",
            step.open,
        )
    counts = {"expected": formats.number(round(step.expected, 1)), "of": formats.count(undecided)}
    if step.kind == "levels":
        return plural(
            "%(expected)s finding that waits for a level.",
            "%(expected)s findings that wait for a level.",
            step.pieces,
            **counts,
        )
    return _("On average %(expected)s of %(of)s undecided findings.") % counts
