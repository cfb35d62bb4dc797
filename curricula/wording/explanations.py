"""How to read each measure that a page draws: question, formula, meaning, what would change it, source.

One entry a measure; a page names the key, so that the same measure is never explained in two ways. The page of the
method shows all of them, and those of `further_explanations.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

Words = Any  # a lazy text


@dataclass(frozen=True)
class Explanation:
    title: Words
    question: Words
    formula: Words
    low: Words  # what the lowest result means, and so on; "" where there is no such end
    middle: Words
    high: Words
    changes: Words  # what would change the result, and what would not
    undefined: Words
    source: Words


EXPLANATIONS: Final[dict[str, Explanation]] = {
    "shares": Explanation(
        title=_("Shares of hours and of demand"),
        question=_("Does each ability get the part of the hours that employers' postings give it?"),
        formula=_(
            "theory share = its hours of theory ÷ all hours of theory that reach an ability; the same for practice; "
            "demand share = postings that mention it ÷ all mentions, with the 95 % Wilson interval of the rate"
        ),
        low=_("Practice or theory left of demand: it gets a smaller part of the hours than of the postings."),
        middle=_("All three on one spot: the hours follow demand."),
        high=_("Right of demand: it gets a larger part. Shares sum to 1, so one above forces another below."),
        changes=_("Hours by mode, the mapped shares of the courses, other or more postings. Credits alone do not."),
        undefined=_(
            "Without hours of the kind, or without mentions. Demand is unknown with fewer than 93 postings or 8 "
            "effective employers."
        ),
        source=_("Plain counts; interval by Wilson 1927, Journal of the American Statistical Association 22."),
    ),
    "porter": Explanation(
        title=_("Alignment index"),
        question=_("How much do two emphases overlap, and is it more than if the abilities were exchanged?"),
        formula=_("P = 1 − ½ Σ |x̂ − ŷ| over the abilities; a hat means divided by its sum"),
        low=_("0: nothing in common."),
        middle=_(
            "½: half of one side would have to move. Inside the grey band: no closer than if the abilities were "
            "exchanged."
        ),
        high=_(
            "1: the same emphasis. Above the band: more alike than if the abilities were exchanged. The tick is the "
            "most that so few mentions could show."
        ),
        changes=_(
            "Moving hours between abilities, mapping more courses, more postings (the ceiling rises). The same factor "
            "on all hours does not."
        ),
        undefined=_("Where one side sums to 0; with demand, where demand is unknown."),
        source=_(
            "Porter 2002, Educational Researcher 31(7); band: Fisher 1935, Pitman 1937; ceiling: mean deviation of "
            "the binomial, Johnson 1957, Biometrika 44."
        ),
    ),
    "heatmap": Explanation(
        title=_("Hours by stage"),
        question=_("In which stage do the hours of each area lie?"),
        formula=_("E(a, m) = Σ over courses of (share of the course that serves a) × (its hours in stage m)"),
        low=_("Hatched: no course time reaches the area in this stage."),
        middle="",
        high=_("The strongest cell holds the most hours of all; the scale is this plan's own."),
        changes=_("Hours by stage and the mapped shares. Hours that no ability takes stand in the last row."),
        undefined=_("Never: hours that nobody stated are shown as not stated, not as 0."),
        source=_("Plain sums; the five stages are those of paper 002."),
    ),
    "readiness": Explanation(
        title=_("What a position requires"),
        question=_("Of what a position requires, how much does the plan reach at all?"),
        formula=_("taught, practised, assessed = how many of its distinct required abilities have any such hours"),
        low=_("0: nothing that the position requires is reached."),
        middle=_("An upper bar without a lower one: lectured on, never practised."),
        high=_("All are practised. Whether the hours are enough is said by the findings, not here."),
        changes=_("A first hour for an ability that has none. More hours for one that has some do not."),
        undefined=_("Where the framework states no requirement for the position."),
        source=_("A plain count over the requirements that the framework cites."),
    ),
    "label": Explanation(
        title=_("Findings"),
        question=_("What does the word beside an ability rest on?"),
        formula=_(
            "short: d̂ − x ≥ max(h/H, min(d̂ − d̂/φ, c)), where x is its part of the H hours, d̂ its part of the "
            "demand, h a credit's hours, φ the ratio and c the cap; sure: two-sided exact binomial mid-p ≤ q after "
            "Benjamini–Hochberg. A gap is short and sure; too much is its mirror"
        ),
        low=_("Untaught, under-taught, under-practised: surely and by more than a credit's worth too little."),
        middle=_("Inconclusive: neither a gap nor alignment can be shown. It is not a mild form of aligned."),
        high=_("Over-taught, fading: surely too large a part, or asked for no longer."),
        changes=_("Hours, levels, more postings. The thresholds are pragmatic; the reports page prints them."),
        undefined=_(
            "Sizes are not judged where demand is unknown, or where an unfinished mapping leaves more than a quarter "
            "of the hours out."
        ),
        source=_(
            "Lancaster 1961 (mid-p); Benjamini and Hochberg 1995; thresholds tried on simulated plans, see the method."
        ),
    ),
    "demand": Explanation(
        title=_("Rate of postings and its change"),
        question=_("How sure is the part of postings that ask for it, and is it changing?"),
        formula=_(
            "k of n postings with the 95 % Wilson interval; change = rate now − rate in the twelve months before, "
            "with Newcombe's interval"
        ),
        low=_("0 of n is not never: the interval says how often it could still be asked for."),
        middle=_("An interval of change that holds 0: no sure change."),
        high=_("An interval of change wholly above or below 0, and the test after adjustment, say rising or falling."),
        changes=_("More postings narrow the interval: 93 give ±10 points. One employer's many postings do not."),
        undefined=_(
            "Without postings nothing is known (0 to 1). With one employer there is no interval; without a second "
            "period, no change."
        ),
        source=_("Wilson 1927; Newcombe 1998, Statistics in Medicine 17; Benjamini and Hochberg 1995."),
    ),
    "complexity": Explanation(
        title=_("What hangs on a course"),
        question=_("What hangs on a course?"),
        formula=_(
            "blocking = courses that cannot be reached without it; delay = courses in the longest chain through it; "
            "centrality = summed lengths of all chains that pass through it; complexity = blocking + delay"
        ),
        low=_("Complexity 1: it stands alone, and moving it moves nothing else."),
        middle=_("High centrality: in the midst of many chains, a good place for advice to students."),
        high=_("The highest complexity: failing or moving this course holds up most."),
        changes=_("Prerequisites only. Hours, credits and terms do not."),
        undefined=_("Where prerequisites form a circle; the circle is named."),
        source=_("Curricular Analytics: Heileman, Abdallah, Slim and Hickman 2018, arXiv:1811.09676."),
    ),
    "webb": Explanation(
        title=_("Webb's criteria"),
        question=_("Is there enough evidence for what is required, deep enough, broad enough, and evenly spread?"),
        formula=_(
            "concurrence = mapped cells that hit a required ability; depth = part of them at or above the required "
            "level; range = part of the required abilities that are hit; balance = 1 − ½ Σ |1/O − hits(o)/H|"
        ),
        low=_("0: no hit, all too shallow, nothing hit, or nearly all hits on one ability."),
        middle=_("From 6 hits, ½ for depth and range and .7 for balance it is acceptable; just below it is weak."),
        high=_("1: every hit deep enough, every ability hit, all hit equally often."),
        changes=_("Mappings and their levels. Hours do not: a level is not a number of hours."),
        undefined=_("Where no course is mapped to any required ability."),
        source=_(
            "Webb 1997, NISE monograph 6; Webb 2007, Applied Measurement in Education 20; bounds at second hand."
        ),
    ),
    "chain": Explanation(
        title=_("Level chain"),
        question=_("Is each ability introduced, then developed, then assessed?"),
        formula=_("I, D, A of the mapped courses by the term in which they are taught"),
        low=_("No mark: no course of the plan serves it."),
        middle=_("A step missing, or a later step in an earlier term: the chain is broken where it says so."),
        high=_("All three steps, none before the one it builds on."),
        changes=_("Levels in the matrix and the terms of courses. Within one term nothing is out of order."),
        undefined=_("Never: a level that nobody stated is shown as not stated."),
        source=_("Curriculum map of Cal Poly Academic Programs, adapted from Allen 2002."),
    ),
    "agreement": Explanation(
        title=_("Agreement of raters"),
        question=_("Would another person have mapped the courses in the same way?"),
        formula=_(
            "α = 1 − observed ÷ expected disagreement, over the levels as ranks; interval by bootstrap of cells"
        ),
        low=_("0 or less: as chance, or worse."),
        middle=_("Lower bound from .667: enough for tentative conclusions; below it every finding is provisional."),
        high=_("Lower bound from .80: firm. 1: all raters gave every cell the same level."),
        changes=_("Talking over the cells listed below. More raters make it surer, not higher."),
        undefined=_("With one rater, or where all cells have the same level: chance then explains everything."),
        source=_(
            "Krippendorff 2004, Content Analysis, ch. 11; Zapf et al. 2016, BMC Medical Research Methodology 16."
        ),
    ),
    "vintage": Explanation(
        title=_("Vintage ratio"),
        question=_("Is the plan closer to yesterday's demand than to today's?"),
        formula=_("cosine of the plan with the demand of the year before ÷ cosine with the demand of the last year"),
        low=_("Below 1, interval and all: closer to today's demand."),
        middle=_("An interval that holds 1: as close to both, or too few postings to tell."),
        high=_("Above 1, interval and all: dated."),
        changes=_("Hours moved towards what is asked for now; postings of either year."),
        undefined=_(
            "Where the plan has nothing in common with the demand of one of the years, or a year has too few postings."
        ),
        source=_("After Biasi and Ma 2022, NBER working paper 29853; demand vectors in place of texts are ours."),
    ),
    "advantage": Explanation(
        title=_("Specific to a position"),
        question=_("Is an ability specific to a position, or asked for everywhere?"),
        formula=_(
            "RCA = (its part of the position's mentions) ÷ (its part of all mentions), over the postings of the "
            "positions"
        ),
        low=_("Below 1: asked for less here than elsewhere."),
        middle=_("1: asked for as everywhere."),
        high=_("Above 1: specific to the position; 2 is twice as much as everywhere."),
        changes=_("Postings and to which position their titles assign them."),
        undefined=_("Without mentions of the ability or postings for the position."),
        source=_("Balassa 1965; Alabdulkareem et al. 2018, Science Advances 4."),
    ),
    "robustness": Explanation(
        title=_("Does the order hold?"),
        question=_("Would the list of what to fix first look the same under choices just as defensible?"),
        formula=_(
            "the ten largest gaps, computed anew with one choice changed; ρ = Spearman's rank correlation of the two "
            "orders over those abilities"
        ),
        low=_("−1: the order is turned round. Near 0: the choice decides the list, and not the evidence."),
        middle=_("Some move: those are named, and what is said of them hangs on the choice."),
        high=_("1: the same order whatever is chosen."),
        changes=_("Evidence, not preference: more postings, agreement between raters, stated requirement weights."),
        undefined=_("Where fewer than two gaps can be put in order."),
        source=_("Sensitivity by one choice at a time; Spearman 1904, American Journal of Psychology 15."),
    ),
    "distance": Explanation(
        title=_("Distance of two plans"),
        question=_("How far apart are two plans?"),
        formula=_(
            "d = ½ Σ |x̂ − ŷ| over the abilities of the framework: the part of the hours that would have to move"
        ),
        low=_("0: the same emphasis."),
        middle=_("½: half of the hours lie elsewhere."),
        high=_("1: no ability in common."),
        changes=_("Hours and mapped shares of either plan. The size of a plan does not: shares are compared."),
        undefined=_("Where one of the plans has no mapped hours."),
        source=_(
            "One minus Porter's index, Porter 2002; Lin 1991, IEEE Transactions on Information Theory 37; Endres and "
            "Schindelin 2003."
        ),
    ),
    "crosswalk": Explanation(
        title=_("Crosswalk of two frameworks"),
        question=_("What does one framework name that the other does not?"),
        formula=_("each ability of the rival with its counterparts; broader means that the counterpart is broader"),
        low=_("No counterpart: one of the two cannot see it."),
        middle=_("Related only: they touch, and neither can stand for the other."),
        high=_("Exact or close: either can stand for the other."),
        changes=_("The crosswalk of the framework's file; each of its rows cites the passage it rests on."),
        undefined=_("Where neither framework's file states counterparts."),
        source=_("Relations of SKOS, W3C recommendation 2009."),
    ),
}
