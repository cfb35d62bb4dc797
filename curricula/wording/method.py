"""What the page of the method says beside the measures: what was changed and why, and what is never claimed."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from competencies.analysis.effective import LEAST_EMPLOYERS, LEAST_MENTIONS
from competencies.matching.feedback import KAPPA
from curricula.analysis.agreement import FIRM, TENTATIVE
from curricula.analysis.alignment import LEAST_EXCHANGED
from curricula.analysis.attainment import LEAST_STUDENTS
from curricula.analysis.optimise.optimiser import Limits
from curricula.analysis.warnings import MOST_UNMAPPED_TO_JUDGE

from . import formats
from .explanations import EXPLANATIONS, Explanation
from .further_explanations import FURTHER
from .training_explanations import TRAINING

MEASURES: Final[dict[str, Explanation]] = {**EXPLANATIONS, **FURTHER, **TRAINING}
GROUPS: Final = (  # how the page puts them in order
    (_("Hours"), ("heatmap", "practice", "breadth", "echelons")),
    (_("Demand"), ("demand", "effective", "speed", "growth", "advantage")),
    (_("Hours against demand"), ("shares", "label", "porter", "exchange", "resampling", "vintage", "lag")),
    (_("Requirements, levels and courses"), ("readiness", "webb", "chain", "complexity")),
    (_("The mapping behind it"), ("agreement", "credibility", "next_evidence")),
    (_("Surveys and students"), ("needs", "questionnaires", "attainment")),
    (_("Conditions of training"), ("stages", "graduation", "practical_grade")),
    (_("Comparisons"), ("distance", "crosswalk", "robustness")),
)


class Amendment(NamedTuple):
    was: Any
    now: Any


AMENDMENTS: Final = (
    Amendment(
        _("The chance band of hours and mentions called every plan made at random “below chance”."),
        _(
            "The abilities of one side are exchanged, which keeps how uneven both sides are. The words are “more "
            "alike than if the abilities were exchanged” and “no closer”."
        ),
    ),
    Amendment(
        _(
            "Postings of one employer counted as independent in most intervals: of unchanged abilities, 21 to 47 % "
            "were called rising or falling."
        ),
        _("Every interval and test reads effective postings; under 8 effective employers demand is unknown."),
    ),
    Amendment(
        _("Labels and the page of trends tested a change in two ways, and could disagree."),
        _("One test for both."),
    ),
    Amendment(
        _("Hours and shares that were not stated were taken for 0 or for stated; unfinished mappings were judged."),
        _(
            "What is not stated is unknown: practice is an interval, assumed shares are marked, and an unfinished "
            "mapping gets advice on what to map next and no verdict."
        ),
    ),
    Amendment(
        _("“Inconclusive” was said of a missing level, and “under-taught” of a level that was too low."),
        _("Levels have words of their own; sizes alone decide on too little and too much."),
    ),
    Amendment(
        _("Where demand was unknown, a chart still drew it and a sentence named the largest shortfall."),
        _("Then no mark is drawn, nothing is put in order by size, and required abilities are counted instead."),
    ),
    Amendment(
        _(
            "Intervals of indices covered the truth in 58 % of the cases at 100 postings, and unchanged demand made "
            "plans look dated in 28 to 58 % of the trials."
        ),
        _("Basic bootstrap; both years are brought to the same number of employers first."),
    ),
    Amendment(
        _("Advice made whole courses larger: 351 hours added, and none of 11 aims reached."),
        _("Hours move inside courses; the totals of courses and plan are held, and what is left over is named."),
    ),
    Amendment(
        _("Suggestions learned from single words, and became worse with use."),
        _("A decision counts by how rare the words are that led to it; suggestions are never worse for decisions."),
    ),
    Amendment(
        _("Nothing was said of what students showed, of breadth, echelons, lag or growth, or of the mapping's worth."),
        _("New measures, each on this page."),
    ),
)
NEVER_CLAIMED: Final = (
    _("What graduates can do. The pages show hours, evidence and what students showed in the records, no more."),
    _("That hours caused a result, or that more hours would."),
    _("That postings are all of demand. Surveys and official figures stand apart and are never merged with them."),
    _("That hours should follow mentions exactly: a size label says fewer hours than its part of the mentions."),
    _("That not finding a gap is alignment. It is called inconclusive, with what would settle it."),
    _("An order of abilities whose intervals meet."),
    _("That a sure finding exceeds its margin. The simulation shows how many of those said were truly smaller."),
    _("That two plans, years, cohorts or raters are alike where their thresholds, terms or sources differ."),
    _("A score of the plan as a whole. There is none."),
)
LIMITS: Final[tuple[tuple[Any, float | str, formats.Kind, Any], ...]] = (  # what no policy changes, and why
    (
        _("Fewest effective employers"),
        LEAST_EMPLOYERS,
        "count",
        _("by analogy to the 8 degrees of freedom below which NCHS asks for review"),
    ),
    (_("Fewest mentions of both years for a test of change"), LEAST_MENTIONS, "count", _("pragmatic")),
    (
        _("Fewest abilities for a band of exchanges"),
        LEAST_EXCHANGED,
        "count",
        _("pragmatic: fewer have too few orders"),
    ),
    (_("Most hours that an unfinished mapping may leave out"), MOST_UNMAPPED_TO_JUDGE, "percent", _("pragmatic")),
    (
        _("Fewest students of a record that is shown"),
        LEAST_STUDENTS,
        "count",
        _("pragmatic: nobody may be recognised"),
    ),
    (
        _("Agreement that is tentative, and firm"),
        f"{TENTATIVE:.3f} / {FIRM:.2f}",
        "text",
        _("Krippendorff 2004, at the lower end of the interval"),
    ),
    (
        _("Most of a course's hours that advice re-purposes"),
        Limits().given,
        "percent",
        _("pragmatic; a school may change it"),
    ),
    (
        _("Most of a course's hours that go from theory to practice"),
        Limits().shifted,
        "percent",
        _("pragmatic; a school may change it"),
    ),
    (
        _("Weight of a suggestion's own score, in decisions"),
        KAPPA,
        "number",
        _("pragmatic, chosen on held-out decisions"),
    ),
)
CALIBRATED: Final = {
    "default-en": _("English, words alone"),
    "default-zh": _("Chinese, words alone"),
    "semantic-en": _("English, words and meaning"),
    "semantic-zh": _("Chinese, words and meaning"),
}
DESIGNS: Final = {
    "independent": (_("Independent"), _("Each employer posts once.")),
    "uneven": (
        _("Unevenly tagged"),
        _("Search terms find 80 % of the mentions on average, of some abilities half; long postings mention more."),
    ),
    "clustered": (_("Clustered"), _("An employer posts 8 times and repeats three lines in five.")),
    "heavy": (_("Heavy"), _("One employer posts a fifth to a half of all and repeats four lines in five.")),
}
CHECKS: Final = {
    "under:wrong_sign": _("Said to be too little, truly enough or more"),
    "under:missed": _("Truly too little, not said"),
    "aligned:false": _("Said to be aligned, truly a gap"),
    "trend:of_unchanged": _("Unchanged, said to rise or fall"),
    "trend:missed": _("Truly changed, not said to"),
    "coverage:rate": _("95 % intervals of rates that hold the truth"),
    "coverage:true_rate": _("the same, had the terms found every mention"),
    "coverage:change": _("95 % intervals of changes that hold the truth"),
    "coverage:index": _("95 % intervals of the index that hold the truth"),
    "band:below": _("Plans made at random, below the band (expected 5 %)"),
    "band:above": _("Plans made at random, above the band (expected 5 %)"),
    "age:false": _("Unchanged demand, plan said to be dated or ahead"),
    "demand_unknown": _("Plans in which demand is unknown"),
}
WHY_NOT: Final = {
    "coverage:index": _(
        "The index is biased down, and a few employers resampled repeat what they say: its interval then lies too low "
        "more often than it says. The ceiling and the effective employers beside it tell when."
    ),
}
