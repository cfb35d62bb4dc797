"""The words of a gap report: what labels, statuses, levels, modes, indices and thresholds are called.

Kept untranslated here and translated when asked for, so that one process can write reports in several languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _

from curricula.analysis.frames import PairAlignment
from curricula.analysis.measures.robustness import MIXED

from . import formats

LABELS: Final = {  # in the order of the rules, METHOD.md; short enough for a tag
    "mapping_missing": gettext_noop("Mapping missing"),
    "untaught_emerging": gettext_noop("Untaught, rising"),
    "untaught": gettext_noop("Untaught"),
    "outside": gettext_noop("Rightly left out"),
    "theory_without_practice": gettext_noop("Theory only"),
    "obsolete_candidate": gettext_noop("Fading demand"),
    "under_taught_and_practised": gettext_noop("Under-taught, under-practised"),
    "under_taught": gettext_noop("Under-taught"),
    "under_practised": gettext_noop("Under-practised"),
    "over_taught": gettext_noop("Over-taught"),
    "aligned": gettext_noop("Aligned"),
    "covered": gettext_noop("Covered"),
    "inconclusive": gettext_noop("Inconclusive"),
}
MEANINGS: Final = {
    "mapping_missing": gettext_noop("Wanted, but no course is mapped to it and the mapping is not signed off."),
    "untaught_emerging": gettext_noop(
        "No hours serve it, and employers ask for it at least twice as often as before."
    ),
    "untaught": gettext_noop("Required or asked for, and no hours of theory or practice serve it."),
    "outside": gettext_noop("No hours serve it, nothing requires it, and employers seldom ask for it."),
    "theory_without_practice": gettext_noop("Taught and wanted, but never practised."),
    "obsolete_candidate": gettext_noop("Taught or practised, not required, and demand has fallen to a trace."),
    "under_taught_and_practised": gettext_noop("Surely too small a share of all hours and of practice."),
    "under_taught": gettext_noop("Surely too small a share of all hours, or below the required level."),
    "under_practised": gettext_noop("Surely too small a share of the hours of practice."),
    "over_taught": gettext_noop("Surely a larger share of the hours than demand and requirements give it."),
    "aligned": gettext_noop("Hours fit demand at both ends of its interval; level and chain are complete."),
    "covered": gettext_noop("Required, taught and at the level; how much is enough cannot be judged without demand."),
    "inconclusive": gettext_noop("Neither a gap nor alignment can be shown with this evidence."),
}
TONES: Final = {
    "untaught_emerging": "gap",
    "untaught": "gap",
    "theory_without_practice": "gap",
    "under_taught_and_practised": "gap",
    "under_taught": "gap",
    "under_practised": "gap",
    "obsolete_candidate": "over",
    "over_taught": "over",
    "aligned": "ok",
    "covered": "ok",
    "mapping_missing": "na",
    "outside": "na",
    "inconclusive": "na",
}
STATUSES: Final = {
    "below": gettext_noop("below"),
    "above": gettext_noop("above"),
    "within": gettext_noop("fits"),
    "unsure": gettext_noop("not sure"),
    "unknown": gettext_noop("unknown"),
}
TRENDS: Final = {
    "rising": gettext_noop("rising"),
    "falling": gettext_noop("falling"),
    "steady": gettext_noop("no sure change"),
    "unknown": gettext_noop("unknown"),
}
LEVELS: Final = {
    "I": gettext_noop("introduced"),
    "D": gettext_noop("developed"),
    "A": gettext_noop("assessed"),
    "": gettext_noop("not stated"),
}
MODES: Final = {
    "theory": gettext_noop("Theory"),
    "demonstration": gettext_noop("Demonstration"),
    "simulation": gettext_noop("Simulation"),
    "operation": gettext_noop("Operation"),
    "assessment": gettext_noop("Assessment"),
}
PAIRS: Final = {
    "theory_practice": gettext_noop("Theory and practice"),
    "theory_demand": gettext_noop("Theory and demand"),
    "practice_demand": gettext_noop("Practice and demand"),
    "theory_required": gettext_noop("Theory and requirements"),
    "practice_required": gettext_noop("Practice and requirements"),
}
ADVICE: Final = {  # by kind, or by the reason where one kind means two things to do
    "add": gettext_noop("Add"),
    "strengthen": gettext_noop("Strengthen"),
    "retire": gettext_noop("Retire"),
    "retire_excess": gettext_noop("Reduce"),
}
PARAMETERS: Final[dict[str, tuple[str, formats.Kind, str]]] = {  # name, how its value is written, why it is what it is
    "ratio": (gettext_noop("Ratio by which shares must differ"), "number", gettext_noop("pragmatic: half or double")),
    "least_hours": (gettext_noop("Least gap in hours"), "hours", gettext_noop("pragmatic: one credit")),
    "cap": (gettext_noop("Difference of shares that always counts"), "percent", gettext_noop("pragmatic")),
    "demand_floor": (gettext_noop("Wanted above this part of postings"), "percent", gettext_noop("pragmatic")),
    "min_postings": (
        gettext_noop("Fewest postings for a statement"),
        "count",
        gettext_noop("a rate is then known to ±10 points (Wilson interval)"),
    ),
    "fdr": (
        gettext_noop("False-discovery rate"),
        "percent",
        gettext_noop("by Benjamini and Hochberg; the rate itself is pragmatic"),
    ),
    "demonstration_is_practice": (
        gettext_noop("Demonstration counted as practice"),
        "flag",
        gettext_noop("a switch, to see how much the grouping matters"),
    ),
    "saturated_demand": (
        gettext_noop("Demand shares corrected for saturation"),
        "flag",
        gettext_noop("a switch: mentions are presence or absence, while hours add up"),
    ),
}
METHOD: Final = (
    gettext_noop(
        "Hours by mode reach abilities through the mapped share of each course; taught is theory and "
        "demonstration, "
        "practised is simulation and operation, and assessment stands apart. Hours without a mapping are "
        "kept and shown."
    ),
    gettext_noop(
        "Demand is the number of postings that mention an ability, in the twelve months up to the newest "
        "one, after "
        "duplicates were removed. Rates carry 95% Wilson intervals; change is against the twelve months before."
    ),
    gettext_noop(
        "Shares are parts of all taught hours, all practised hours or all mentions. They sum to one, so "
        "one share too "
        "high forces another too low: read them with the hours beside them."
    ),
    gettext_noop(
        "A gap is named only when it is both large enough and sure: an exact binomial test, adjusted over "
        "all abilities. "
        "Not finding a gap is not alignment; it is called inconclusive."
    ),
    gettext_noop(
        "The index is Porter's: 0 where two emphases have nothing in common, 1 where they are the same. "
        "The band is what "
        "random allocation gives (5% to 95%, Fulmer), the ceiling what so few mentions could show at best."
    ),
    gettext_noop(
        "Postings are not all of demand, and hours are not competence: this report shows exposure and "
        "evidence, never "
        "what graduates can do."
    ),
)


@dataclass(frozen=True)
class LabelTag:
    """A label as every page shows it: always a word, and a tone with it."""

    code: str
    text: str
    tone: str


def label_tag(code: str) -> LabelTag:
    """The tag of a label; of several labels at once where a framework's ability stands for several."""
    if code == MIXED:
        return LabelTag(code, _("Several findings"), "na")
    return LabelTag(code, label_text(code), TONES[code])


def label_text(code: str) -> str:
    return _(LABELS[code])


def advice_text(kind: str, reason: str) -> str:
    """What a recommendation asks for: what nobody wants any more is retired, what is taught too much is reduced."""
    return _(ADVICE.get(reason, ADVICE[kind]))


def mode_text(code: str) -> str:
    return _(MODES[code])


def level_text(code: str) -> str:
    return _(LEVELS[code])


def status_text(code: str) -> str:
    return _(STATUSES[code])


def trend_text(code: str) -> str:
    return _(TRENDS[code])


def pair_text(code: str) -> str:
    return _(PAIRS[code])


def verdict(pair: PairAlignment) -> str:
    """Within, above or below what chance gives, and what could be seen at best. The index must be defined."""
    assert pair.index is not None  # noqa: S101
    if pair.abilities == 1:
        return _("Only one ability is compared: the index is 1 whatever the hours.")
    sentences = [_chance(pair)]
    if pair.ceiling is not None and pair.ceiling < 1:
        sentences.append(_("At best %(ceiling)s could be seen.") % {"ceiling": formats.index(pair.ceiling)})
    return space().join(sentences)


def _chance(pair: PairAlignment) -> str:
    if pair.index is None or pair.null_low is None or pair.null_high is None:
        return _("What chance gives is unknown.")
    band = {"low": formats.index(pair.null_low), "high": formats.index(pair.null_high)}
    if pair.index > pair.null_high:
        return _("Above what chance gives (%(low)s to %(high)s).") % band
    if pair.index < pair.null_low:
        return _("Below what chance gives (%(low)s to %(high)s): the two point elsewhere.") % band
    return _("Within what chance alone gives (%(low)s to %(high)s).") % band


def spread_words() -> str:
    """What stands once wherever credits are told by term."""
    return _("The credits of a course over several terms are spread evenly over them.")


def space() -> str:
    """What stands between two sentences: nothing in Chinese."""
    return "" if (get_language() or "").startswith("zh") else " "


def headed(head: str, facts: str = "") -> str:
    """A word or two, and what they are about: "Strengthen: Programming"."""
    return pgettext("a heading and what it is about", "%(head)s: %(facts)s") % {"head": head, "facts": facts}


def in_a_row(items: Iterable[str]) -> str:
    """a, b, c: divided as the reader's language divides them."""
    return pgettext("between the items of a list", ", ").join(items)


def in_clauses(items: Iterable[str]) -> str:
    """Parts of one statement, such as a level and a share, which are no list."""
    return pgettext("between the parts of a statement", ", ").join(items)


def in_parts(items: Iterable[str]) -> str:
    """a; b; c: items that may hold commas of their own."""
    return pgettext("between the items of a list", "; ").join(items)


def listed(items: Sequence[str]) -> str:
    """a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return _(", ").join(items[:-1]) + _(" and ") + items[-1]
