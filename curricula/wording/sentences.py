"""Every Notice of the analysis as a sentence: the code chooses it, the values fill it.

The lazy forms are filled, and thereby translated, when a report is built. Where a number decides between singular and
plural it stands under `n_<name>` beside the written `<name>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from curricula.analysis.frames import PAIRS

from .advice_sentences import ADVICE

Sentences = Mapping[str, Any]  # code -> a lazy text that takes the values by %

WARNINGS: Final[Sentences] = {
    "no_demand_source": _("No demand source is named, so what employers ask for is unknown."),
    "no_postings": _("The named demand sources hold no postings, so what employers ask for is unknown."),
    "no_postings_for_positions": ngettext_lazy(
        "No posting is for a position that this plan prepares for; %(other_positions)s posting for others "
        "was set aside.",
        "No posting is for a position that this plan prepares for; %(other_positions)s postings for others "
        "were set aside.",
        "n_other_positions",
    ),
    "too_few_postings": ngettext_lazy(
        "Demand is unknown: %(postings)s posting, at least %(needed)s are needed.",
        "Demand is unknown: %(postings)s postings, at least %(needed)s are needed.",
        "n_postings",
    ),
    "too_few_employers": _(
        "Demand is unknown: the employers behind the %(postings)s postings count as %(employers)s of equal size, "
        "at least %(needed)s are needed."
    ),
    "undated_postings": ngettext_lazy(
        "%(undated)s of %(postings)s postings has no date: it counts at its collection date and feeds no trend.",
        "%(undated)s of %(postings)s postings have no date: they count at their collection date and feed no trend.",
        "n_undated",
    ),
    "no_trend": ngettext_lazy(
        "No trend can be told from %(postings)s dated posting now and %(postings_before)s in the twelve months "
        "before; each period needs %(needed)s.",
        "No trend can be told from %(postings)s dated postings now and %(postings_before)s in the twelve months "
        "before; each period needs %(needed)s.",
        "n_postings",
    ),
    "no_trend_of_employers": ngettext_lazy(
        "No trend can be told: the dated postings speak for %(employers)s employer of equal size now and "
        "%(employers_before)s in the twelve months before; each period needs %(needed)s.",
        "No trend can be told: the dated postings speak for %(employers)s employers of equal size now and "
        "%(employers_before)s in the twelve months before; each period needs %(needed)s.",
        "n_employers",
    ),
    "no_mentions": ngettext_lazy(
        "The one posting mentions no ability of the framework.",
        "None of the %(postings)s postings mentions an ability of the framework.",
        "n_postings",
    ),
    "employers_unknown": ngettext_lazy(
        "%(postings)s of %(of)s postings does not name its employer and counts as an employer of its own.",
        "%(postings)s of %(of)s postings do not name their employer; each counts as an employer of its own.",
        "n_postings",
    ),
    "not_searchable": ngettext_lazy(
        "%(abilities)s of %(of)s abilities has no search terms, so its demand is unknown; it holds %(hours_part)s of "
        "the hours.",
        "%(abilities)s of %(of)s abilities have no search terms, so their demand is unknown; they hold %(hours_part)s "
        "of the hours.",
        "n_abilities",
    ),
    "least_evidence": ngettext_lazy(
        "Judged only by mappings that are %(evidence)s or better: %(cells)s of %(of)s mapping does not count, and its "
        "hours reach no ability here.",
        "Judged only by mappings that are %(evidence)s or better: %(cells)s of %(of)s mappings do not count, and "
        "their hours reach no ability here.",
        "n_of",
    ),
    "positions_not_chosen": ngettext_lazy(
        "The plan does not say which positions it prepares for: it is compared with the framework's %(positions)s "
        "position, and nothing is missed only because that position asks for it.",
        "The plan does not say which positions it prepares for: it is compared with all %(positions)s positions, and "
        "nothing is missed only because one of them asks for it.",
        "n_positions",
    ),
    "mapping_unfinished": _(
        "The mapping is not finished: %(part)s of all theory and practice reach no ability yet, and it is not signed "
        "off. Up to %(most)s nothing would be held against the plan for it; until then nothing is judged."
    ),
    "map_next": ngettext_lazy(
        "%(courses)s course with hours has no mapping yet: %(course_codes)s.",
        "%(courses)s courses with hours have no mapping yet; those with most hours: %(course_codes)s.",
        "n_courses",
    ),
    "practice_not_stated": _(
        "These courses do not say how many of their hours are practice, so practice is not compared; they hold "
        "%(part)s of the hours: %(course_codes)s."
    ),
    "hours_not_split": ngettext_lazy(
        "%(courses)s of %(of)s courses states more hours in all than by mode: what is left may be theory or practice.",
        "%(courses)s of %(of)s courses state more hours in all than by mode: what is left may be theory or practice.",
        "n_courses",
    ),
    "practice_rests_on_few": ngettext_lazy(
        "Practice is stated by %(courses)s of %(of)s courses, and findings of practice rest on it alone: where the "
        "others leave practice blank, it is read as 0.",
        "Practice is stated by %(courses)s of %(of)s courses, and findings of practice rest on them alone: where the "
        "others leave practice blank, it is read as 0.",
        "n_courses",
    ),
    "assessment_not_stated": ngettext_lazy(
        "The %(courses)s course states no hours of assessment, so it is unknown which abilities are never assessed. "
        "Hours of assessment or a level A in the mapping would tell.",
        "No course of %(courses)s states hours of assessment, so it is unknown which abilities are never assessed. "
        "Hours of assessment or a level A in the mapping would tell.",
        "n_courses",
    ),
    "electives_by_part": ngettext_lazy(
        "Of %(courses)s course in %(groups)s elective group the part that is chosen is counted: %(taken_hours)s of "
        "%(listed_hours)s hours. Each course is assumed as likely to be chosen as another.",
        "Of %(courses)s courses in elective groups (%(groups)s) the part that is chosen is counted: %(taken_hours)s "
        "of %(listed_hours)s hours. Each course is assumed as likely to be chosen as another.",
        "n_courses",
    ),
    "electives_counted_whole": ngettext_lazy(
        "All %(courses)s course of elective groups (%(groups)s) is counted whole, though students take some only.",
        "All %(courses)s courses of elective groups (%(groups)s) are counted whole, though students take some only.",
        "n_courses",
    ),
    "electives_open": ngettext_lazy(
        "%(groups)s of %(of)s elective groups does not say what part of its courses is chosen, or lists none: what it "
        "lists is counted whole.",
        "%(groups)s of %(of)s elective groups do not say what part of their courses is chosen, or list none: what "
        "they list is counted whole.",
        "n_groups",
    ),
    "no_requirements": _("The positions list no requirements, so nothing counts as required."),
    "requirement_levels_assumed": ngettext_lazy(
        "The level of %(requirements)s of %(of)s requirements is assumed: its source states none.",
        "The levels of %(requirements)s of %(of)s requirements are assumed: their sources state none.",
        "n_requirements",
    ),
    "no_courses": _("The plan has no courses yet."),
    "hours_missing": ngettext_lazy(
        "%(courses)s of %(of)s courses does not state all its hours; what is missing adds to no ability.",
        "%(courses)s of %(of)s courses do not state all their hours; what is missing adds to no ability.",
        "n_courses",
    ),
    "no_mappings": ngettext_lazy(
        "The plan's %(courses)s course is not mapped to any ability yet.",
        "None of the plan's %(courses)s courses is mapped to an ability yet.",
        "n_courses",
    ),
    "courses_unmapped": ngettext_lazy(
        "%(courses)s of %(of)s courses is not mapped to any ability.",
        "%(courses)s of %(of)s courses are not mapped to any ability.",
        "n_courses",
    ),
    "unmapped_hours": _(
        "%(hours)s h, %(part)s of all theory and practice, reach no ability; every share speaks for the rest only."
    ),
    "shares_assumed": ngettext_lazy(
        "The share of %(cells)s of %(of)s course–ability mappings is assumed: an equal part of what the "
        "course has left.",
        "The shares of %(cells)s of %(of)s course–ability mappings are assumed: equal parts of what the "
        "course has left.",
        "n_cells",
    ),
    "levels_missing": ngettext_lazy(
        "%(cells)s of %(of)s course–ability mappings states no level.",
        "%(cells)s of %(of)s course–ability mappings state no level.",
        "n_cells",
    ),
    "course_terms_unknown": ngettext_lazy(
        "%(courses)s of %(of)s courses has no term, so the order of its levels cannot be judged.",
        "%(courses)s of %(of)s courses have no term, so the order of their levels cannot be judged.",
        "n_courses",
    ),
    "map_first": ngettext_lazy(
        "%(abilities)s wanted ability has no mapping yet: %(codes)s.",
        "%(abilities)s wanted abilities have no mapping yet; map first: %(codes)s.",
        "n_abilities",
    ),
    "agreement_unknown": ngettext_lazy(
        "%(raters)s rater's own mapping is recorded, too few to say whether raters agree.",
        "%(raters)s raters' own mappings are recorded, too few to say whether raters agree.",
        "n_raters",
    ),
    "agreement_undefined": _(
        "%(raters)s raters share %(cells)s course–ability cells, in which nothing varies: their agreement "
        "is undefined."
    ),
    "raters_disagree": _(
        "%(raters)s raters agree with α = %(alpha)s, perhaps only %(low)s; below %(needed)s every finding "
        "is provisional."
    ),
    "prerequisite_cycle": _("Prerequisites form a circle: %(cycle)s."),
    "one_ability": _("Only one ability is compared, so an index says nothing; it is 1 whatever the hours: %(pairs)s."),
    **dict.fromkeys((f"undefined.{pair}" for pair in PAIRS), _("%(pair)s: no index. %(reason)s")),
    "no_attainment": _(
        "These findings rest on hours and demand; what students showed is not in them, "
        "so they do not say what was attained."
    ),
    "signed_off_unmapped": _(
        "The mapping was signed off although %(part)s of all theory and practice reach no ability. Reason given: "
        "%(reason)s"
    ),
    "sample_data": _("Invented sample data: no figure here is about a real school or a real employer."),
}

UNDEFINED: Final[Sentences] = {
    "no_theory_hours": _("No hours of theory reach the abilities compared here."),
    "theory_not_stated": _("No course says how many of its hours are theory, so theory is not compared."),
    "no_practice_hours": _("No hours of practice reach the abilities compared here."),
    "no_demand": ngettext_lazy(
        "%(postings)s posting mentions none of the abilities compared here.",
        "%(postings)s postings mention none of the abilities compared here.",
        "n_postings",
    ),
    "no_required_weight": _("No position requires any of the abilities compared here."),
}

_BY_SIZE = {
    "exposure_below": _(
        "%(share)s of all hours (%(hours)s of %(of_hours)s) for %(demand_share)s of the demand: too little by "
        "%(difference)s points, the margin is %(margin)s (adjusted p %(p)s)."
    ),
    "exposure_above": _(
        "%(share)s of all hours (%(hours)s of %(of_hours)s) for %(demand_share)s of the demand: too much by "
        "%(difference)s points, the margin is %(margin)s (adjusted p %(p)s)."
    ),
    "practice_below": _(
        "%(share)s of the practice (%(hours)s of %(of_hours)s hours) for %(demand_share)s of the demand: too little "
        "by %(difference)s points, the margin is %(margin)s (adjusted p %(p)s)."
    ),
    "practice_above": _(
        "%(share)s of the practice (%(hours)s of %(of_hours)s hours) for %(demand_share)s of the demand: too much by "
        "%(difference)s points, the margin is %(margin)s (adjusted p %(p)s)."
    ),
    "exposure_unsure": _(
        "%(share)s of all hours for %(demand_share)s of the demand (90 %% interval %(low)s to %(high)s): neither "
        "surely apart nor surely together."
    ),
    "practice_unsure": _(
        "%(share)s of the practice for %(demand_share)s of the demand (90 %% interval %(low)s to %(high)s): neither "
        "surely apart nor surely together."
    ),
    "exposure_within": _(
        "%(share)s of all hours fit %(demand_share)s of the demand (90 %% interval %(low)s to %(high)s)."
    ),
    "practice_within": _(
        "%(share)s of the practice fit %(demand_share)s of the demand (90 %% interval %(low)s to %(high)s)."
    ),
}

_BY_DEMAND = {
    "demanded": _(
        "%(mentions)s of %(postings)s postings ask for it, %(low)s to %(high)s of all: surely more than %(floor)s."
    ),
    "seldom_demanded": _(
        "%(mentions)s of %(postings)s postings ask for it, %(low)s to %(high)s of all: surely fewer than %(floor)s."
    ),
    "demand_unclear": _(
        "%(mentions)s of %(postings)s postings ask for it, %(low)s to %(high)s of all: whether more than %(floor)s is "
        "open."
    ),
    "demand_not_searchable": _("Demand is unknown: postings cannot be searched for it, it has no search terms."),
    "rising": _(
        "Demand is rising: %(mentions)s of %(postings)s postings, after %(mentions_before)s of %(postings_before)s in "
        "the twelve months before (adjusted p %(p)s)."
    ),
    "falling": _(
        "Demand is falling: %(mentions)s of %(postings)s postings, after %(mentions_before)s of %(postings_before)s "
        "in the twelve months before (adjusted p %(p)s)."
    ),
    "steady": _(
        "No sure change of demand: %(mentions)s of %(postings)s postings, after %(mentions_before)s of "
        "%(postings_before)s in the twelve months before (adjusted p %(p)s)."
    ),
    "asked_by_most": _(
        "More than half of the postings ask for it (%(mentions)s of %(postings)s), so it is not called over-taught."
    ),
    "asked_by_half_or_fewer": _("Half of the postings or fewer ask for it (%(mentions)s of %(postings)s)."),
}

REASONS: Final[Sentences] = {
    **_BY_SIZE,
    **_BY_DEMAND,
    "required": ngettext_lazy(
        "Required by %(positions)s position.", "Required by %(positions)s positions.", "n_positions"
    ),
    "not_required": _("No position that the plan prepares for requires it."),
    "no_mapping": _("No course is mapped to it."),
    "no_exposure": ngettext_lazy(
        "%(courses)s course is mapped to it, but no hours of theory or practice reach it.",
        "%(courses)s courses are mapped to it, but no hours of theory or practice reach it.",
        "n_courses",
    ),
    "hours_unstated": ngettext_lazy(
        "%(courses)s course is mapped to it and does not state its hours.",
        "%(courses)s courses are mapped to it and none states its hours.",
        "n_courses",
    ),
    "exposed": ngettext_lazy(
        "%(hours)s h of theory and practice in %(courses)s course.",
        "%(hours)s h of theory and practice in %(courses)s courses.",
        "n_courses",
    ),
    "no_practice": _("%(taught_hours)s h are taught, none is practised."),
    "practice_open": _("%(taught_hours)s h are taught; its courses state neither practice nor a total."),
    "practice_between": _(
        "Between %(low)s and %(high)s hours are practised: its courses do not say what part of the rest is practice."
    ),
    "no_practice_in_curriculum": _("The plan has no hours of practice at all, so its practice cannot be compared."),
    "above_required": _("%(share)s of all hours, more than the %(required_share)s of the requirements."),
    "not_above_required": _("%(share)s of all hours, no more than the %(required_share)s of the requirements."),
    "beside_required": _("%(share)s of all hours beside %(required_share)s of the requirements: shown, not judged."),
    "level_below": _("Level reached: %(reached)s. Required: %(required)s."),
    "level_met": _("Level reached: %(reached)s, as required (%(required)s)."),
    "level_unstated": _("No mapping states a level; required: %(required)s. A level stated in the matrix would tell."),
    "chain_incomplete": _(
        "Courses that introduce it: %(introduced)s, develop it: %(developed)s, assess it: %(assessed)s. "
        "The chain is not complete."
    ),
    "settled_by_postings": _(
        "About %(needed_postings)s postings from about %(needed_employers)s employers would tell, if the rates stay "
        "as they are; there are %(postings)s from %(employers)s."
    ),
    "on_the_margin": _("It lies so close to the margin that no number of postings would tell."),
    "settled_by_shares": _(
        "Most of its hours rest on assumed shares. What would tell: which part of these courses serves it: "
        "%(course_codes)s."
    ),
    "settled_by_practice": _("What would tell: the hours of practice of these courses: %(course_codes)s."),
    "by_presence": _(
        "It is learnt inside other hours, so it is judged by whether it has hours, how far it goes and whether it is "
        "assessed, not by its hours."
    ),
    "assessment_open": _("Whether it is assessed is unknown: no course of the plan states hours of assessment."),
    "never_assessed": _("%(hours)s h of theory and practice, but no hours of assessment and no level A."),
}

# Said instead where a number is 0, of which the sentence above would speak as if there were some; or where it is all.
SPECIAL: Final[Mapping[str, tuple[str, int, Any]]] = {
    "practice_not_stated": (
        "part",
        1,
        _("No course says how many of its hours are practice, so practice is not compared."),
    ),
    "agreement_unknown": ("raters", 0, _("No rater has recorded a mapping of their own, so agreement is unknown.")),
    "too_few_postings": ("postings", 0, _("Demand is unknown: there are no postings.")),
}


def chosen(code: str, values: Mapping[str, float | int | str]) -> Any:
    """The sentence of a code, or the one for none or all of what it counts."""
    counted, number, instead = SPECIAL.get(code, ("", 0, ""))
    return instead if counted and values.get(counted) == number else SENTENCES[code]


SENTENCES: Final[Sentences] = {**WARNINGS, **UNDEFINED, **REASONS, **ADVICE}
