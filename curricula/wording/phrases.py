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
    "practice_unstated": gettext_noop("Practice not stated"),
    "obsolete_candidate": gettext_noop("Fading demand"),
    "under_taught_and_practised": gettext_noop("Under-taught, under-practised"),
    "under_taught": gettext_noop("Under-taught"),
    "under_practised": gettext_noop("Under-practised"),
    "level_below": gettext_noop("Level too low"),
    "over_taught": gettext_noop("Over-taught"),
    "aligned": gettext_noop("Aligned"),
    "covered": gettext_noop("Covered"),
    "inconclusive": gettext_noop("Inconclusive"),
    "no_finding": gettext_noop("No finding"),
}
MEANINGS: Final = {
    "mapping_missing": gettext_noop("Wanted, but no course is mapped to it and the mapping is not signed off."),
    "untaught_emerging": gettext_noop(
        "No hours serve it, and employers ask for it at least twice as often as before."
    ),
    "untaught": gettext_noop("Required or asked for, and no hours of theory or practice serve it."),
    "outside": gettext_noop("No hours serve it, nothing requires it, and employers seldom ask for it."),
    "theory_without_practice": gettext_noop("Taught and wanted, but never practised."),
    "practice_unstated": gettext_noop(
        "Taught and wanted; the plan does not say whether any of its hours are practice."
    ),
    "obsolete_candidate": gettext_noop("Taught or practised, not required, and demand has fallen to a trace."),
    "under_taught_and_practised": gettext_noop(
        "Surely fewer of all hours and of practice than its part of what employers ask for."
    ),
    "under_taught": gettext_noop("Surely fewer of all hours than its part of what employers ask for."),
    "under_practised": gettext_noop("Surely fewer of the hours of practice than its part of what employers ask for."),
    "level_below": gettext_noop("It has hours, but reaches a lower level than a position of the plan asks for."),
    "over_taught": gettext_noop("Surely a larger share of the hours than demand and requirements give it."),
    "aligned": gettext_noop("Hours fit demand at both ends of its interval, and the level is reached."),
    "covered": gettext_noop(
        "It has hours and is at the level. How much is enough is not judged: demand is unknown, or hours do not "
        "measure it."
    ),
    "inconclusive": gettext_noop("Too little evidence to tell a gap from alignment; the reasons say what would tell."),
    "no_finding": gettext_noop("Nothing is said: the mapping is not finished, or none of these findings applies."),
}
# Of an ability without hours under the switch of evidence, where weaker evidence has some for it: that is no gap.
WEAKER: Final = gettext_noop("Only on weaker evidence")
TONES: Final = {  # the colour beside a label, and never without its word
    **dict.fromkeys(LABELS, "na"),
    **dict.fromkeys(("untaught_emerging", "untaught", "theory_without_practice", "level_below"), "gap"),
    **dict.fromkeys(("under_taught_and_practised", "under_taught", "under_practised"), "gap"),
    **dict.fromkeys(("obsolete_candidate", "over_taught"), "over"),
    **dict.fromkeys(("aligned", "covered"), "ok"),
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
    "unsplit": gettext_noop("Not split"),
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
EVIDENCE: Final = {  # what a mapping is known from
    "declared": gettext_noop("declared"),
    "syllabus": gettext_noop("in the syllabus"),
    "assessed": gettext_noop("assessed"),
    "artefact": gettext_noop("shown by students' work"),
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
    "social_by_size": (
        gettext_noop("Social and methodological abilities judged by their hours"),
        "flag",
        gettext_noop("a switch: they are learnt inside other hours, and mentions do not measure those"),
    ),
    "all_electives": (
        gettext_noop("All courses of elective groups counted"),
        "flag",
        gettext_noop("a switch: else the part that is chosen counts, each course as likely to be chosen as another"),
    ),
    "least_evidence": (
        gettext_noop("Judged by mappings that are at least"),
        "text",
        gettext_noop("a switch: what only somebody declared may be left out"),
    ),
}
METHOD: Final = (
    gettext_noop(
        "Hours by mode reach abilities through the mapped share of each course; taught is theory and demonstration, "
        "practised is simulation and operation, and assessment stands apart. Hours without a mapping are kept and "
        "shown."
    ),
    gettext_noop(
        "Hours and credits are those that a student takes. Of the courses of an elective group the part counts "
        "that is chosen: the number of courses to choose divided by the number listed, or the credits or hours to "
        "choose divided by those listed. That each is as likely to be chosen as another is an assumption."
    ),
    gettext_noop(
        "Demand is the number of postings that mention an ability, in the twelve months up to the newest one, after "
        "duplicates were removed. Rates carry 95% Wilson intervals, wider where one employer repeats itself; change "
        "is against the twelve months before."
    ),
    gettext_noop(
        "Shares are parts of all taught hours, all practised hours or all mentions. They sum to one, so one share too "
        "high forces another too low: read them with the hours beside them."
    ),
    gettext_noop(
        "A gap of size is named only when it is both large enough and sure: an exact binomial test, adjusted over all "
        "abilities. It says that an ability has fewer hours than its part of the mentions, no more. Not finding a gap "
        "is not alignment; it is called inconclusive, and the reasons say which evidence would tell."
    ),
    gettext_noop(
        "The index is Porter's: 0 where two emphases have nothing in common, 1 where they are the same. The band is "
        "what it would be if the abilities of one side were exchanged (5% to 95%), the ceiling what so few mentions "
        "could show at best, and the flat plan one that serves everything alike."
    ),
    gettext_noop(
        "Postings are not all of demand, and hours are not competence: this report shows exposure and evidence, never "
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


def meaning_text(code: str) -> str:
    return _(MEANINGS[code])


def advice_text(kind: str, reason: str) -> str:
    """What a recommendation asks for: what nobody wants any more is retired, what is taught too much is reduced."""
    return _(ADVICE.get(reason, ADVICE[kind]))


def mode_text(code: str) -> str:
    return _(MODES[code])


def level_text(code: str) -> str:
    return _(LEVELS[code])


def evidence_text(code: str) -> str:
    """What a mapping is known from, in the words of the matrix."""
    return _(EVIDENCE[code])


def status_text(code: str) -> str:
    return _(STATUSES[code])


def trend_text(code: str) -> str:
    return _(TRENDS[code])


def pair_text(code: str) -> str:
    return _(PAIRS[code])


def verdict(pair: PairAlignment) -> str:
    """Whether the index is more than exchanged abilities give, and what to read it beside. It must be defined."""
    assert pair.index is not None  # noqa: S101
    if pair.abilities == 1:
        return _("Only one ability is compared: the index is 1 whatever the hours.")
    sentences = [_chance(pair)]
    if pair.flat is not None:
        flat = _("A plan that served everything alike would score %(flat)s.")
        sentences.append(flat % {"flat": formats.index(pair.flat)})
    if pair.ceiling is not None and pair.ceiling < 1:
        sentences.append(_("At best %(ceiling)s could be seen.") % {"ceiling": formats.index(pair.ceiling)})
    return space().join(sentences)


def _chance(pair: PairAlignment) -> str:
    if pair.index is None or pair.null_low is None or pair.null_high is None:
        return _("Fewer than five abilities are compared, too few to say more.")
    band = {"low": formats.index(pair.null_low), "high": formats.index(pair.null_high)}
    if pair.index > pair.null_high:
        return _("More alike than if the abilities were exchanged (%(low)s to %(high)s).") % band
    return _("No closer than if the abilities were exchanged (%(low)s to %(high)s).") % band


def spread_words() -> str:
    """What stands once wherever credits are told by term."""
    return _("The credits of a course over several terms are spread evenly over them.")


def space() -> str:
    """What stands between two sentences: nothing in Chinese."""
    return "" if (get_language() or "").startswith("zh") else " "


def sentences(*said: str) -> str:
    """Sentences one after another; what is not said leaves no space."""
    return space().join(filter(None, said))


def headed(head: str, facts: str = "") -> str:
    """A word or two, and what they are about: "Strengthen: Programming"."""
    return pgettext("a heading and what it is about", "%(head)s: %(facts)s") % {"head": head, "facts": facts}


def in_a_row(items: Iterable[str]) -> str:
    """a, b, c: divided as the reader's language divides them."""
    return pgettext("between the items of a list", ", ").join(items)


def counted(what: str, count: int) -> str:
    """What, and how many of it: “stops at theory 2”."""
    return pgettext("what, and how many of it", "%(what)s %(count)s") % {"what": what, "count": count}


def first_of(items: Sequence[str], most: int) -> list[str]:
    """The first items, and how many more there are."""
    rest = len(items) - most
    return [*items[:most], *([formats.plural("%(count)s more", "%(count)s more", rest)] if rest > 0 else [])]


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
